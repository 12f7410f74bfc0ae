"""A search made ready for its page: rows, tabs, choices with their numbers, and what was chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest
from django.utils.translation import gettext, pgettext

from kmportal.core.dates import year_number
from kmportal.core.language import in_reader_address
from kmportal.core.text import shorten
from kmportal.library import facets
from kmportal.library.criteria import Taxonomy
from kmportal.library.listing import Chip, Facet, Option
from kmportal.library.paging import Counted
from kmportal.people.models import Agency
from kmportal.retrieval import engine, readers, sources
from kmportal.retrieval.analysis import normalise
from kmportal.retrieval.highlight import mark
from kmportal.retrieval.readers import Readers
from kmportal.retrieval.results import Found, Hit
from kmportal.search import forms
from kmportal.search.forms import Question
from kmportal.search.kinds import AGENCIES, Look, look
from kmportal.taxonomy.kinds import ItemKind
from kmportal.taxonomy.models import PmqaCategory

PER_PAGE = 20
# Where nothing fits, the nearest things are a hint, not a list to search through.
NEAREST = 5
MOST_AGENCIES, LONGEST_PLACE = 30, 120
Numbers = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Row:
    """A hit with what its line shows besides words. Its place is marked where nothing else says why it was found."""

    hit: Hit
    place: str
    look: Look
    url: str
    strip: list[str]
    agency: Agency | None


@dataclass
class Answer:
    """`corrected` is the query that was answered where another keyboard layout was meant."""

    question: Question
    found: Found
    page: "Page[Any]"
    rows: list[Row]
    tabs: list[dict[str, Any]]
    facets: list[Facet]
    chips: list[Chip] = field(default_factory=list)
    corrected: str = ""


def of(request: HttpRequest) -> Answer:
    """What this address asks, answered for this reader."""
    agencies = facets.all_agencies()
    question = forms.read(request.GET, agencies)
    reader = readers.of(request.user)
    number = forms.page_number(request.GET.get("page"))
    found = ask(question, reader, offset=(number - 1) * PER_PAGE)
    if number > 1 and not found.hits:
        number = max(1, -(-found.total // PER_PAGE))
        found = ask(question, reader, offset=(number - 1) * PER_PAGE)
    if found.near:
        number, found = 1, replace(found, hits=found.hits[:NEAREST], total=min(found.total, NEAREST), facets={})
    numbers = _numbers(question, found, reader)
    return Answer(
        question=question,
        found=found,
        page=Page(found.hits, number, Counted([], PER_PAGE, found.total)),
        rows=[_row(hit, agencies, found.instead or found.asked) for hit in found.hits],
        tabs=_tabs(question, numbers),
        facets=[facet for facet in _facets(question, numbers, agencies) if _helps(facet, found)],
        chips=_chips(question),
        corrected=corrected(question.q, found),
    )


def ask(question: Question, reader: Readers, *, offset: int = 0, limit: int = PER_PAGE) -> Found:
    """The engine's answer; nothing for no words."""
    if not question.q:
        return Found([], 0)
    return engine.find(
        question.q, reader, kinds=question.kinds, tags=question.tags, year=question.year, limit=limit, offset=offset, sort=question.sort
    )  # fmt: skip


def corrected(typed: str, found: Found) -> str:
    """What was answered instead of the typed words, because another keyboard layout was meant."""
    return found.asked if found.asked and normalise(found.asked) != normalise(typed) else ""


def _numbers(question: Question, found: Found, reader: Readers) -> Numbers:
    """The counts of the answer; those of the kinds as if no kind were chosen, so that a tab says what it would show."""
    if not question.kind or found.near:
        return found.facets
    kinds = ask(question.without("kind"), reader, limit=1).facets.get("kind", {})
    # Alone, things of a kind are measured against the best of them, so there may be more than beside the others.
    return {**found.facets, "kind": {**kinds, question.kind: found.total}}


def _helps(facet: Facet, found: Found) -> bool:
    """Whether choosing in it changes anything."""
    return facet.is_chosen or (found.total > 1 and len(facet.options) > 1)


