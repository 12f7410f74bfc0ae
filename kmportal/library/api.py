"""Published knowledge for programs: /api/v1/pages/ and /api/v1/documents/, Wagtail's API with our fields, within the reader's circles.

Read only, JSON only. Lists: limit (at most 100) and offset, fields, order, search, and type, kind, category, code, agency, topic.
A parameter that is unknown or makes no sense gets 400 with a message. Nothing here names an account or a mail address.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from rest_framework.authentication import SessionAuthentication
from rest_framework.fields import Field
from rest_framework.filters import BaseFilterBackend
from rest_framework.renderers import JSONRenderer
from wagtail.api import APIField
from wagtail.api.v2.filters import OrderingFilter, SearchFilter
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from kmportal.library.models import BestPracticePage, Item, KnowledgePage, LessonPage, LibraryDocument, SeminarPage
from kmportal.taxonomy.kinds import ItemKind
from kmportal.taxonomy.models import PmqaCategory

TYPES: dict[str, type[KnowledgePage]] = {"seminar": SeminarPage, "lesson": LessonPage, "practice": BestPracticePage}
ORDERS = ("id", "title", "dated", "first_published_at", "last_published_at")
LARGEST = 2**31 - 1
LESSON_RECORD = (
    "context", "intent", "what_happened", "why", "cues", "tricks", "pitfalls", "lesson", "recommendation", "evidence", "works_when",
    "fails_when", "contacts", "next_steps",
)  # fmt: skip
PRACTICE_RECORD = ("problem", "approach", "results", "success_factors", "cautions", "works_when", "evidence", "contacts")


class _Reader(Field):
    """A field that is worked out from the whole object."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "source": "*", "read_only": True})

    @property
    def reader(self) -> Any:
        return self.context["request"].user


class KindOfPage(_Reader):
    def to_representation(self, value: Page) -> str:
        model = value.specific_class
        return next((name for name, known in TYPES.items() if known is model), "")


class AgencyOf(_Reader):
    def to_representation(self, value: KnowledgePage) -> dict[str, str] | None:
        return agency_as_json(value.agency)


class CategoriesOf(_Reader):
    def to_representation(self, value: KnowledgePage) -> list[dict[str, str]]:
        return [
            {"number": category.number, "name": category.name_th, "name_en": category.name_en, "edition": category.edition.slug}
            for category in value.categories.all().select_related("edition")
        ]


class CodesOf(_Reader):
    def to_representation(self, value: KnowledgePage) -> list[dict[str, str]]:
        return [
            {"code": code.code, "label": code.label_th, "label_en": code.label_en, "edition": code.category.edition.slug}
            for code in value.codes.all().select_related("category__edition")
        ]


class TopicsOf(_Reader):
    def to_representation(self, value: KnowledgePage) -> list[dict[str, str]]:
        return [{"slug": topic.slug, "name": topic.name_th, "name_en": topic.name_en} for topic in value.topics.all()]


class CreditsOf(_Reader):
    """Whom the knowledge comes from, where they may be named to this reader."""

    def to_representation(self, value: KnowledgePage) -> list[dict[str, str]]:
        from kmportal.people.models import Person  # noqa: PLC0415 - a reader of this one field

        shown = set(Person.objects.visible_to(self.reader).filter(credits__page=value.pk).values_list("pk", flat=True))
        credits = value.credits.select_related("person")
        return [{"name": str(credit.person), "part": credit.part} for credit in credits if credit.person_id in shown]


class DocumentsOf(_Reader):
    def to_representation(self, value: KnowledgePage) -> list[dict[str, Any]]:
        shown = LibraryDocument.objects.visible_to(self.reader).filter(on_pages__page=value.pk).distinct().order_by("pk")
        return [{"id": document.pk, "title": document.title, "download_url": _absolute(self, document.url)} for document in shown]


class RecordOf(_Reader):
    """The lesson record or the practice, field by field; rich text as HTML whose links lead to pages of this portal."""

    def to_representation(self, value: KnowledgePage) -> dict[str, str]:
        names = LESSON_RECORD if isinstance(value, LessonPage) else PRACTICE_RECORD
        rich = {field.name for field in value._meta.get_fields() if type(field).__name__ == "RichTextField"}
        return {name: expand_db_html(getattr(value, name)) if name in rich else getattr(value, name) for name in names}


