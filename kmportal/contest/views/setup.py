"""Setting a contest up: the overview with what is missing, and a page for each step."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kmportal.contest import checklist
from kmportal.contest.actions import announcing, parts, setting_up
from kmportal.contest.forms import parts as part_forms
from kmportal.contest.forms import setup as forms
from kmportal.contest.models import Category, Contest, Criterion, Prize
from kmportal.contest.permissions import can_set_up
from kmportal.contest.presenting.setup import steps_of
from kmportal.contest.views.ground import READ_AND_WRITE, member, page, running, sent, tried, written

PARTS: dict[str, tuple[Any, Any]] = {
    "categories": (Category, part_forms.CategoryForm),
    "criteria": (Criterion, part_forms.CriterionForm),
    "prizes": (Prize, part_forms.PrizeForm),
}


@login_required
@require_http_methods(READ_AND_WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """/contests/new/: empty, or a copy of one that the person runs."""
    actor = member(request)
    if not can_set_up(actor):
        raise PermissionDenied
    form = forms.NewForm(sent(request), user=actor)
    made = written(form, lambda: _make(actor, form.cleaned_data))
    return redirect("contest:setup", made.slug) if made else page(request, "setup_new", form=form)


def _make(actor: Any, data: dict[str, Any]) -> Contest:
    if data["copy"] is None:
        return setting_up.make_contest(actor=actor, year=data["year"], title_th=data["title_th"], title_en=data["title_en"])
    made = announcing.copy_contest(actor=actor, contest=data["copy"], year=data["year"])
    values = {"title_th": data["title_th"], "title_en": data["title_en"]}
    return setting_up.change_contest(actor=actor, contest=made.pk, values=values)


@running
def overview(request: HttpRequest, contest: Contest) -> HttpResponse:
    """What is set up, what is missing, and the buttons that announce or call off."""
    checks = checklist.of_contest(contest)
    return page(
        request, "setup", contest=contest, checks=checks, missing=checklist.missing(checks), steps=steps_of(contest, ""),
        off=forms.CallOffForm(),
    )  # fmt: skip


@running
def words(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Title, story, rules, cover."""
    names = (*setting_up.WORDS, *setting_up.TEXTS, "revision")
    shown = {name: getattr(contest, name) for name in names}
    form = forms.WordsForm(sent(request), request.FILES or None, initial=shown)
    return _step(request, contest, "words", form, lambda: _words(request, contest, form))


def _words(request: HttpRequest, contest: Contest, form: forms.WordsForm) -> Contest:
    actor, data = member(request), form.cleaned_data
    if data["cover"]:
        setting_up.change_contest(actor=actor, contest=contest.pk, values=form.values, revision=data["revision"])
        return setting_up.set_cover(actor=actor, contest=contest.pk, file=data["cover"], size=data["cover"].size)
    return setting_up.change_contest(actor=actor, contest=contest.pk, values=form.values, revision=data["revision"])


@running
def dates(request: HttpRequest, contest: Contest) -> HttpResponse:
    """The dates of all steps."""
    form = forms.DatesForm(sent(request), initial=forms.DatesForm.shown(contest))
    return _step(request, contest, "dates", form, lambda: _change(request, contest, form))


@running
def judging(request: HttpRequest, contest: Contest) -> HttpResponse:
    """How many judges, how totals are made comparable, what the vote counts."""
    names = ("judges_per_entry", "normalisation", "popular_share", "gallery", "revision")
    form = forms.JudgingForm(sent(request), initial={name: getattr(contest, name) for name in names})
    return _step(request, contest, "judging", form, lambda: _change(request, contest, form))


