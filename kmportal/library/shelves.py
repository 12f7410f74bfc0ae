"""What the library's list shows: pages or items, narrowed by what the reader chose. Every query begins with visible_to."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kmportal.library import matching
from kmportal.library.matching import Matched
from kmportal.library.models import BestPracticePage, Credit, Item, KnowledgePage, LessonPage, SeminarPage, Talk
from kmportal.people.models import Agency, Person
from kmportal.taxonomy.kinds import ItemKind
from kmportal.taxonomy.models import PmqaCode, Topic

PAGE_TYPES: dict[str, type[KnowledgePage]] = {"seminar": SeminarPage, "lesson": LessonPage, "practice": BestPracticePage}
ITEMS = matching.ITEMS
TYPES = (*PAGE_TYPES, ITEMS)
SORTS: dict[str, tuple[str, ...]] = {"new": ("-dated", "-pk"), "old": ("dated", "pk"), "title": ("title", "pk")}
ITEM_SORTS: dict[str, tuple[str, ...]] = {
    "new": ("-page__dated", "-page_id", "position", "pk"),
    "old": ("page__dated", "page_id", "position", "pk"),
    "title": ("text", "pk"),
}
# The order of how well words are answered; only where words were given.
BEST = "best"
MOST_WORDS = 8
_INVISIBLE = re.compile("[\u200b\u200c\u200d\ufeff\u00ad]")
_TEXT_OF_PAGES = (
    "title", "title_en", "summary", "summary_en", "lessonpage__lesson", "lessonpage__context", "lessonpage__what_happened",
    "lessonpage__why", "lessonpage__tricks", "lessonpage__pitfalls", "lessonpage__recommendation", "seminarpage__venue",
    "bestpracticepage__problem", "bestpracticepage__approach", "bestpracticepage__results", "bestpracticepage__success_factors",
)  # fmt: skip


def words_of(query: str) -> list[str]:
    """The words to look for, in the form texts are stored in: one way to write sara am, no invisible signs."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", query)).replace("\u0e4d\u0e32", "\u0e33")
    return text.split()[:MOST_WORDS]


@dataclass(frozen=True)
class Filters:
    """What the reader chose; nothing chosen is everything. `forms.filters` makes it from an address.

    Args:
        q: the words as typed.
        matched: what answers them, asked once for rows and numbers alike.
    """

    q: str = ""
    matched: Matched | None = None
    type: str = ""
    kind: str = ""
    category: str = ""
    code: PmqaCode | None = None
    agency: Agency | None = None
    person: Person | None = None
    topic: Topic | None = None
    year: int | None = None
    sort: str = "new"
    archived: bool = False

    FACETS = ("type", "kind", "category", "code", "agency", "person", "topic", "year")

    def without(self, facet: str) -> "Filters":
        """The same without one facet: the counts beside its choices ignore the choice that was made in it."""
        nothing: dict[str, Any] = {facet: None if facet in ("code", "agency", "person", "topic", "year") else ""}
        return replace(self, **nothing)

    @property
    def shows_items(self) -> bool:
        return self.type == ITEMS or bool(self.kind)

    @property
    def marked(self) -> str:
        """What to mark in what is shown."""
        return self.matched.marked if self.matched else self.q

    @property
    def chosen(self) -> list[str]:
        return [facet for facet in self.FACETS if getattr(self, facet)]


def agencies_under(agency: Agency) -> QuerySet[Any]:
    return Agency.objects.filter(pk__in=Agency.objects.within(agency).values("pk"))


def pages(user: Any, filters: Filters) -> QuerySet[Any]:
    """Seminars, lessons and best practices that this reader may see and that fit."""
    found = KnowledgePage.objects.visible_to(user).order_by()
    found = found.filter(archived_at__isnull=False) if filters.archived else found.current()
    if filters.type in PAGE_TYPES:
        found = found.exact_type(PAGE_TYPES[filters.type])
    found = _narrow_pages(found, filters)
    return _containing(found, filters.q) if filters.archived else _answering(found, filters, "pages")


