"""The end of a community, or its next stretch: archive, bring back, renew; reminders; communities that nobody leads."""

from datetime import date, timedelta

from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities import notices
from communities.actions.ground import CommunityError, Settled, living, managed
from communities.actions.joining import leaders
from communities.acts import ARCHIVED, RESTORED
from communities.models import Community, Membership
from kmportal.core import acts
from kmportal.inbox.actions import telling
from kmportal.people.models import User
from kmportal.people.roles import Role

BEFORE = timedelta(days=14)
"""How long before the date of the goal facilitators are reminded."""
SELDOM = 30 * 60
"""Seconds between two rounds of the chores."""


class PastDate(CommunityError):
    words = _("Choose a day that is still to come.")


@transaction.atomic
def archive_community(*, actor: User, community: Community) -> Community:
    """Close it: its members go on reading, nobody writes. Parts of it go on by themselves. Requests and invitations stay unanswered.

    Raises:
        PermissionDenied
        IsArchived: it is closed already.
    """
    current = living(actor=actor, community=community)
    current.archived_at, current.archived_by = timezone.now(), actor
    current.save(update_fields=["archived_at", "archived_by"])
    acts.record(actor=actor, act=ARCHIVED, thing=current)
    telling.settle(kind=notices.GOAL, thing=current)
    return current


@transaction.atomic
def restore_community(*, actor: User, community: Community) -> Community:
    """Bring it back as it was.

    Raises:
        PermissionDenied
        Settled: it is not archived.
    """
    current = managed(actor=actor, community=community)
    if not current.is_archived:
        raise Settled
    current.archived_at = current.archived_by = None
    current.save(update_fields=["archived_at", "archived_by"])
    acts.record(actor=actor, act=RESTORED, thing=current)
    return current


@transaction.atomic
def renew_community(*, actor: User, community: Community, goal: str, goal_on: date) -> Community:
    """Go on with a goal and a day that lies ahead.

    Raises:
        PermissionDenied
        IsArchived, PastDate
    """
    current = living(actor=actor, community=community)
    if goal_on <= timezone.localdate():
        raise PastDate
    current.goal, current.goal_on, current.renewed_at = goal.strip()[:500], goal_on, timezone.now()
    current.save(update_fields=["goal", "goal_on", "renewed_at"])
    telling.settle(kind=notices.GOAL, thing=current)
    return current


def remind_of_goals() -> None:
    """The chore of the task worker: facilitators hear of the date of the goal two weeks before and when it is there."""
    if not cache.add("communities.goals", 1, SELDOM):
        return
    today = timezone.localdate()
    for community in Community.objects.living().filter(goal_on__lte=today + BEFORE, goal_on__gte=today - BEFORE):
        due = community.goal_on is not None and community.goal_on <= today
        telling.tell(
            kind=notices.GOAL, recipients=leaders(community), thing=community,
            key=f"{community.pk}:{community.goal_on}:{'due' if due else 'soon'}",
            data={"due": due, "day": str(community.goal_on)},
        )  # fmt: skip


def tell_of_the_leaderless() -> None:
    """The chore of the task worker: where no facilitator's account is on, network coordinators hear of it; of a hidden community its members."""
    if not cache.add("communities.leaderless", 1, SELDOM):
        return
    led = Membership.objects.present().facilitating().filter(community=OuterRef("pk"))
    for community in Community.objects.living().filter(~Exists(led)):
        former = community.memberships.facilitating().order_by("pk").values_list("pk", flat=True)
        telling.tell(
            kind=notices.LEADERLESS, recipients=_who_can_help(community), thing=community,
            key=f"{community.pk}:{','.join(map(str, former))}",
        )  # fmt: skip


def _who_can_help(community: Community) -> list[User]:
    """Network coordinators know nothing of what is hidden, and of what is part of it: there it is for the members."""
    inside = list(User.objects.filter(is_active=True, memberships__community=community))
    if community.is_hidden or (community.parent is not None and community.parent.is_hidden):
        return inside
    return inside + list(User.objects.filter(is_active=True, groups__name=Role.NETWORK_COORDINATOR.value))
