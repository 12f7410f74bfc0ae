"""The badge that thanks bring; others are declared by the apps whose work they honour."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rewards import badge_kinds
from rewards.badge_kinds import Badge
from rewards.offices import count_others
from rewards.thankable import thanks_open_to_all


def _thanked(people: Collection[int]) -> dict[int, int]:
    found = thanks_open_to_all().filter(receivers__in=people).order_by()
    return count_others(found.values_list("receivers", "giver__agency").distinct())


def register() -> None:
    badge_kinds.register(
        Badge(
            "thanked", pgettext_lazy("badge", "Thanked from many sides"), _("People of five other agencies thanked you."),
            goal=5, count=_thanked, icon="hand",
        )
    )  # fmt: skip