class SourcesOf(_Reader):
    """The seminar items a lesson was made from, of those this reader may see."""

    def to_representation(self, value: LessonPage) -> list[dict[str, Any]]:
        items = Item.objects.visible_to(self.reader).filter(lesson_links__page=value.pk).select_related("talk__agency")
        return [item_as_json(self, item) for item in items.prefetch_related("categories", "codes")]


class SeminarOf(_Reader):
    def to_representation(self, value: SeminarPage) -> dict[str, Any]:
        return {
            "start_date": value.start_date and value.start_date.isoformat(),
            "end_date": value.end_date and value.end_date.isoformat(),
            "venue": value.venue,
            "province": value.province,
            "organiser": agency_as_json(value.organiser),
        }


class ItemsOf(_Reader):
    def to_representation(self, value: SeminarPage) -> list[dict[str, Any]]:
        items = Item.objects.visible_to(self.reader).filter(page=value.pk).select_related("talk__agency").order_by("position")
        return [item_as_json(self, item) for item in items.prefetch_related("categories", "codes")]


def agency_as_json(agency: Any) -> dict[str, str] | None:
    if agency is None:
        return None
    return {"slug": agency.slug, "name": agency.name, "name_en": agency.name_en, "abbreviation": agency.abbreviation}


def item_as_json(field: Field, item: Item) -> dict[str, Any]:
    talk = item.talk
    return {
        "id": item.pk,
        "kind": item.kind,
        "text": item.text,
        "level": item.level,
        "section": item.section,
        "talk": talk and {"title": talk.title, "session": talk.session, "agency": agency_as_json(talk.agency)},
        "categories": [category.number for category in item.categories.all()],
        "codes": [code.code for code in item.codes.all()],
        "url": _absolute(field, item.get_absolute_url()),
    }


def _absolute(field: Field, path: str) -> str:
    return str(field.context["request"].build_absolute_uri(path))


