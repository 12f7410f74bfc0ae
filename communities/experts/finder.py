"""Finding who knows: people with evidence in the matter first, then those who declared it; each with why they are there."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Page
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.utils import timezone

from communities.experts.models import Leaving, Offer, Skill
from kmportal.people import evidence
from kmportal.people.directory import page_of
from kmportal.people.evidence import About, Evidence
from kmportal.people.models import Person
from kmportal.people.names import fold

SOON = timedelta(days=548)
"""How long before somebody leaves their page says so: a year and a half, time enough for a hand-over."""
MOST_LINES = 3


@dataclass
class Found:
    """Somebody who may know, and why."""

    person: Person
    evidence: list[Evidence] = field(default_factory=list)
    skills: list[Skill] = field(default_factory=list)
    offers: bool = False
    leaves_on: date | None = None


def find(viewer: Any, about: About, *, agency: Any = None, page: str | None = None) -> Page[Any]:
    """One page of Found. The same number of queries however many there are."""
    shown = evidence.shown_by(viewer, about)
    people = Person.objects.visible_to(viewer).filter(shown | _declared(viewer, about))
    if agency is not None:
        people = people.of_agency(agency)
    # Without a matter evidence says nothing of what is looked for: then names alone order the list.
    first = Case(When(shown, then=Value(0)), default=Value(1), output_field=IntegerField()) if about else Value(0)
    doctors = Offer.objects.open_to(viewer, timezone.localdate()).filter(doctor=OuterRef("user"))
    ranked = people.annotate(first=first, offers=Exists(doctors)).order_by("first", "-offers", "order", "pk")
    listing: Any = page_of(ranked.select_related("agency").prefetch_related("topics"), page)
    listing.object_list = _with_reasons(list(listing.object_list), viewer, about)
    return listing


def _with_reasons(people: list[Any], viewer: Any, about: About) -> list[Found]:
    said = evidence.of_people([one.pk for one in people], viewer, about)
    accounts = [one.user_id for one in people if one.user_id]
    skills: dict[int, list[Skill]] = {}
    for skill in Skill.objects.visible_to(viewer).filter(owner__in=accounts):
        skills.setdefault(skill.owner_id, []).append(skill)
    leaving = leaving_soon(viewer, accounts)
    return [
        Found(
            one, said.get(one.pk, []), _fitting(skills.get(one.user_id, []), about)[:MOST_LINES], one.offers, leaving.get(one.user_id)
        )
        for one in people
    ]  # fmt: skip


def leaving_soon(viewer: Any, accounts: list[int]) -> dict[int, date]:
    """Who said that they leave soon, for members alone."""
    if not viewer.is_authenticated:
        return {}
    today = timezone.localdate()
    rows = Leaving.objects.visible_to(viewer).filter(owner__in=accounts, on__range=(today, today + SOON))
    return dict(rows.values_list("owner", "on"))


def _fitting(skills: list[Skill], about: About) -> list[Skill]:
    """Those that say one of the words first."""
    return sorted(skills, key=lambda skill: not any(word.lower() in skill.text.lower() for word in about.words))


def _declared(viewer: Any, about: About) -> Q:
    """What people say of themselves. It knows nothing of PMQA, so a category asks for evidence alone."""
    if about.category:
        return Q(pk__in=[])
    links: Any = Person.topics.through
    chosen = Q(pk__in=links.objects.filter(topic=about.topic).values("person")) if about.topic is not None else Q()
    if not about.words:
        anything = Q(pk__in=links.objects.values("person")) | Q(user__in=_skilled(viewer, ""))
        anything |= Q(user__in=Offer.objects.open_to(viewer, timezone.localdate()).values("doctor"))
        return chosen or anything
    for word in about.words:
        chosen &= _says(viewer, word)
    return chosen


def _says(viewer: Any, word: str) -> Q:
    links: Any = Person.topics.through
    topics = links.objects.filter(Q(topic__name_th__icontains=word) | Q(topic__name_en__icontains=word))
    found = Q(pk__in=topics.values("person")) | Q(user__in=_skilled(viewer, word))
    found |= Q(position__icontains=word) | Q(about__icontains=word)
    if name := fold(word):
        found |= Q(key__contains=name)
    today = timezone.localdate()
    return found | Q(user__in=Offer.objects.open_to(viewer, today).filter(helps_with__icontains=word).values("doctor"))


def _skilled(viewer: Any, word: str) -> Any:
    return Skill.objects.visible_to(viewer).filter(text__icontains=word).order_by().values("owner")
