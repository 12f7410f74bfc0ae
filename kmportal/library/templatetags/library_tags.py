"""What templates ask the library for. Each tag fetches what one template shows; none asks once per row."""

from datetime import date
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.urls import reverse
from django.utils.safestring import SafeString

from kmportal.core.dates import year_number
from kmportal.library import listing, shelves
from kmportal.library.addresses import site_of
from kmportal.library.models import LibraryDocument
from kmportal.library.presenting import home, lesson, seminar, statements, waiting
from kmportal.library.presenting.kinds import KINDS, KindLook
from kmportal.library.shelves import Filters
from kmportal.people.models import Agency, Person
from kmportal.people.roles import Role
from kmportal.retrieval import highlight

register = template.Library()
MOST_ITEMS, MOST_PAGES = 8, 6
EXCERPT = 220


@register.simple_tag(takes_context=True)
def seminar_reading(context: Context, page: Any) -> seminar.SeminarView:
    """`{% seminar_reading page as seminar %}`."""
    return seminar.read(context["request"], page)


@register.simple_tag(takes_context=True)
def lesson_reading(context: Context, page: Any) -> lesson.LessonView:
    """`{% lesson_reading page as lesson %}`."""
    return lesson.read_lesson(context["request"], page)


@register.simple_tag(takes_context=True)
def practice_reading(context: Context, page: Any) -> lesson.LessonView:
    """`{% practice_reading page as lesson %}`."""
    return lesson.read_practice(context["request"], page)


@register.simple_tag(takes_context=True)
def home_reading(context: Context) -> home.Home:
    """`{% home_reading as home %}`."""
    return home.read(context["request"])


@register.simple_tag(takes_context=True)
def waiting_for_me(context: Context) -> list[waiting.Waiting]:
    """`{% waiting_for_me as waiting %}`."""
    return waiting.read(context["request"].user)


@register.simple_tag(takes_context=True)
def address(context: Context, page: Any) -> str:
    """`{% address page %}`: the page's own address; the site is looked up once per request."""
    request = context.get("request")
    if request is not None and not hasattr(request, "_wagtail_site"):
        site_of(request)
    return str(page.get_url(request) or "")


@register.simple_tag(takes_context=True)
def short_address(context: Context, page: Any) -> str:
    """`{% short_address page as url %}`: absolute and short, for slides, paper and chat."""
    request: HttpRequest = context["request"]
    name = "library:short" if page_type(page) == "seminar" else "library:short_lesson"
    return request.build_absolute_uri(reverse(name, args=[page.pk]))


@register.simple_tag(takes_context=True)
def query_without(context: Context, name: str) -> str:
    """`{% query_without "agency" %}`: this address without one of its choices, back on the first page."""
    parameters = context["request"].GET.copy()
    for gone in (name, "page"):
        parameters.pop(gone, None)
    return f"?{parameters.urlencode()}"


@register.filter
def kind_look(kind: str) -> KindLook:
    """`{{ item.kind|kind_look }}`: label, icon and tone of a kind of statement."""
    return KINDS[kind]


@register.filter
def thai_year(value: date) -> int:
    """2553 to a Thai reader, 2010 to an English one."""
    return year_number(value.year)


@register.filter
def lang_of(text: Any) -> SafeString:
    """`<h1{{ title|lang_of }}>`: ' lang="th"' on Thai words in the English interface, ' lang="en"' on English ones in the Thai one.

    Browsers break lines of Thai, and readers read it aloud, by the language they are told.
    """
    return statements.lang_attribute(text)


@register.simple_tag(name="statements")
def statements_list(run: Any, can_pick: Any = "") -> SafeString:
    """`{% statements run seminar.make_lesson_url %}`: a run of statements as a nested list, with boxes to choose them for a lesson."""
    return statements.html(run.items, is_short=run.is_short, can_pick=bool(can_pick))


@register.filter
def is_coordinator(user: Any) -> bool:
    """Network coordinators: who edit and publish everything outside closed communities."""
    return bool(user.is_authenticated and user.has_role(Role.NETWORK_COORDINATOR))


@register.filter
def page_type(page: Any) -> str:
    """ "seminar", "lesson" or "practice" for any knowledge page, without a query."""
    model = page.specific_class
    return next((name for name, known in shelves.PAGE_TYPES.items() if known is model), "")


@register.filter
def marked(text: Any, query: str) -> SafeString:
    """The text with the searched words marked, however they are spelt."""
    return highlight.mark(str(text), query)


@register.filter
def excerpt(text: Any, query: str) -> SafeString:
    """The stretch of a text that answers the searched words, with them marked."""
    return highlight.snippet(str(text), query, EXCERPT)


@register.inclusion_tag("people/_knowledge_of_person.html", takes_context=True)
def knowledge_of_person(context: Context, person: Person) -> dict[str, Any]:
    """`{% knowledge_of_person person %}`: what this person told and wrote, as far as the reader may see it."""
    return _knowledge(context["request"], Filters(person=person), "person", person.handle) | {"person": person}


@register.inclusion_tag("people/_knowledge_of_agency.html", takes_context=True)
def knowledge_of_agency(context: Context, agency: Agency) -> dict[str, Any]:
    """`{% knowledge_of_agency agency %}`: what the agency and those below it told and wrote."""
    found = _knowledge(context["request"], Filters(agency=agency), "agency", agency.slug)
    documents = LibraryDocument.objects.visible_to(context["request"].user).filter(
        agency__in=shelves.agencies_under(agency).values("pk")
    )
    return found | {"agency": agency, "documents": list(documents.order_by("-created_at")[:MOST_PAGES])}


def _knowledge(request: HttpRequest, filters: Filters, name: str, value: str) -> dict[str, Any]:
    """Pages, statements, and the numbers of each; four queries."""
    pages = list(shelves.counted(shelves.pages(request.user, filters)).order_by("-dated", "-pk")[:MOST_PAGES])
    items = (
        shelves.items(request.user, filters)
        .select_related("page__agency", "talk__agency")
        .order_by("-page__dated", "-page_id", "position")
    )
    kinds = shelves.kind_counts(request.user, filters)
    return {
        "request": request,
        "pages": listing.attach_strips(pages),
        "items": list(items[:MOST_ITEMS]),
        "kinds": [(KINDS[kind], n) for kind, n in kinds.items()],
        "item_total": sum(kinds.values()),
        "name": name,
        "value": value,
    }
