"""The list of questions made ready for its template: which ones, in which order, and what was chosen."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext, pgettext

from communities.models import Community
from kmportal.core.thai_order import order_key
from kmportal.library import facets, paging
from kmportal.library.criteria import Taxonomy
from kmportal.people.models import Agency
from kmportal.taxonomy.models import PmqaCategory
from qa.models import Bounty, Question, SavedFilter
from qa.presenting.authors import Author, Authors
from qa.querysets import QuestionQuerySet

SHOWS = ("new", "active", "unanswered", "attention", "bounty", "mine", "followed")
PERSONAL = ("mine", "followed")
CHOICES = ("topic", "category", "community", "agency")
PER_PAGE = 20
EXCERPT = 160


@dataclass(frozen=True)
class Wanted:
    """What an address asks for. Nothing in an address is an error: what is not known is left out."""

    show: str = "new"
    topic: Any = None
    category: str = ""
    community: Any = None
    agency: Any = None

    @property
    def query(self) -> str:
        """What is chosen, as an address says it; the same choices always in the same words."""
        chosen = {
            "show": "" if self.show == "new" else self.show,
            "topic": getattr(self.topic, "slug", ""),
            "category": self.category,
            "community": getattr(self.community, "slug", ""),
            "agency": getattr(self.agency, "slug", ""),
        }
        return urlencode({name: value for name, value in chosen.items() if value})


@dataclass(frozen=True)
class Row:
    question: Question
    author: Author
    strip: list[str]
    waits: bool
    bounty: int = 0


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Chip:
    name: str
    label: str


@dataclass
class Listing:
    wanted: Wanted
    rows: list[Row]
    page: "Page[Any]"
    total: int
    tabs: list[dict[str, Any]]
    choices: dict[str, list[Choice]]
    chips: list[Chip] = field(default_factory=list)
    kept: list[SavedFilter] = field(default_factory=list)

    @property
    def can_keep(self) -> bool:
        """Something is chosen that is not kept yet."""
        return bool(self.chips) and self.wanted.query not in {one.query for one in self.kept}


def of(request: HttpRequest) -> Listing:
    """The list that this address asks for, for this reader."""
    agencies = facets.all_agencies()
    communities = list(Community.objects.visible_to(request.user))
    wanted = read(request.GET, request.user, agencies, communities)
    found = narrowed(Question.objects.visible_to(request.user), wanted)
    shown = _shown(found, wanted.show, request.user)
    total = shown.count()
    ordered = shown.active() if wanted.show == "active" else shown.newest()
    page = paging.page_of(ordered.select_related("agency", "community"), total, request.GET.get("page"), PER_PAGE)
    rows = rows_of(request.user, list(page.object_list))
    kept = list(SavedFilter.objects.visible_to(request.user))
    tabs, choices = _tabs(request, wanted), _choices(wanted, agencies, communities)
    return Listing(wanted, rows, page, total, tabs, choices, _chips(wanted), kept)


def asked(request: HttpRequest, query: str) -> str:
    """A query string that a form sent, with nothing in it but choices of this list."""
    communities = list(Community.objects.visible_to(request.user))
    return read(QueryDict(query[:1000]), request.user, facets.all_agencies(), communities).query


def read(data: QueryDict, user: Any, agencies: dict[int, Agency], communities: list[Any]) -> Wanted:
    taxonomy = Taxonomy.current()
    show = data.get("show", "")
    if show not in SHOWS or (show in PERSONAL and not user.is_authenticated):
        show = "new"
    category = data.get("category", "")
    return Wanted(
        show=show,
        topic=next((topic for topic in taxonomy.topics.values() if topic.slug == data.get("topic")), None),
        category=category if category in PmqaCategory.NUMBERS else "",
        community=next((one for one in communities if one.slug == data.get("community")), None),
        agency=next((agency for agency in agencies.values() if agency.slug == data.get("agency")), None),
    )


def narrowed(found: QuestionQuerySet, wanted: Wanted) -> QuestionQuerySet:
    if wanted.topic:
        found = found.on_topic(wanted.topic)
    if wanted.category:
        found = found.in_category(wanted.category)
    if wanted.community:
        found = found.of_community(wanted.community)
    return found.of_agency(wanted.agency) if wanted.agency else found


def _shown(found: QuestionQuerySet, show: str, user: Any) -> QuestionQuerySet:
    if show == "unanswered":
        return found.unanswered()
    if show == "attention":
        return found.needs_attention(timezone.now())
    if show == "bounty":
        return found.with_bounty()
    if show == "mine":
        return found.mine(user)
    if show == "followed":
        return found.followed(user)
    # What was asked before stands where it is answered.
    return found.open()


def rows_of(user: Any, questions: list[Any]) -> list[Row]:
    """Questions as rows: four queries more, however many they are."""
    strips: dict[int, list[str]] = {question.pk: [] for question in questions}
    links: QuerySet[Any] = Question.codes.through.objects.filter(question__in=list(strips))
    filed: QuerySet[Any] = Question.categories.through.objects.filter(question__in=list(strips))
    numbers = links.values_list("question_id", "pmqacode__category__number")
    for key, number in numbers.union(filed.values_list("question_id", "pmqacategory__number")):
        strips[key].append(number)
    authors = Authors(user, questions)
    late = set(
        Question.objects.visible_to(user).filter(pk__in=list(strips)).needs_attention(timezone.now()).values_list("pk", flat=True)
    )
    offered = dict(Bounty.objects.open().filter(question__in=list(strips)).values_list("question", "points"))
    return [Row(one, authors.of(one), sorted(strips[one.pk]), one.pk in late, offered.get(one.pk, 0)) for one in questions]


def _tabs(request: HttpRequest, wanted: Wanted) -> list[dict[str, Any]]:
    words = {
        "new": pgettext("list of questions", "Newest"),
        "active": pgettext("list of questions", "Active"),
        "unanswered": pgettext("list of questions", "Unanswered"),
        "attention": pgettext("list of questions", "Needs attention"),
        "bounty": pgettext("list of questions", "With a bounty"),
        "mine": pgettext("list of questions", "Mine"),
        "followed": pgettext("list of questions", "Followed"),
    }
    offered = [show for show in SHOWS if show not in PERSONAL or request.user.is_authenticated]
    return [{"value": "" if show == "new" else show, "label": words[show], "current": show == wanted.show} for show in offered]


def _choices(wanted: Wanted, agencies: dict[int, Agency], communities: list[Any]) -> dict[str, list[Choice]]:
    taxonomy = Taxonomy.current()
    return {
        "topic": [Choice(one.slug, str(one), one == wanted.topic) for one in taxonomy.topics.values()],
        "category": [
            Choice(number, f"{number} {words.name}", number == wanted.category)
            for number in PmqaCategory.NUMBERS
            if (words := taxonomy.wording(number)) is not None
        ],
        "community": [Choice(one.slug, str(one), one == wanted.community) for one in communities],
        "agency": [
            Choice(one.slug, str(one), one == wanted.agency)
            for one in sorted(agencies.values(), key=lambda one: order_key(str(one)))
        ],
    }


def _chips(wanted: Wanted) -> list[Chip]:
    found = [Chip("topic", str(wanted.topic))] if wanted.topic else []
    if wanted.category:
        name = getattr(Taxonomy.current().wording(wanted.category), "name", "")
        words = gettext("Category %(number)s %(name)s") % {"number": wanted.category, "name": name}
        found.append(Chip("category", words))
    found += [Chip("community", str(wanted.community))] if wanted.community else []
    return found + ([Chip("agency", str(wanted.agency))] if wanted.agency else [])
