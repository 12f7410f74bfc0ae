"""The gallery of all published contests, an entry in it, and what readers may do there."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kmportal.contest.actions import awarding, teaching
from kmportal.contest.forms.results import AppliedForm, GalleryForm
from kmportal.contest.models import AppliedReport, Certificate, Contest, Entry
from kmportal.contest.permissions import can_work
from kmportal.contest.presenting.results import awards_of, notes_for, rows_that_hold, won
from kmportal.contest.views.ground import entry_for, member, page, tried
from kmportal.library.models import LessonPage
from kmportal.people.guests import in_network

A_PAGE = 24


def _published(user: Any) -> "QuerySet[Entry]":
    return Entry.objects.visible_to(user).admitted().filter(contest__results_published_at__isnull=False)


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """/contests/gallery/: entries of every published contest, by words, contest, category, agency and PMQA code."""
    entries = _published(request.user)
    form = GalleryForm(request.GET, entries=entries)
    form.is_valid()
    rows = _filtered(entries, form.cleaned_data, request.user).select_related("contest", "category", "agency")
    found = Paginator(rows.prefetch_related("pictures__picture").order_by("-contest__year", "title", "pk"), A_PAGE)
    shown_page = found.get_page(request.GET.get("page"))
    rows_of = rows_that_hold(shown_page.object_list)
    cards = [(one, won(rows_of.get(one.pk))) for one in shown_page.object_list]
    return page(request, "gallery", filters=form, found=shown_page, cards=cards, number=found.count)


def _filtered(entries: "QuerySet[Entry]", wanted: dict[str, Any], user: Any) -> "QuerySet[Entry]":
    for word in wanted.get("q", "").split()[:6]:
        texts = ("title", "summary", "lesson", "unit", "what_happened", "agency__name")
        entries = entries.filter(Q(*[(f"{name}__icontains", word) for name in texts], _connector=Q.OR))
    same = {name: wanted[name] for name in ("contest", "category", "agency") if wanted.get(name)}
    if code := wanted.get("code"):
        lessons = LessonPage.objects.live().visible_to(user).filter(codes=code)
        entries = entries.filter(Q(lesson_page__in=lessons.values("pk")) | Q(taken_from__in=lessons.values("pk")))
    return entries.filter(**same)


@require_safe
def shown(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """/contests/<slug>/gallery/<pk>/: a published entry with its result; its own people also read their scores and the judges' notes."""
    return _entry_page(request, slug, pk, AppliedForm())


def _entry_page(request: HttpRequest, slug: str, pk: int, form: AppliedForm) -> HttpResponse:
    contest, entry = _entry(request, slug, pk)
    row = rows_that_hold([entry]).get(entry.pk)
    works = can_work(request.user, entry)
    lesson = LessonPage.objects.live().visible_to(request.user).filter(pk=entry.lesson_page_id or 0).first()
    return page(
        request, "shown", contest=contest, entry=entry, row=row, works=works, lesson=lesson, form=form,
        prizes=won(row), notes=notes_for(entry, row) if works else None,
        awards=awards_of(entry, request.user), team=entry.team.filter(consent="given"),
        certificates=Certificate.objects.visible_to(request.user).standing().filter(entry=entry),
        reports=AppliedReport.objects.visible_to(request.user).filter(entry=entry).select_related("agency"),
        may_tell=_may_tell(request.user, entry),
    )  # fmt: skip


def _entry(request: HttpRequest, slug: str, pk: int) -> tuple[Contest, Entry]:
    contest, entry = entry_for(request.user, slug, pk)
    if not contest.is_published or entry.state != Entry.State.ACCEPTED or entry.is_calibration:
        raise Http404
    return contest, entry


def _may_tell(user: Any, entry: Entry) -> bool:
    """Members of another agency that has not told it yet. The verb asks about departments too."""
    if not in_network(user) or user.agency_id in (None, entry.agency_id) or user.pk == entry.owner_id:
        return False
    return not entry.applied.filter(agency=user.agency_id).exclude(state="declined").exists()


@login_required
@require_POST
def applied(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """“We applied this”: the organiser confirms it."""
    _contest, entry = _entry(request, slug, pk)
    form, user = AppliedForm(request.POST), member(request)
    if not form.is_valid():
        return _entry_page(request, slug, pk, form)
    words = form.cleaned_data["words"]
    tried(
        request, lambda: awarding.tell_applied(actor=user, entry=entry.pk, words=words),
        said=_("Thank you. The organiser confirms it; then it stands here."),
    )  # fmt: skip
    return redirect("contest:shown", slug, entry.pk)


@login_required
@require_POST
def teach(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Makes a lesson of one's own entry, in review."""
    contest, entry = entry_for(request.user, slug, pk)
    user = member(request)
    said = _("The lesson waits for its review. Everybody of the team is credited in it.")
    tried(request, lambda: teaching.make_lesson(actor=user, entry=entry.pk), said=said)
    return redirect("contest:shown", slug, entry.pk) if contest.is_published else redirect(entry)
