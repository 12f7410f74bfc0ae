"""Communities of practice on the boards of points: hidden ones for their members alone, names of members too."""

from collections import defaultdict
from typing import Any

from django.utils.translation import pgettext_lazy

from communities.models import Community, Membership
from rewards.boards import Community as Group
from rewards.boards import Grouping, register


def _groups(reader: Any) -> list[Group]:
    """Two queries."""
    return _with_members(list(Community.objects.visible_to(reader)))


def _own(reader: Any) -> dict[str, Group]:
    mine = list(Community.objects.of(reader))
    return {one.slug: group for one, group in zip(mine, _with_members(mine), strict=True)}


def _with_members(found: list[Community]) -> list[Group]:
    members: defaultdict[int, set[int]] = defaultdict(set)
    for community, user in Membership.objects.filter(community__in=found).order_by().values_list("community", "user"):
        members[community].add(user)
    return [Group(one.pk, str(one), "", frozenset(members[one.pk])) for one in found]


def declare() -> None:
    """Called once, by CommunitiesConfig.ready."""
    register(Grouping("communities", pgettext_lazy("board", "Communities, per head"), _groups, _own))