def _row(hit: Hit, agencies: Mapping[int, Agency], words: str) -> Row:
    tags: dict[str, list[str]] = {}
    for name, value in sorted(hit.tags):
        tags.setdefault(name, []).append(value)
    said = tags.get("type", [""])[0]
    strip = [number for number in PmqaCategory.NUMBERS if number in tags.get("category", [])]
    owner = agencies.get(hit.object_id) if hit.kind == AGENCIES else innermost(tags.get("agency", []), agencies)
    place = shorten(hit.place, LONGEST_PLACE)
    if "<mark>" not in hit.marked_title + hit.snippet:
        place = mark(place, words)
    return Row(hit, place, look(hit.kind, said), address(hit.url), strip, owner)


def innermost(keys: Iterable[str], agencies: Mapping[int, Agency]) -> Agency | None:
    """Of an agency and those it is part of, the agency."""
    found = [agencies[int(key)] for key in keys if key.isdigit() and int(key) in agencies]
    above = {agency.parent_id for agency in found}
    return next((agency for agency in found if agency.pk not in above), found[0] if found else None)


def address(url: str) -> str:
    """The address in the reader's language; the index keeps the one without a language."""
    return in_reader_address(url)


def _tabs(question: Question, numbers: Numbers) -> list[dict[str, Any]]:
    counts = numbers.get("kind", {})
    entries = [("", pgettext("any kind", "All"), sum(counts.values()))]
    entries += [
        (source.kind, str(source.label), counts.get(source.kind, 0))
        for source in sources.every()
        if counts.get(source.kind) or source.kind == question.kind
    ]
    return [
        {"value": value, "label": label, "count": count, "current": value == question.kind} for value, label, count in entries
    ]


def _options(counts: Mapping[str, int], labels: Iterable[tuple[str, str, str]], chosen: str) -> list[Option]:
    """Options that lead somewhere, in the order of `labels`: (key in the counts, value in the address, words)."""
    return [
        Option(value, label, counts.get(key, 0), value == chosen)
        for key, value, label in labels
        if counts.get(key) or value == chosen
    ]  # fmt: skip


def _facets(question: Question, numbers: Numbers, agencies: Mapping[int, Agency]) -> list[Facet]:
    taxonomy = Taxonomy.current()
    types = ((kind.value, kind.value, str(kind.label)) for kind in ItemKind)
    categories = ((n, n, f"{n} {wording.name}") for n in PmqaCategory.NUMBERS if (wording := taxonomy.wording(n)))
    years = sorted(numbers.get("year", {}), reverse=True)
    year_words = ((year, str(year_number(int(year))), str(year_number(int(year)))) for year in years if year.isdigit())
    chosen_year = str(year_number(question.year)) if question.year else ""
    return [
        Facet("type", gettext("Kind of statement"), _options(numbers.get("type", {}), types, question.type)),
        Facet("category", gettext("PMQA category"), _options(numbers.get("category", {}), categories, question.category)),
        Facet("agency", gettext("Agency"), _agencies(question, numbers.get("agency", {}), agencies), is_long=True),
        Facet("year", gettext("Year"), _options(numbers.get("year", {}), year_words, chosen_year), is_long=True),
    ]


def _agencies(question: Question, counts: Mapping[str, int], agencies: Mapping[int, Agency]) -> list[Option]:
    most = sorted((key for key in counts if key.isdigit() and int(key) in agencies), key=lambda key: (-counts[key], key))
    known = sorted((agencies[int(key)] for key in most[:MOST_AGENCIES]), key=str)
    if question.agency and question.agency not in known:
        known.append(question.agency)
    chosen = question.agency.slug if question.agency else ""
    return _options(counts, ((str(agency.pk), agency.slug, str(agency)) for agency in known), chosen)


def _chips(question: Question) -> list[Chip]:
    wording = Taxonomy.current().wording(question.category)
    named = {
        "kind": lambda: str(source.label) if (source := sources.named(question.kind)) else question.kind,
        "type": lambda: str(ItemKind(question.type).label),
        "category": lambda: gettext("Category %(number)s %(name)s") % {"number": question.category, "name": getattr(wording, "name", "")},
        "agency": lambda: str(question.agency),
        "year": lambda: pgettext("chip", "Year %(year)s") % {"year": year_number(question.year or 0)},
    }  # fmt: skip
    return [Chip(named[name](), name) for name in question.chosen]
