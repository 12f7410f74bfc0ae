"""Reading the cabinet: counts per drawer and the documents in one, of those a person may read."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from kmportal.core.pmqa import CATEGORIES
from kmportal.library.models import Filing, KnowledgePage, LibraryDocument
from kmportal.taxonomy.models import PmqaCategory, PmqaCode

COLUMNS = 6
SORTS = {"new": ("-created_at", "-pk"), "title": ("title", "pk"), "old": ("created_at", "pk")}


@dataclass
class Row:
    """One category of the cabinet's front: how many documents in each fiscal year."""

    number: str
    name: Any
    total: int = 0
    by_year: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Shelf:
    """A code inside a category, and how many documents are filed under it."""

    code: PmqaCode
    count: int
    slug: str


def front(user: Any) -> tuple[list[Row], list[int]]:
    """The categories P, 1 ... 7 with their counts, and the years to show, newest first. Two queries."""
    rows = {number: Row(number, name) for number, name in CATEGORIES.items()}
    filed = _filings(user)
    for number, year, count in (
        filed.values_list("category__number", "year").annotate(n=Count("document", distinct=True)).order_by()
    ):
        rows[number].by_year[year] = count
    for number, count in filed.values_list("category__number").annotate(n=Count("document", distinct=True)).order_by():
        rows[number].total = count
    years = sorted({year for row in rows.values() for year in row.by_year}, reverse=True)[:COLUMNS]
    return list(rows.values()), years


def shelves(user: Any, number: str) -> list[Shelf]:
    """The codes under which documents of a category are filed, of every edition."""
    filed = _filings(user).filter(category__number=number).exclude(code=None)
    counts = dict(filed.values_list("code").annotate(n=Count("document", distinct=True)).order_by())
    codes = list(
        PmqaCode.objects.filter(pk__in=counts)
        .select_related("category__edition")
        .order_by("-category__edition__first_year", "position", "pk")
    )
    named = Counter(code.code for code in codes)
    # SP5 of one edition is another thing than SP5 of the next: where both are filled, the address says which by its key.
    return [Shelf(code, counts[code.pk], code.code if named[code.code] == 1 else str(code.pk)) for code in codes]


def years_of(user: Any, number: str) -> list[int]:
    years = _filings(user).filter(category__number=number).values_list("year", flat=True)
    return list(years.distinct().order_by("-year"))


def documents_in(user: Any, number: str, *, code: PmqaCode | None, year: int | None, sort: str) -> QuerySet[LibraryDocument]:
    """What lies in a drawer, with all the drawers each document lies in."""
    filed = _filings(user).filter(category__number=number)
    if code is not None:
        filed = filed.filter(code=code)
    if year is not None:
        filed = filed.filter(year=year)
    return with_drawers(LibraryDocument.objects.visible_to(user).filter(pk__in=filed.values("document"))).order_by(
        *SORTS.get(sort, SORTS["new"])
    )


def with_drawers(documents: QuerySet[LibraryDocument]) -> QuerySet[LibraryDocument]:
    filings = Filing.objects.select_related("category__edition", "code").order_by("-year", "category__number", "code__position")
    return documents.select_related("agency", "community", "uploaded_by_user").prefetch_related(Prefetch("filings", filings))


def pages_using(user: Any, document: LibraryDocument) -> QuerySet[KnowledgePage]:
    """Published pages this person may read that carry the document, or were read from it."""
    readable = KnowledgePage.objects.visible_to(user).current()
    carrying = readable.filter(page_documents__document=document) | readable.filter(seminarpage__source=document)
    return carrying.distinct().order_by("-dated", "pk")


def category_name(number: str) -> Any:
    current = PmqaCategory.objects.filter(number=number, edition__is_current=True).first()
    return current.name if current else CATEGORIES[number]


def _filings(user: Any) -> QuerySet[Filing]:
    return Filing.objects.filter(document__in=LibraryDocument.objects.visible_to(user).values("pk"))