@running
def entering(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Who may enter."""
    names = ("for_persons", "for_teams", "for_units", "most_members", "most_entries", "revision")
    shown = {name: getattr(contest, name) for name in names} | {"agencies": list(contest.open_to.all())}
    form = forms.EnteringForm(sent(request), initial=shown)
    return _step(request, contest, "entering", form, lambda: _entering(request, contest, form))


def _entering(request: HttpRequest, contest: Contest, form: forms.EnteringForm) -> Contest:
    found = _change(request, contest, form)
    setting_up.set_open_to(actor=member(request), contest=contest.pk, agencies=form.cleaned_data["agencies"])
    return found


@running
def organisers(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Who runs it."""
    form = forms.OrganisersForm(sent(request), initial={"people": list(contest.organisers.all())})
    return _step(request, contest, "organisers", form, lambda: _organisers(request, contest, form))


def _organisers(request: HttpRequest, contest: Contest, form: forms.OrganisersForm) -> Contest:
    setting_up.set_organisers(actor=member(request), contest=contest.pk, people=form.cleaned_data["people"])
    return contest


def _change(request: HttpRequest, contest: Contest, form: Any) -> Contest:
    revision = form.cleaned_data["revision"]
    return setting_up.change_contest(actor=member(request), contest=contest.pk, values=form.values, revision=revision)


def _step(request: HttpRequest, contest: Contest, name: str, form: Any, verb: Any) -> HttpResponse:
    if written(form, verb):
        return redirect("contest:setup", contest.slug)
    return page(request, f"setup_{name}", contest=contest, form=form, steps=steps_of(contest, name), here=name)


@running
def part_list(request: HttpRequest, contest: Contest, kind: str) -> HttpResponse:
    """Categories, criteria or prizes, with a link to each and to a new one."""
    _model, _form = _kind(kind)
    rows = getattr(contest, kind).all()
    total = sum(row.weight for row in rows) if kind == "criteria" else 0
    return page(
        request, "setup_parts", contest=contest, kind=kind, rows=rows, total=total, steps=steps_of(contest, kind), here=kind
    )


@running
def part(request: HttpRequest, contest: Contest, kind: str, pk: int | None = None) -> HttpResponse:
    """One of them, new or changed."""
    model, form_class = _kind(kind)
    row = get_object_or_404(model, contest=contest, pk=pk) if pk is not None else None
    form = form_class(sent(request), contest=contest, row=row)
    if written(form, lambda: _save_part(request, contest, kind, form, pk)):
        return redirect("contest:part_list", contest.slug, kind)
    return page(request, "setup_part", contest=contest, kind=kind, form=form, row=row, steps=steps_of(contest, kind), here=kind)


def _save_part(request: HttpRequest, contest: Contest, kind: str, form: Any, pk: int | None) -> Any:
    common: dict[str, Any] = {"actor": member(request), "contest": contest.pk, "values": form.values, "pk": pk}
    if kind == "criteria":
        return parts.save_criterion(**common, levels=form.levels)
    return parts.save_prize(**common) if kind == "prizes" else parts.save_category(**common)


@running
def remove_part(request: HttpRequest, contest: Contest, kind: str, pk: int) -> HttpResponse:
    """Takes one out; whoever comes by GET is led to it."""
    model, _form = _kind(kind)
    get_object_or_404(model, contest=contest, pk=pk)
    if request.method != "POST":
        return redirect("contest:part", contest.slug, kind, pk)
    tried(request, lambda: parts.remove_part(actor=member(request), contest=contest.pk, model=model, pk=pk))
    return redirect("contest:part_list", contest.slug, kind)


def _kind(kind: str) -> tuple[Any, Any]:
    if kind not in PARTS:
        raise Http404
    return PARTS[kind]


@running
def announce(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Announces it."""
    if request.method == "POST":
        verb = lambda: announcing.announce(actor=member(request), contest=contest.pk)  # noqa: E731 - one short verb, named for the next line
        tried(request, verb, said=_("The contest is announced."))
    return redirect("contest:setup", contest.slug)


@running
def call_off(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Calls it off, with a reason."""
    form = forms.CallOffForm(sent(request))
    actor = member(request)
    if form.is_valid():
        tried(request, lambda: announcing.call_off(actor=actor, contest=contest.pk, reason=form.cleaned_data["reason"]))
    return redirect("contest:setup", contest.slug)
