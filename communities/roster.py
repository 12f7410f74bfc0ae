"""The members of a space made ready for their page."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Q
from django.http import HttpRequest

from communities.models import Membership
from communities.querysets import MembershipQuerySet
from communities.space import Space
from kmportal.library import paging
from kmportal.people.models import Person

PER_PAGE = 20
MOST_WORDS = 80


@dataclass(frozen=True)
class Row:
    """A member as the others see them.

    Args:
        person: their page, where they show it.
    """

    membership: Any
    person: Any

    @property
    def name(self) -> str:
        return str(self.person or self.membership.user)


@dataclass(frozen=True)
class Roster:
    words: str
    role: str
    rows: list[Row]
    page: "Page[Any]"
    total: int
    roles: list[tuple[str, Any]]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.role)


def of(request: HttpRequest, space: Space) -> Roster:
    """Four queries, however many members there are."""
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:MOST_WORDS]
    role = request.GET.get("role", "")
    role = role if role in Membership.Role.values else ""
    found = _narrowed(Membership.objects.visible_to(request.user).present().filter(community=space.community), words, role)
    total = found.count()
    ordered = found.select_related("user__agency").order_by("user__person__order", "user__first_name", "pk")
    page = paging.page_of(ordered, total, request.GET.get("page"), PER_PAGE)
    shown = list(page.object_list)
    people = Person.objects.visible_to(request.user).filter(user__in=[one.user_id for one in shown]).select_related("agency")
    by_user = {person.user_id: person for person in people}
    rows = [Row(one, by_user.get(one.user_id)) for one in shown]
    return Roster(words, role, rows, page, total, list(Membership.Role.choices))


def _narrowed(found: MembershipQuerySet, words: str, role: str) -> MembershipQuerySet:
    for word in words.split():
        named = Q(user__first_name__icontains=word) | Q(user__last_name__icontains=word)
        found = found.filter(named | Q(offers__icontains=word) | Q(seeks__icontains=word))
    return found.filter(role=role) if role else found
