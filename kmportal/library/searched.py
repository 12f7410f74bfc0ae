"""What of the library can be found, and who may: the sources and circles that the search engine is told of in LibraryConfig.ready."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kmportal.library import searched_items, searched_pages
from kmportal.library.models import (
    BestPracticePage,
    Filing,
    Item,
    KnowledgePage,
    LessonPage,
    LibraryDocument,
    PlainPage,
    SectionPage,
    SeminarPage,
    Talk,
)
from kmportal.people.models import Agency, Person
from kmportal.people.roles import Role
from kmportal.people.searched import within_agencies
from kmportal.retrieval import readers, sources
from kmportal.retrieval.sources import Dependents, Source
from kmportal.taxonomy.models import PmqaCategory, PmqaCode, Topic


def circles(user: Any) -> list[str]:
    """The closed circles of library.visibility as keys; a test compares the two."""
    if not (user.is_authenticated and user.is_active):
        return []
    communities = [f"community:{key}" for key in user.memberships.values_list("community", flat=True)]
    if user.has_role(Role.NETWORK_COORDINATOR):
        return ["agency:*", *communities]
    return [*(f"agency:{key}" for key in user.agency_ids), *communities]


# --- Rows ------------------------------------------------------------------------------------------------------------------------
def _published(model: type[KnowledgePage]) -> QuerySet[Any]:
    return model.objects.filter(live=True, archived_at=None)


def seminars() -> QuerySet[SeminarPage]:
    return _published(SeminarPage)


def lessons() -> QuerySet[LessonPage]:
    return _published(LessonPage)


def practices() -> QuerySet[BestPracticePage]:
    return _published(BestPracticePage)


def items() -> QuerySet[Item]:
    shown = Item.objects.filter(retired=False, page__live=True, page__archived_at=None)
    return shown.select_related("page", "talk").defer("page__body")


def documents() -> QuerySet[LibraryDocument]:
    """Those that lie in a drawer. The original of an imported seminar lies in none, and its page may still be a draft."""
    return LibraryDocument.objects.filter(Exists(Filing.objects.filter(document=OuterRef("pk"))))


def plain_pages() -> QuerySet[PlainPage]:
    """Without those that somebody put behind Wagtail's own privacy."""
    return PlainPage.objects.live().public()


def sections() -> QuerySet[SectionPage]:
    return SectionPage.objects.live().public()


# --- What follows what -----------------------------------------------------------------------------------------------------------
def _items(path: str) -> Dependents:
    return lambda keys: Item.objects.filter(Q(**{f"{path}__in": keys}), retired=False)


def _pages(model: type[KnowledgePage], path: str) -> Dependents:
    return lambda keys: model.objects.filter(**{f"{path}__in": keys})


def _of_agency(model: Any, *paths: str) -> Dependents:
    """Rows that name one of these agencies or something below it: both words and tags follow the whole line."""

    def dependents(keys: Collection[int]) -> QuerySet[Any]:
        named = Q()
        for path in paths:
            named |= within_agencies(path, keys)
        return model.objects.filter(named)

    return dependents


def _seminars_of_agency(keys: Collection[int]) -> QuerySet[SeminarPage]:
    spoke = Talk.objects.filter(within_agencies("agency", keys)).values("page")
    own = within_agencies("agency", keys) | within_agencies("organiser", keys)
    return SeminarPage.objects.filter(own | Q(pk__in=spoke))


def _order_of(model: type[KnowledgePage]) -> dict[Any, Dependents]:
    return {
        PmqaCategory: _pages(model, "categories"),
        PmqaCode: _pages(model, "codes"),
        Topic: _pages(model, "topics"),
    }


def _register_pages() -> None:
    credited = "credits__person"
    sources.register(
        Source(
            "lesson", LessonPage, lessons, searched_pages.describe_lessons, _("Lessons"), 10, icon="book", batch=50,
            repeats={Agency: _of_agency(LessonPage, "agency"), Person: _pages(LessonPage, credited), **_order_of(LessonPage)},
        )
    )  # fmt: skip
    sources.register(
        Source(
            "practice", BestPracticePage, practices, searched_pages.describe_practices, _("Best practices"), 20, icon="medal", batch=50,
            repeats={
                Agency: _of_agency(BestPracticePage, "agency"), Person: _pages(BestPracticePage, credited), **_order_of(BestPracticePage)
            },
        )
    )  # fmt: skip
    sources.register(
        Source(
            "seminar", SeminarPage, seminars, searched_pages.describe_seminars, _("Seminars"), 30, icon="people", batch=10,
            repeats={Agency: _seminars_of_agency, Person: _pages(SeminarPage, "talks__speakers"), **_order_of(SeminarPage)},
        )
    )  # fmt: skip
    sources.register(Source("page", PlainPage, plain_pages, searched_pages.describe_plain, _("Pages"), 80, icon="info"))
    sources.register(Source("section", SectionPage, sections, searched_pages.describe_sections, _("Sections"), 90, icon="menu"))


def register() -> None:
    """Tells the engine. Called once, when the app is ready."""
    readers.register(circles)
    _register_pages()
    sources.register(
        Source(
            "item", Item, items, searched_items.describe_items, _("Statements"), 40, suggested=False, icon="quote",
            stands_on={SeminarPage: _items("page")},
            repeats={
                Agency: _of_agency(Item, "talk__agency", "page__agency"), Person: _items("talk__speakers"),
                PmqaCategory: _items("categories"), PmqaCode: _items("codes"), Topic: _items("page__topics"),
            },
        )
    )  # fmt: skip
    sources.register(
        Source(
            "document", LibraryDocument, documents, searched_items.describe_documents, _("Documents"), 50, icon="file", batch=5,
            repeats={
                Agency: _of_agency(LibraryDocument, "agency"),
                PmqaCategory: lambda keys: LibraryDocument.objects.filter(filings__category__in=keys),
                PmqaCode: lambda keys: LibraryDocument.objects.filter(filings__code__in=keys),
            },
        )
    )  # fmt: skip
