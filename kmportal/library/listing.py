"""The library's list made ready for its template: rows, tabs, choices with their numbers, and what was chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext, pgettext

from kmportal.core.dates import year_number
from kmportal.library import facets, matching, paging, shelves
from kmportal.library.criteria import Taxonomy
from kmportal.library.facets import Numbers
from kmportal.library.forms import filters as address
from kmportal.library.models import KnowledgePage
from kmportal.library.presenting.kinds import KINDS, KindLook
from kmportal.library.shelves import BEST, ITEMS, PAGE_TYPES, Filters
from kmportal.people.models import Person
from kmportal.retrieval.highlight import snippet
from kmportal.taxonomy.kinds import ItemKind
from kmportal.taxonomy.models import PmqaCategory

MOST_PEOPLE = 15


@dataclass
class Option:
    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass
class Facet:
    name: str
    label: str
    options: list[Option]
    is_long: bool = False

    @property
    def is_chosen(self) -> bool:
        return any(option.chosen for option in self.options)


@dataclass
class Chip:
    """Something that was chosen, and which parameters to take away to undo it."""

    label: str
    without: str


@dataclass
class Listing:
    filters: Filters
    page: "Page[Any]"
    total: int
    tabs: list[dict[str, Any]]
    facets: list[Facet]
    chips: list[Chip] = field(default_factory=list)
    kinds: list[tuple[KindLook, int]] = field(default_factory=list)


def of(request: HttpRequest, *, category: str = "") -> Listing:
    """The list that this address asks for, for this reader.

    Args:
        category: decided by the place itself (/pmqa/6/): neither offered nor counted.
    """
    agencies = facets.all_agencies()
    filters = address.read(request.GET, request.user, agencies)
    if category:
        filters = replace(filters, category=category)
    if filters.q and not filters.archived:
        filters = replace(filters, matched=matching.of(filters.q, request.user))
    fixed = ("category",) if category else ()
    wanted = [name for name in Filters.FACETS if name not in fixed]
    numbers = facets.count(request.user, filters, agencies, wanted)
    # A kind belongs to statements; beside a list of lessons it would lead away from them.
    hidden = {"kind"} if filters.type in PAGE_TYPES else set()
    shown = [
        facet
        for facet in _facets(request, filters, numbers)
        if facet.name in wanted and facet.name not in hidden and facet.options
    ]
    total = _total(filters, numbers)
    rows = _items(request, filters) if filters.shows_items else _pages(request, filters)
    page = paging.page_of(rows, total, request.GET.get("page"))
    if not filters.shows_items:
        page.object_list = attach_found(attach_strips(list(page.object_list)), filters)
    kinds = [(KINDS[kind], n) for kind, n in numbers.of("kind").items() if kind in KINDS]
    return Listing(filters, page, total, _tabs(filters, numbers), shown, _chips(filters, fixed), kinds)


def _total(filters: Filters, numbers: Numbers) -> int:
    types = numbers.of("type")
    if filters.shows_items:
        return types.get(ITEMS, 0)
    return types.get(filters.type, 0) if filters.type else sum(types.get(name, 0) for name in PAGE_TYPES)


def _pages(request: HttpRequest, filters: Filters) -> Any:
    found = shelves.pages(request.user, filters)
    if filters.sort == BEST and filters.matched:
        return paging.InOrder(filters.matched.pages, found, shelves.counted(found))
    return shelves.counted(found).order_by(*shelves.SORTS[filters.sort])


def _items(request: HttpRequest, filters: Filters) -> Any:
    made = Count(
        "lesson_links",
        filter=Q(lesson_links__page__in=KnowledgePage.objects.visible_to(request.user).values("pk")),
        distinct=True,
    )
    found = shelves.items(request.user, filters)
    rows = found.annotate(lesson_count=made).select_related("page__agency", "talk__agency")
    if filters.sort == BEST and filters.matched:
        return paging.InOrder(filters.matched.items, found, rows)
    return rows.order_by(*shelves.ITEM_SORTS[filters.sort])


def attach_strips(pages: list[Any]) -> list[Any]:
    """Gives each page `strip`, the numbers of its PMQA categories: one query for a whole list."""
    numbers: dict[int, list[str]] = {page.pk: [] for page in pages}
    links = KnowledgePage.categories.through.objects.filter(knowledgepage__in=list(numbers))
    for page_id, number in links.values_list("knowledgepage_id", "pmqacategory__number"):
        numbers[page_id].append(number)
    for page in pages:
        page.strip = numbers[page.pk]
    return pages


def attach_found(pages: list[Any], filters: Filters) -> list[Any]:
    """Gives each page `found`, the stretch of it that answers the words."""
    matched = filters.matched or matching.Matched()
    for page in pages:
        page.found = snippet(matched.bodies.get(page.pk, ""), matched.marked)
    return pages


def _tabs(filters: Filters, numbers: Numbers) -> list[dict[str, Any]]:
    types = numbers.of("type")
    entries = [("", gettext("All"), sum(types.get(name, 0) for name in PAGE_TYPES))]
    entries += [(name, str(type_label(name)), types.get(name, 0)) for name in (*PAGE_TYPES, ITEMS)]
    current = ITEMS if filters.shows_items else filters.type
    return [{"value": value, "label": label, "count": count, "current": value == current} for value, label, count in entries]


def type_label(name: str) -> str:
    """The plural name of a type, as a tab or a heading."""
    return {
        "seminar": gettext("Seminars"),
        "lesson": gettext("Lessons"),
        "practice": gettext("Best practices"),
        ITEMS: gettext("Said at seminars"),
    }[name]


def _options(numbers: dict[str, int], labels: Iterable[tuple[str, str, str]], chosen: str) -> list[Option]:
    """Options that lead somewhere, in the order of `labels`: (key in the counts, value in the address, words)."""
    return [
        Option(value, label, numbers.get(key, 0), value == chosen)
        for key, value, label in labels
        if numbers.get(key) or value == chosen
    ]


def _facets(request: HttpRequest, filters: Filters, numbers: Numbers) -> list[Facet]:
    taxonomy = Taxonomy.current()
    categories = ((n, n, f"{n} {wording.name}") for n in PmqaCategory.NUMBERS if (wording := taxonomy.wording(n)))
    codes = ((str(pk), str(pk), _code_words(code)) for pk, code in taxonomy.codes.items())
    topics = ((str(pk), topic.slug, str(topic)) for pk, topic in taxonomy.topics.items())
    years = sorted(numbers.of("year"), reverse=True)
    return [
        Facet("kind", gettext("Kind of statement"), _options(numbers.of("kind"), ((k.value, k.value, str(k.label)) for k in ItemKind), filters.kind)),
        Facet("category", gettext("PMQA category"), _options(numbers.of("category"), categories, filters.category)),
        Facet("code", gettext("PMQA code"), _options(numbers.of("code"), codes, str(filters.code.pk) if filters.code else ""), is_long=True),
        Facet("agency", gettext("Agency"), _agencies(filters, numbers), is_long=True),
        Facet("person", gettext("Person"), _people(request, filters, numbers), is_long=True),
        Facet("topic", gettext("Topic"), _options(numbers.of("topic"), topics, filters.topic.slug if filters.topic else ""), is_long=True),
        Facet("year", gettext("Year"), _options(numbers.of("year"), ((y, y, str(year_number(int(y)))) for y in years), str(filters.year or "")), is_long=True),
    ]  # fmt: skip


def _code_words(code: Any) -> str:
    return f"{code.code} {code.label} ({code.category.edition})"


def _agencies(filters: Filters, numbers: Numbers) -> list[Option]:
    counts = numbers.of("agency")
    known = sorted((agency for pk, agency in numbers.agencies.items() if str(pk) in counts), key=str)
    return _options(
        counts, ((str(agency.pk), agency.slug, str(agency)) for agency in known), filters.agency.slug if filters.agency else ""
    )


def _people(request: HttpRequest, filters: Filters, numbers: Numbers) -> list[Option]:
    """Those named most often; people whose page this reader may not open are not offered."""
    counts = numbers.of("person")
    most = sorted(counts, key=lambda key: (-counts[key], key))[: MOST_PEOPLE * 2]
    known = {str(person.pk): person for person in Person.objects.visible_to(request.user).filter(pk__in=most)} if most else {}
    labels = ((key, known[key].handle, str(known[key])) for key in [key for key in most if key in known][:MOST_PEOPLE])
    return _options(counts, labels, filters.person.handle if filters.person else "")


def _chips(filters: Filters, fixed: Sequence[str]) -> list[Chip]:
    taxonomy = Taxonomy.current()
    words = {
        "kind": lambda: str(ItemKind(filters.kind).label),
        "category": lambda: (
            gettext("Category %(number)s %(name)s")
            % {"number": filters.category, "name": getattr(taxonomy.wording(filters.category), "name", "")}
        ),
        "code": lambda: _code_words(filters.code),
        "agency": lambda: str(filters.agency),
        "person": lambda: str(filters.person),
        "topic": lambda: str(filters.topic),
        "year": lambda: pgettext("chip", "Year %(year)s") % {"year": year_number(filters.year or 0)},
    }
    chips = [Chip(f"“{filters.q}”", "q")] if filters.q else []
    chips += [Chip(words[name](), name) for name in filters.chosen if name in words and name not in fixed]
    if filters.archived:
        chips.append(Chip(gettext("Archived"), "archived"))
    return chips
