"""What of people and agencies can be found, and how other apps' texts name them. Registered in PeopleConfig.ready."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kmportal.people.guests import in_network
from kmportal.people.models import Agency, AgencyAlias, Person
from kmportal.people.querysets import AGENCY_LEVELS
from kmportal.retrieval import readers, sources
from kmportal.retrieval.chunks import split
from kmportal.retrieval.sources import Source, Text
from kmportal.taxonomy.models import Topic

NETWORK = "network"


@dataclass(frozen=True)
class AgencyNames:
    """How a text that belongs to an agency is found by it.

    Args:
        names: all that it is called.
        line: the keys of the agency and of all that it is part of; who narrows to a ministry finds its departments.
        place: what it is part of, in words.
    """

    names: str
    line: tuple[int, ...]
    place: str

    @property
    def tags(self) -> frozenset[tuple[str, str]]:
        return frozenset(("agency", str(key)) for key in self.line)


NO_AGENCY = AgencyNames("", (), "")


def agency_names(keys: Iterable[int | None]) -> dict[int | None, AgencyNames]:
    """By key; two queries. Ask with .get(key, NO_AGENCY)."""
    wanted = {key for key in keys if key is not None}
    if not wanted:
        return {}
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    for key, name in AgencyAlias.objects.filter(agency__in=wanted).order_by("pk").values_list("agency", "name"):
        aliases[key].append(name)
    found: dict[int | None, AgencyNames] = {}
    for agency in Agency.objects.filter(pk__in=wanted).with_lineage():
        line = agency.lineage()
        names = dict.fromkeys([agency.name, agency.abbreviation, agency.name_en, *aliases[agency.pk]])
        found[agency.pk] = AgencyNames(
            "\n".join(name for name in names if name),
            tuple(above.pk for above in line),
            " · ".join(above.name for above in line[1:]),
        )
    return found


# --- Agencies --------------------------------------------------------------------------------------------------------------------
def agencies() -> QuerySet[Agency]:
    return Agency.objects.all()


def describe_agencies(found: Iterable[Agency]) -> Iterator[tuple[int, list[Text]]]:
    found = list(found)
    known = agency_names(agency.pk for agency in found)
    for agency in found:
        names = known.get(agency.pk, NO_AGENCY)
        yield (
            agency.pk,
            [
                Text(
                    _titled(agency),
                    "",
                    agency.get_absolute_url(),
                    readers.PUBLIC,
                    names.place,
                    names=names.names,
                    tags=names.tags,
                )
            ],
        )


def _titled(agency: Agency) -> str:
    """With the abbreviation, which most people search by: กรมทางหลวงชนบท (ทช.)."""
    short = agency.abbreviation
    return f"{agency.name} ({short})" if short and short not in agency.name else agency.name


def agencies_below(keys: Collection[int]) -> QuerySet[Agency]:
    return Agency.objects.filter(_within("", keys, first=1))


def _within(path: str, keys: Collection[int], *, first: int = 0) -> Q:
    """Rows whose agency (at `path`) is one of these or part of one."""
    wanted = Q()
    for depth in range(first, AGENCY_LEVELS):
        steps = [*([path] if path else []), *["parent"] * depth]
        wanted |= Q(**{f"{'__'.join(steps)}__in": keys})
    return wanted


def within_agencies(path: str, keys: Collection[int]) -> Q:
    """The condition for rows that name one of these agencies, or stand below one, at `path`: renaming it changes their words."""
    return _within(path, keys)


# --- People ----------------------------------------------------------------------------------------------------------------------
def people() -> QuerySet[Person]:
    """Those whom somebody besides themselves may see."""
    return Person.objects.filter(is_listed=True)


def audience_of(person: Person) -> str:
    """The same rule as PersonQuerySet.visible_to; a test compares the two."""
    return readers.PUBLIC if person.user_id is None or person.is_public else NETWORK


def describe_people(found: Iterable[Person]) -> Iterator[tuple[int, list[Text]]]:
    found = list(found)
    known = agency_names(person.agency_id for person in found)
    topics = _topics(person.pk for person in found)
    named = dict(Agency.objects.filter(pk__in={person.agency_id for person in found}).values_list("pk", "name"))
    for person in found:
        agency = known.get(person.agency_id, NO_AGENCY)
        words = [
            person.formal_name,
            agency.names,
            *(name for topic in topics[person.pk] for name in (topic.name_th, topic.name_en)),
        ]
        place = " · ".join(part for part in (person.position, named.get(person.agency_id or 0, "")) if part)
        yield (
            person.pk,
            [
                Text(
                    str(person),
                    body,
                    person.get_absolute_url(),
                    audience_of(person),
                    place,
                    names="\n".join(word for word in words if word),
                    tags=agency.tags | {("topic", topic.slug) for topic in topics[person.pk]},
                )
                for body in split(person.about) or [""]
            ],
        )


def _topics(keys: Iterable[int]) -> dict[int, list[Topic]]:
    links = list(Person.topics.through.objects.filter(person__in=list(keys)).order_by("pk").values_list("person", "topic"))
    topics = Topic.objects.in_bulk({topic for _person, topic in links})
    found: defaultdict[int, list[Topic]] = defaultdict(list)
    for person, topic in links:
        found[person].append(topics[topic])
    return found


def circles(user: Any) -> list[str]:
    """Everybody who signed in is of the network, but guests."""
    return [NETWORK] if in_network(user) else []


def register() -> None:
    readers.register(circles)
    sources.register(
        Source(
            "person",
            Person,
            people,
            describe_people,
            _("People"),
            order=60,
            icon="people",
            repeats={
                Agency: lambda keys: Person.objects.filter(agency__in=keys),
                Topic: lambda keys: Person.objects.filter(topics__in=keys),
            },
        )
    )
    sources.register(
        Source(
            "agency",
            Agency,
            agencies,
            describe_agencies,
            _("Agencies"),
            order=70,
            icon="building",
            repeats={Agency: agencies_below},
        )
    )
