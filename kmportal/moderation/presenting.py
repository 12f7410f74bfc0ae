"""The queue, a case and what those concerned read, as their pages show them: a fixed number of queries each."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.forms import Form
from django.http import QueryDict
from django.utils import timezone

from kmportal.moderation import kinds, permissions
from kmportal.moderation.forms import APPEALED, DECIDED, MINE, OPEN, SHOWN, AgainForm, DecideForm, FilterForm
from kmportal.moderation.models import Appeal, Case, CaseReport, Decision
from kmportal.moderation.querysets import LIVE, CaseQuerySet
from kmportal.taxonomy.models import in_reader_language

PER_PAGE = 20
ENDED = (Case.State.DECIDED, Case.State.CLOSED)


@dataclass(frozen=True)
class Tab:
    label: Any
    url: str
    count: int | None
    current: bool


@dataclass(frozen=True)
class Line:
    """A case in the queue."""

    case: Case
    title: str


def title_of(case: Case) -> str:
    return in_reader_language(*case.rules.titles(case.subject))


def _shown(mine: CaseQuerySet, which: str, user: Any) -> CaseQuerySet:
    if which == MINE:
        return mine.live().filter(assigned_to=user).waiting_longest()
    if which == APPEALED:
        return mine.filter(state=Case.State.APPEALED).waiting_longest()
    if which == DECIDED:
        return mine.filter(state__in=ENDED).order_by("-moved_at", "-pk")
    return mine.live().waiting_longest()


def _address(which: str, kind: str) -> str:
    chosen = QueryDict(mutable=True)
    chosen.update({name: value for name, value in (("show", "" if which == OPEN else which), ("kind", kind)) if value})
    return f"?{chosen.urlencode()}"


def queue(user: Any, form: FilterForm) -> dict[str, Any]:
    """The list with its tabs. Counts stand where something waits."""
    handled = Case.objects.handled_by(user)
    counts = {
        OPEN: handled.live().count(),
        MINE: handled.live().filter(assigned_to=user).count(),
        APPEALED: handled.filter(state=Case.State.APPEALED).count(),
    }
    tabs = [Tab(label, _address(which, form.kind_code), counts.get(which), which == form.shown) for which, label in SHOWN]
    if form.kind_code:
        handled = handled.filter(kind=form.kind_code)
    loaded = [rows for kind in kinds.every() for rows in kind.loaded()]
    found = (
        _shown(handled, form.shown, user)
        .select_related("assigned_to", "decision")
        .prefetch_related(GenericPrefetch("subject", loaded))
    )
    page: Page[Any] = Paginator(found, PER_PAGE).get_page(form.data.get("page"))
    lines = [Line(case, title_of(case)) for case in page.object_list]
    narrowed = [Tab(kind.label, _address(form.shown, kind.code), None, kind.code == form.kind_code) for kind in kinds.every()]
    return {"tabs": tabs, "kinds": narrowed, "page": page, "lines": lines, "shown": form.shown, "kind": form.kind_code}


@dataclass(frozen=True)
class CasePage:
    """What a moderator reads of a case. `earlier` are numbers only: how cases about the same people ended."""

    title: str
    place: str
    reports: list[CaseReport]
    may_decide: bool
    has_it: bool
    earlier: list[tuple[Any, int]] = field(default_factory=list)
    rounds: list[Case] = field(default_factory=list)
    decision: Decision | None = None
    appeal: Appeal | None = None


def page(user: Any, case: Case) -> CasePage:
    """Everything on the page of one case."""
    handled = Case.objects.handled_by(user)
    others = handled.filter(about__in=case.about.values("pk")).exclude(pk=case.pk)
    return CasePage(
        title=title_of(case),
        place=case.rules.place(case.subject),
        reports=list(case.reports.select_related("person", "case")),
        may_decide=permissions.can_decide(user, case),
        has_it=case.assigned_to_id == user.pk,
        earlier=_numbers(others, case),
        rounds=list(handled.filter(key=case.key).exclude(pk=case.pk).select_related("decision").order_by("-round")),
        decision=Decision.objects.filter(case=case).select_related("moderator", "case").first(),
        appeal=Appeal.objects.filter(case=case).select_related("decided_by", "person").first(),
    )


def _numbers(others: CaseQuerySet, case: Case) -> list[tuple[Any, int]]:
    ended = others.filter(kind=case.kind).exclude(state__in=LIVE).order_by()
    counted = dict(ended.exclude(appeal__granted=True).values_list("decision__outcome").annotate(n=Count("pk", distinct=True)))
    return [(outcome.label, counted[outcome.code]) for outcome in case.rules.outcomes if outcome.code in counted]


def form_of(case: Case) -> Form:
    return AgainForm() if case.state == Case.State.APPEALED else DecideForm(kind=case.rules)


@dataclass(frozen=True)
class Told:
    """What somebody whom the case is about, or who reported it, reads."""

    title: str
    place: str
    decision: Decision
    appeal: Appeal | None
    is_about_me: bool
    may_appeal: bool
    until: datetime
    said: list[CaseReport]


def told(user: Any, case: Case) -> Told:
    """Nobody is named in it; the appeal's words are shown to who wrote them alone."""
    is_about_me, now = case.about.filter(pk=user.pk).exists(), timezone.now()
    return Told(
        title=title_of(case), place=case.rules.place(case.subject),
        decision=Decision.objects.select_related("case").get(case=case), appeal=Appeal.objects.filter(case=case).first(),
        is_about_me=is_about_me, may_appeal=permissions.can_appeal(user, case, now), until=permissions.appeal_until(case),
        said=[] if is_about_me else list(case.reports.filter(person=user).select_related("case")),
    )  # fmt: skip
