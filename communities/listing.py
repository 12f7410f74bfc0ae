"""The list of communities made ready for its template: one's own first, then the others that one may know of."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import pgettext

from communities.models import Community, Invitation, Membership
from communities.permissions import can_create
from communities.querysets import CommunityQuerySet
from kmportal.library import paging
from kmportal.library.criteria import Taxonomy
from kmportal.taxonomy.models import PmqaCategory

SHOWS = ("", "mine", "archived")
PER_PAGE = 20
MOST_WORDS = 80


@dataclass(frozen=True)
class Row:
    """A community in the list.

    Args:
        members: how many; None where that is not told.
        above: what it is part of, where the reader is told of that.
    """

    community: Any
    role: str
    members: int | None
    strip: list[str]
    above: Community | None
    is_invited: bool

    @property
    def is_mine(self) -> bool:
        return bool(self.role)


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Listing:
    words: str
    category: str
    show: str
    mine: list[Row]
    others: list[Row]
    page: "Page[Any]"
    total: int
    tabs: list[Choice]
    categories: list[Choice]
    may_open: bool

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.category)


def of(request: HttpRequest) -> Listing:
    """The list that this address asks for. Nothing in an address is an error: what is not known is left out."""
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:MOST_WORDS]
    category, show = request.GET.get("category", ""), request.GET.get("show", "")
    category = category if category in PmqaCategory.NUMBERS else ""
    show = show if show in SHOWS else ""
    found = _narrowed(Community.objects.told_to(request.user), request.user, words, category, show)
    total = found.count()
    page = paging.page_of(_with_figures(found, request.user), total, request.GET.get("page"), PER_PAGE)
    rows = _rows(request.user, list(page.object_list))
    mine, others = [row for row in rows if row.is_mine], [row for row in rows if not row.is_mine]
    return Listing(words, category, show, mine, others, page, total, _tabs(show), _categories(category), can_create(request.user))


def _narrowed(found: CommunityQuerySet, user: Any, words: str, category: str, show: str) -> CommunityQuerySet:
    found = found.exclude(archived_at=None) if show == "archived" else found.living()
    if show == "mine":
        found = found.of(user)
    if words:
        found = found.matching(words)
    return found.in_category(category) if category else found


def _with_figures(found: CommunityQuerySet, user: Any) -> Any:
    own = Membership.objects.filter(community=OuterRef("pk"), user=user)
    present = Membership.objects.present().filter(community=OuterRef("pk")).order_by().values("community")
    number = Subquery(present.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    annotated = found.annotate(is_mine=Exists(own), own_role=Subquery(own.values("role")[:1]), number=Coalesce(number, 0))
    return annotated.order_by("-is_mine", "order", "pk")


def _rows(user: Any, found: list[Any]) -> list[Row]:
    """Three queries, however many there are."""
    keys = [one.pk for one in found]
    strips = strips_of(keys)
    above = {one.pk: one for one in Community.objects.visible_to(user).filter(parts__in=keys).distinct()}
    invited = set(Invitation.objects.open_for(user).filter(community__in=keys).values_list("community", flat=True))
    return [
        Row(
            one, one.own_role or "", None if one.is_hidden and not one.is_mine else one.number, strips[one.pk],
            above.get(one.parent_id), one.pk in invited and not one.is_mine,
        )
        for one in found
    ]  # fmt: skip


def strips_of(keys: list[int]) -> dict[int, list[str]]:
    """The PMQA categories of these communities. One query."""
    strips: dict[int, list[str]] = {key: [] for key in keys}
    links: Any = Community.codes.through.objects.filter(community__in=keys)
    for key, number in sorted(set(links.values_list("community_id", "pmqacode__category__number"))):
        strips[key].append(number)
    return strips


def _tabs(show: str) -> list[Choice]:
    words = {
        "": pgettext("list of communities", "All"),
        "mine": pgettext("list of communities", "Mine"),
        "archived": pgettext("list of communities", "Archived"),
    }
    return [Choice(value, words[value], value == show) for value in SHOWS]


def _categories(chosen: str) -> list[Choice]:
    taxonomy = Taxonomy.current()
    return [
        Choice(number, f"{number} {wording.name}", number == chosen)
        for number in PmqaCategory.NUMBERS
        if (wording := taxonomy.wording(number)) is not None
    ]
