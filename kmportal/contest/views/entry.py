"""Entering: beginning, the steps of the guided form with what is kept on the way, handing in, the receipt."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kmportal.contest import checklist
from kmportal.contest.actions import entering, withdrawing
from kmportal.contest.actions.ground import ContestError
from kmportal.contest.forms import entry as forms
from kmportal.contest.models import Contest, Entry
from kmportal.contest.permissions import can_enter, can_hand_in
from kmportal.contest.presenting.entries import steps_of
from kmportal.contest.views.ground import (
    READ_AND_WRITE,
    contest_for,
    entry_for,
    member,
    page,
    sent,
    to_step,
    tried,
    working,
    written,
)  # fmt: skip
from kmportal.library.files import TYPES

STEP_FORMS: dict[str, Any] = {"corner": forms.CornerForm, "lesson": forms.LessonForm}
NEXT = {"corner": "lesson", "lesson": "pictures"}


@login_required
@require_http_methods(READ_AND_WRITE)
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """Begins an entry, or leads to those that were begun."""
    contest, actor = contest_for(request.user, slug), member(request)
    form = forms.BeginForm(sent(request), contest=contest)
    made = written(form, lambda: entering.begin(actor=actor, contest=contest, kind=form.cleaned_data["kind"]))
    if made:
        return redirect("contest:corner", slug, made.pk)
    own = Entry.objects.worked_on_by(actor).filter(contest=contest).select_related("contest", "category")
    return page(request, "enter", contest=contest, form=form, own=own, allowed=can_enter(actor, contest))


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """All entries that the person works on or is asked to be named in."""
    found = Entry.objects.visible_to(request.user).filter(
        pk__in=Entry.objects.worked_on_by(request.user).values("pk")
    ).select_related("contest", "category")  # fmt: skip
    asked = member(request).contest_teams.filter(consent="asked").select_related("entry__contest", "entry__owner")
    return page(request, "mine", entries=found[:100], asked=asked[:50])


@working
def step(request: HttpRequest, contest: Contest, entry: Entry, name: str) -> HttpResponse:
    """A step with words; saving leads to the next one."""
    form = STEP_FORMS[name](sent(request), entry=entry)
    if written(form, lambda: _save(request, entry, form)):
        return to_step(entry, NEXT[name] if "next" in request.POST else name)
    return page(request, f"entry_{name}", contest=contest, entry=entry, form=form, steps=steps_of(entry, name), here=name)


def _save(request: HttpRequest, entry: Entry, form: Any) -> Entry:
    revision = form.cleaned_data["revision"]
    return entering.change(actor=member(request), entry=entry.pk, values=form.values, revision=revision)


@working
def keep(request: HttpRequest, contest: Contest, entry: Entry, name: str) -> HttpResponse:
    """Autosave of a draft: what stands in the boxes a moment after the last letter. Answers with words for the page."""
    if request.method != "POST" or entry.state == Entry.State.SUBMITTED:
        return JsonResponse({"kept": ""}, status=400)
    form = STEP_FORMS[name](request.POST, entry=entry)
    if not form.is_valid():
        return JsonResponse({"kept": _("Not kept yet: something in a box is not right.")}, status=400)
    try:
        saved = _save(request, entry, form)
    except ContestError as problem:
        return JsonResponse({"kept": str(problem.words)}, status=400)
    return JsonResponse({"kept": _("Kept on the server."), "revision": saved.revision})


@working
def check(request: HttpRequest, contest: Contest, entry: Entry) -> HttpResponse:
    """What is missing, and the button that hands in."""
    checks = checklist.of_entry(entry)
    return page(
        request, "entry_check", contest=contest, entry=entry, checks=checks, missing=checklist.missing(checks),
        owns=can_hand_in(request.user, entry), steps=steps_of(entry, "check"), here="check",
    )  # fmt: skip


@working
def fill(request: HttpRequest, contest: Contest, entry: Entry) -> HttpResponse:
    """Takes the words of a lesson into the empty boxes."""
    form = forms.FromLessonForm(sent(request), user=request.user)
    actor = member(request)
    if written(form, lambda: entering.fill_from(actor=actor, entry=entry.pk, lesson=form.cleaned_data["source"])):
        return to_step(entry, "lesson")
    return page(request, "entry_fill", contest=contest, entry=entry, form=form, steps=steps_of(entry, "lesson"), here="lesson")


@working
def hand_in(request: HttpRequest, contest: Contest, entry: Entry) -> HttpResponse:
    """Hands it in; the receipt follows. Refused words stand over the check page."""
    if request.method == "POST" and tried(request, lambda: entering.hand_in(actor=member(request), entry=entry.pk)):
        return redirect("contest:receipt", contest.slug, entry.pk)
    return redirect("contest:check", contest.slug, entry.pk)


@working
def withdraw(request: HttpRequest, contest: Contest, entry: Entry) -> HttpResponse:
    """Asks once more, then takes it out."""
    if request.method != "POST":
        return page(request, "entry_withdraw", contest=contest, entry=entry)
    said = _("The entry is withdrawn. It is kept as a draft.")
    tried(request, lambda: withdrawing.withdraw(actor=member(request), entry=entry.pk), said=said)
    return redirect(entry)


@working
def receipt(request: HttpRequest, contest: Contest, entry: Entry) -> HttpResponse:
    """Code and time of what was handed in, version by version."""
    if not entry.receipt:
        return redirect(entry)
    return page(
        request, "receipt", contest=contest, entry=entry, versions=entry.versions.select_related("by").order_by("-number")
    )


@require_safe
def entry(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The whole entry, for whoever reads it with its names."""
    contest, found = entry_for(request.user, slug, pk)
    works = Entry.objects.worked_on_by(request.user).filter(pk=found.pk).exists()
    team = found.team.filter(consent="given").select_related("user")
    return page(request, "entry", contest=contest, entry=found, works=works, team=team, owns=can_hand_in(request.user, found))


@require_safe
def file(request: HttpRequest, slug: str, pk: int, number: int) -> HttpResponseBase:
    """A file of an entry, under its own name, for whoever reads the entry with its names."""
    _contest, found = entry_for(request.user, slug, pk)
    one = get_object_or_404(found.files.all(), pk=number)
    answer = FileResponse(one.file.open("rb"), as_attachment=True, filename=one.name, content_type=TYPES[one.extension])
    answer["Cache-Control"] = "private, no-store"
    return answer
