"""What people hear of from here: thanks, badges, and votes that were corrected."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from kmportal.inbox.kinds import Kind, register

THANKED = "rewards.thanked"
BADGE, BADGE_GONE = "rewards.badge", "rewards.badge_gone"
GROUP = pgettext_lazy("group of notices", "Thanks and points")


def _thanks(user: Any) -> "QuerySet[Any]":
    from rewards.thankable import visible_thanks  # noqa: PLC0415 - what can be thanked for is registered later than this

    return visible_thanks(user).filter(receivers=user)


def _place(thanks: Any) -> str:
    from rewards.thankable import place_of  # noqa: PLC0415 - the same

    return place_of(thanks)


def _badges(award: Any) -> str:
    return reverse("rewards:badges")


def declare() -> None:
    """Called once, by RewardsConfig.ready."""
    label = pgettext_lazy("kind of notice", "Somebody thanks you")
    line = "rewards/notices/thanked.txt"
    register(Kind(THANKED, label, GROUP, line=line, icon="hand", mail=False, visible=_thanks, place=_place))
    label = pgettext_lazy("kind of notice", "You have a new badge")
    register(Kind(BADGE, label, GROUP, line="rewards/notices/badge.txt", icon="medal", mail=False, place=_badges))
    label = pgettext_lazy("kind of notice", "A badge of yours no longer stands")
    register(Kind(BADGE_GONE, label, GROUP, line="rewards/notices/badge_gone.txt", icon="medal", mail=False, place=_badges))
