"""How many there are of each: the numbers beside the choices of the library's list.

A number is what the reader would get by choosing it: it obeys visible_to and all other choices, and ignores only the choice made in
its own facet. All numbers come from two queries, whatever the number of facets.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, F, QuerySet, Value
from django.db.models.functions import Cast, ExtractYear

from kmportal.library import shelves
from kmportal.library.memory import remembered
from kmportal.library.models import Credit, Talk
from kmportal.library.shelves import ITEMS, PAGE_TYPES, Filters, with_agency
from kmportal.people.models import Agency

Counts = dict[str, dict[str, int]]


@dataclass
class Numbers:
    """Counts by facet and key; keys are texts: "obstacle", "6", primary keys."""

    by_facet: Counts = field(default_factory=dict)
    agencies: dict[int, Agency] = field(default_factory=dict)

    def of(self, facet: str) -> dict[str, int]:
        return self.by_facet.get(facet, {})


def _grouped(found: QuerySet[Any], facet: str, key: Any) -> QuerySet[Any]:
    rows = found.order_by().annotate(facet=Value(facet, CharField()), key=Cast(key, CharField()))
    return rows.values("facet", "key").annotate(n=Count("pk", distinct=True)).values_list("facet", "key", "n")


def _union(queries: list[QuerySet[Any]]) -> QuerySet[Any]:
    first, *others = queries
    return first.union(*others, all=True) if others else first


def all_agencies() -> dict[int, Agency]:
    """Every agency by key, for names and lineages; may be a minute old."""
    return remembered("agencies", lambda: {agency.pk: agency for agency in Agency.objects.all()})


def count(user: Any, filters: Filters, agencies: dict[int, Agency], facets: Iterable[str] = Filters.FACETS) -> Numbers:
    """The numbers of these facets for what the filters show: of items if they show items, else of pages."""
    wanted = set(facets)
    numbers = Numbers(agencies=agencies)
    grouped = _item_groups(user, filters, wanted) if filters.shows_items else _page_groups(user, filters, wanted)
    if "type" in wanted:
        grouped += _types(user, filters)
    if "kind" in wanted:
        grouped.append(_grouped(shelves.items(user, filters.without("kind").without("type")), "kind", F("kind")))
    names = _type_names()
    for facet, key, n in _union(grouped):
        if key:
            numbers.by_facet.setdefault(facet, {})[names.get(key, key) if facet == "type" else key] = n
    if filters.shows_items:
        numbers.by_facet["agency"] = _rolled_up(numbers.of("agency"), numbers.agencies)
    elif wanted & {"agency", "person"}:
        _count_pairs(user, filters, wanted, numbers)
    return numbers


def _type_names() -> dict[str, str]:
    """ "17" -> "lesson": pages are grouped by their content type, which Django remembers."""
    types = ContentType.objects.get_for_models(*PAGE_TYPES.values())
    return {str(types[model].pk): name for name, model in PAGE_TYPES.items()}


def _types(user: Any, filters: Filters) -> list[QuerySet[Any]]:
    """Pages by type, and all items: the tabs above the list. A kind is a property of items, so pages are counted without it."""
    of_pages = filters.without("type").without("kind")
    return [
        _grouped(shelves.pages(user, of_pages), "type", F("content_type_id")),
        _grouped(shelves.items(user, filters.without("type")), "type", Value(ITEMS)),
    ]


def _page_groups(user: Any, filters: Filters, wanted: set[str]) -> list[QuerySet[Any]]:
    keys = {
        "category": F("categories__number"),
        "code": F("codes__pk"),
        "topic": F("topics__pk"),
        "year": ExtractYear("dated"),
    }
    return [_grouped(shelves.pages(user, filters.without(facet)), facet, key) for facet, key in keys.items() if facet in wanted]


def _item_groups(user: Any, filters: Filters, wanted: set[str]) -> list[QuerySet[Any]]:
    keys = {
        "category": F("categories__number"),
        "code": F("codes__pk"),
        "topic": F("page__topics__pk"),
        "year": ExtractYear("page__dated"),
        "person": F("talk__speakers__pk"),
    }
    found = [_grouped(shelves.items(user, filters.without(facet)), facet, key) for facet, key in keys.items() if facet in wanted]
    if "agency" in wanted:
        found.append(_grouped(with_agency(shelves.items(user, filters.without("agency"))), "agency", F("of_agency")))
    return found


def _count_pairs(user: Any, filters: Filters, wanted: set[str], numbers: Numbers) -> None:
    """A page has several agencies and people by different roads (its own, its talks', its credits): each is counted once."""
    talks = Talk.objects.filter(retired=False).order_by()
    roads: list[QuerySet[Any]] = []
    if "agency" in wanted:
        found = shelves.pages(user, filters.without("agency"))
        roads += [
            _pairs(found, "agency", "pk", "agency_id"),
            _pairs(talks.filter(page__in=found.values("pk")), "agency", "page_id", "agency_id"),
        ]
    if "person" in wanted:
        found = shelves.pages(user, filters.without("person"))
        roads += [
            _pairs(talks.filter(page__in=found.values("pk")), "person", "page_id", "speakers"),
            _pairs(Credit.objects.filter(page__in=found.values("pk")).order_by(), "person", "page_id", "person_id"),
        ]
    pages: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    for facet, page, key in _union(roads):
        if key is not None:
            pages[facet] |= {(page, above) for above in (_lineage(key, numbers.agencies) if facet == "agency" else [key])}
    for facet, pairs in pages.items():
        numbers.by_facet[facet] = dict(Counter(str(key) for _page, key in pairs))


def _pairs(found: QuerySet[Any], facet: str, page: str, key: str) -> QuerySet[Any]:
    rows = found.annotate(facet=Value(facet, CharField()), page_key=F(page), of=F(key))
    return rows.values_list("facet", "page_key", "of").distinct()


def _lineage(agency: int, agencies: dict[int, Agency]) -> list[int]:
    """The agency and all it is part of: choosing a ministry shows what its departments said."""
    found = [agency]
    while (row := agencies.get(found[-1])) is not None and row.parent_id and row.parent_id not in found:
        found.append(row.parent_id)
    return found


def _rolled_up(counts: dict[str, int], agencies: dict[int, Agency]) -> dict[str, int]:
    """For items, which have one agency each: sums are exact."""
    total: Counter[str] = Counter()
    for key, n in counts.items():
        for above in _lineage(int(key), agencies):
            total[str(above)] += n
    return dict(total)