def _answering(found: QuerySet[Any], filters: Filters, keys: str) -> QuerySet[Any]:
    """Those that answer the words, if there are any; words that nobody looked up answer nothing."""
    if not filters.q:
        return found
    return found.filter(pk__in=getattr(filters.matched or Matched(), keys))


def _containing(found: QuerySet[Any], query: str) -> QuerySet[Any]:
    """Those whose text holds each word as it is written: what is archived has left the index of the search."""
    for word in words_of(query):
        in_items = Item.objects.filter(text__icontains=word, retired=False).values("page")
        condition = Q(pk__in=in_items)
        for name in _TEXT_OF_PAGES:
            condition |= Q(**{f"{name}__icontains": word})
        found = found.filter(condition)
    return found


def _narrow_pages(found: QuerySet[Any], filters: Filters) -> QuerySet[Any]:
    if filters.category:
        found = found.filter(pk__in=_linked(KnowledgePage.categories.through, pmqacategory__number=filters.category))
    if filters.code:
        found = found.filter(pk__in=_linked(KnowledgePage.codes.through, pmqacode=filters.code))
    if filters.topic:
        found = found.filter(pk__in=_linked(KnowledgePage.topics.through, topic=filters.topic))
    if filters.agency:
        below = agencies_under(filters.agency).values("pk")
        spoke = Talk.objects.filter(agency__in=below, retired=False).values("page")
        found = found.filter(Q(agency__in=below) | Q(pk__in=spoke))
    if filters.person:
        told = Talk.speakers.through.objects.filter(person=filters.person, talk__retired=False).values("talk__page")
        credited = Credit.objects.filter(person=filters.person).values("page")
        found = found.filter(Q(pk__in=told) | Q(pk__in=credited))
    if filters.year:
        found = found.filter(dated__gte=date(filters.year, 1, 1), dated__lte=date(filters.year, 12, 31))
    return found


def _linked(through: Any, **condition: Any) -> QuerySet[Any]:
    return through.objects.filter(**condition).values("knowledgepage")


def items(user: Any, filters: Filters) -> QuerySet[Any]:
    """Single statements of seminars that this reader may see and that fit."""
    found = Item.objects.visible_to(user).order_by()
    if filters.archived:
        return found.none()
    return _answering(_narrow_items(found, filters), filters, "items")


def _narrow_items(found: Any, filters: Filters) -> QuerySet[Any]:
    if filters.kind:
        found = found.of_kind(filters.kind)
    if filters.category:
        through = Item.categories.through.objects.filter(pmqacategory__number=filters.category)
        found = found.filter(pk__in=through.values("item"))
    if filters.code:
        found = found.filter(pk__in=Item.codes.through.objects.filter(pmqacode=filters.code).values("item"))
    if filters.topic:
        found = found.filter(page__in=_linked(KnowledgePage.topics.through, topic=filters.topic))
    if filters.agency:
        found = with_agency(found).filter(of_agency__in=agencies_under(filters.agency).values("pk"))
    if filters.person:
        found = found.filter(talk__in=Talk.speakers.through.objects.filter(person=filters.person).values("talk"))
    if filters.year:
        found = found.filter(page__dated__gte=date(filters.year, 1, 1), page__dated__lte=date(filters.year, 12, 31))
    return found


def with_agency(found: QuerySet[Any]) -> QuerySet[Any]:
    """An item is its talk's agency's; where the talk has none, the seminar's."""
    return found.annotate(of_agency=Coalesce("talk__agency_id", "page__agency_id"))


def counted(pages_found: QuerySet[Any]) -> QuerySet[Any]:
    """Pages for a list: with their agency, when and where a seminar was, and how many items and sources each has."""
    said = Item.objects.filter(page=OuterRef("pk"), retired=False).order_by().values("page").annotate(n=Count("pk")).values("n")
    return pages_found.select_related("agency", "seminarpage").annotate(
        item_count=Coalesce(Subquery(said, output_field=IntegerField()), 0)
    )


def kind_counts(user: Any, filters: Filters) -> dict[str, int]:
    """How many statements of each kind fit, in the order of the kinds."""
    counts = dict(items(user, filters).values_list("kind").annotate(n=Count("pk")))
    return {kind: counts[kind] for kind in ItemKind.values if kind in counts}