class Exact(BaseFilterBackend):
    """?id= and ?title=: pages that are exactly this."""

    FIELDS = ("id", "title")

    def filter_queryset(self, request: Any, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        return queryset.filter(**{name: request.GET[name] for name in self.FIELDS if name in request.GET})


class _Ours(BaseAPIViewSet):
    """What all endpoints share: the session of the site, JSON, and numbers that a database can hold."""

    authentication_classes = [SessionAuthentication]
    renderer_classes = [JSONRenderer]
    known_query_parameters = BaseAPIViewSet.known_query_parameters - {"rich_text_format", "format"}

    def check_query_parameters(self, queryset: QuerySet[Any]) -> None:
        super().check_query_parameters(queryset)
        for value in self.request.GET.values():
            _word("a parameter", value)
        if (operator := self.request.GET.get("search_operator")) is not None:
            _one_of("search_operator", operator, ("and", "or"))
        for name in ("limit", "offset", "id"):
            if (value := self.request.GET.get(name)) is not None:
                _number(name, value)

    def get_object(self) -> Any:
        if self.kwargs["pk"] > LARGEST:
            raise Http404
        return super().get_object()

    def find_object(self, queryset: QuerySet[Any], request: HttpRequest) -> Any:
        for name in request.GET:
            (_number if name == "id" else _word)(name, request.GET.get(name, ""))
        return super().find_object(queryset, request)


def _number(name: str, value: str) -> None:
    if not (value.isascii() and value.isdigit() and int(value[:20]) <= LARGEST):
        raise BadRequestError(f"{name} must be a positive integer")


class KnowledgeAPI(_Ours, PagesAPIViewSet):
    """Seminars with their items, lessons with their record, best practices."""

    name = "pages"
    model = Page
    known_query_parameters = _Ours.known_query_parameters | {"type", "kind", "category", "code", "agency", "topic"}
    meta_fields = ["type", "detail_url", "html_url", "first_published_at", "last_published_at"]
    body_fields = ["id", "title"]
    listing_default_fields = [
        *("id", "title", "type", "detail_url", "html_url", "first_published_at"),
        *("kind_of_page", "title_en", "summary", "summary_en", "dated", "agency"),
    ]
    detail_only_fields: list[str] = []
    OF_ALL = (
        APIField("kind_of_page", serializer=KindOfPage()),
        *(APIField(name) for name in ("title_en", "summary", "summary_en", "visibility", "dated", "review_due")),
        APIField("agency", serializer=AgencyOf()),
        APIField("categories", serializer=CategoriesOf()),
        APIField("codes", serializer=CodesOf()),
        APIField("topics", serializer=TopicsOf()),
        APIField("credits", serializer=CreditsOf()),
        APIField("documents", serializer=DocumentsOf()),
    )
    OF_TYPE: dict[type[KnowledgePage], tuple[APIField, ...]] = {
        SeminarPage: (APIField("seminar", serializer=SeminarOf()), APIField("items", serializer=ItemsOf())),
        LessonPage: (APIField("record", serializer=RecordOf()), APIField("sources", serializer=SourcesOf())),
        BestPracticePage: (APIField("record", serializer=RecordOf()),),
    }

    filter_backends = [Exact, OrderingFilter, SearchFilter]

    @classmethod
    def get_available_fields(cls, model: Any, db_fields_only: bool = False) -> list[str]:
        """What may be asked for; with db_fields_only, what a list may be ordered by."""
        return list(ORDERS) if db_fields_only else super().get_available_fields(model)

    @classmethod
    def get_detail_default_fields(cls, model: Any) -> list[str]:
        return cls.get_available_fields(model)

    @classmethod
    def get_body_fields(cls, model: Any) -> list[APIField]:
        return [*cls._convert_api_fields(cls.body_fields), *cls.OF_ALL, *cls.OF_TYPE.get(model, ())]

    def get_base_queryset(self) -> QuerySet[Any]:
        return Page.objects.filter(pk__in=self._readable().values("pk"))

    def get_queryset(self) -> QuerySet[Any]:
        """Newest first, so that a limit cuts off the oldest."""
        name = self.request.GET.get("type", "")
        if name and name not in TYPES:
            raise BadRequestError(f"type must be one of {', '.join(TYPES)}")
        pages = TYPES.get(name, KnowledgePage).objects.filter(pk__in=self._filtered().values("pk"))
        return pages.select_related("agency", "content_type").order_by("-dated", "-pk")

    def _readable(self) -> QuerySet[KnowledgePage]:
        return KnowledgePage.objects.visible_to(self.request.user).current()

    def _filtered(self) -> QuerySet[KnowledgePage]:
        asked, pages = self.request.GET, self._readable()
        if (kind := asked.get("kind")) is not None:
            items = Item.objects.visible_to(self.request.user).filter(kind=_one_of("kind", kind, ItemKind.values))
            pages = pages.filter(pk__in=items.values("page"))
        if (category := asked.get("category")) is not None:
            pages = pages.filter(categories__number=_one_of("category", category, PmqaCategory.NUMBERS))
        for name, path in (("code", "codes__code"), ("agency", "agency__slug"), ("topic", "topics__slug")):
            if (value := asked.get(name)) is not None:
                pages = pages.filter(**{path: _word(name, value)})
        return pages.distinct()

    def check_query_parameters(self, queryset: QuerySet[Any]) -> None:
        if unknown := set(self.request.GET) - self.known_query_parameters - set(Exact.FIELDS):
            raise BadRequestError(f"unknown parameter: {', '.join(sorted(unknown))}")
        for name in ("search", *Exact.FIELDS):
            _word(name, self.request.GET.get(name, ""))
        super().check_query_parameters(queryset)


class DocumentsAPI(_Ours, DocumentsAPIViewSet):
    """Documents of the cabinet."""

    def get_queryset(self) -> QuerySet[Any]:
        # By key, because a search may only be narrowed by fields that Wagtail indexes.
        readable = LibraryDocument.objects.visible_to(self.request.user)
        return LibraryDocument.objects.filter(pk__in=readable.values("pk")).order_by("-created_at", "-pk")


def _one_of(name: str, value: str, known: Any) -> str:
    if value not in known:
        raise BadRequestError(f"{name} must be one of {', '.join(known)}")
    return value


def _word(name: str, value: str) -> str:
    if "\x00" in value or len(value) > 200:
        raise BadRequestError(f"{name} is too long or holds signs that are no text")
    return value


router = WagtailAPIRouter("api")
router.register_endpoint("pages", KnowledgeAPI)
router.register_endpoint("documents", DocumentsAPI)
