"""What people hear of their redemptions, and what those who keep the shop hear of new ones."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from kmportal.inbox.kinds import Kind, register
from rewards.models import Redemption
from rewards.permissions import can_keep_shop

APPROVED, READY, DONE = "rewards.approved", "rewards.ready", "rewards.done"
DECLINED, EXPIRED, WAITS = "rewards.declined", "rewards.expired", "rewards.waits"
ENDING = "rewards.ending"
GROUP = pgettext_lazy("group of notices", "Rewards")
# What the person hears when a redemption has become this.
OF_STATE: dict[str, str] = {
    Redemption.State.APPROVED: APPROVED,
    Redemption.State.READY: READY,
    Redemption.State.DONE: DONE,
    Redemption.State.DECLINED: DECLINED,
    Redemption.State.EXPIRED: EXPIRED,
}


def _own(user: Any) -> "QuerySet[Any]":
    return Redemption.objects.visible_to(user)


def _desk(user: Any) -> "QuerySet[Any]":
    return Redemption.objects.at_desk_of(user)


def _at_desk(redemption: Any) -> str:
    return reverse("rewards:desk_redemption", args=[redemption.pk])


def _titles(redemption: Any) -> tuple[str, str]:
    return redemption.reward.name, redemption.reward.name_en


def declare() -> None:
    """Called once, by RewardsConfig.ready."""
    for kind in (
        Kind(
            APPROVED, pgettext_lazy("kind of notice", "Your reward is approved"), GROUP,
            line="rewards/notices/approved.txt", icon="check", visible=_own, titles=_titles,
        ),
        Kind(
            READY, pgettext_lazy("kind of notice", "Your reward is ready"), GROUP,
            line="rewards/notices/ready.txt", more="rewards/notices/ready_more.txt", icon="star", visible=_own, titles=_titles,
        ),
        Kind(
            ENDING, pgettext_lazy("kind of notice", "A reward that waits for you is kept only two more days"), GROUP,
            line="rewards/notices/ending.txt", more="rewards/notices/ending_more.txt", icon="clock", visible=_own, titles=_titles,
        ),
        Kind(
            DONE, pgettext_lazy("kind of notice", "Your reward is handed over"), GROUP,
            line="rewards/notices/done.txt", more="rewards/notices/done_more.txt", icon="stamp", visible=_own, titles=_titles,
        ),
        Kind(
            DECLINED, pgettext_lazy("kind of notice", "Your reward was declined"), GROUP,
            line="rewards/notices/declined.txt", more="rewards/notices/back_more.txt", icon="flag", visible=_own, titles=_titles,
        ),
        Kind(
            EXPIRED, pgettext_lazy("kind of notice", "Your reward was not picked up in time"), GROUP,
            line="rewards/notices/expired.txt", more="rewards/notices/back_more.txt", icon="flag", visible=_own, titles=_titles,
        ),
        Kind(
            WAITS, pgettext_lazy("kind of notice", "Somebody asks for a reward"), GROUP,
            line="rewards/notices/waits.txt", more="rewards/notices/waits_more.txt", icon="star", visible=_desk, titles=_titles,
            place=_at_desk, concerns=can_keep_shop,
        ),
    ):  # fmt: skip
        register(kind)
