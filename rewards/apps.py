from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RewardsConfig(AppConfig):
    """Points: the ledger, the rules by which it pays, and what each member sees of it. The bank stands under those who pay through it."""

    name = "rewards"
    label = "rewards"
    verbose_name = _("Points and rewards")

    def ready(self) -> None:
        from kmportal.core import chores  # noqa: PLC0415 - models are not loaded before this
        from kmportal.core.navigation import Place, register, signed_in  # noqa: PLC0415 - the same
        from rewards.actions import due  # noqa: PLC0415 - the same

        _declare_merits()
        _declare_shop()
        chores.register(due.do_what_is_due)
        register(Place("rewards:statement", pgettext_lazy("menu", "My points"), "star", 85, ("me",), allowed=signed_in))
        register(Place("rewards:how", pgettext_lazy("menu", "How points work"), "star", 85, ("foot",)))


def _declare_shop() -> None:
    """The catalogue, redemptions, the desk."""
    from kmportal.core import chores  # noqa: PLC0415 - models are not loaded before this
    from kmportal.core.navigation import Place, register, signed_in  # noqa: PLC0415 - the same
    from rewards import notices, staff_acts  # noqa: PLC0415 - the same
    from rewards.actions import catalogue, redeeming  # noqa: PLC0415 - the same
    from rewards.actions.nights import once_a_night  # noqa: PLC0415 - the same
    from rewards.permissions import can_keep_shop  # noqa: PLC0415 - the same

    def keeps_shop(request: HttpRequest) -> bool:
        return can_keep_shop(request.user)

    chores.register(redeeming.do_what_is_due)
    chores.register(once_a_night(work="pictures", verb=lambda at: catalogue.clear_pictures(at=at)))
    chores.register(once_a_night(work="rewards kept", verb=lambda at: redeeming.remind_of_ends(at=at)))
    notices.declare()
    staff_acts.declare()
    register(Place("rewards:shop", pgettext_lazy("menu", "Rewards"), "bag", 84, ("me", "foot"), allowed=signed_in))
    register(Place("rewards:redemptions", pgettext_lazy("menu", "My rewards"), "ticket", 86, ("me",), allowed=signed_in))
    register(Place("rewards:desk", pgettext_lazy("menu", "Rewards desk"), "stamp", 95, ("me",), allowed=keeps_shop))


def _declare_merits() -> None:
    """Thanks, badges, boards."""
    from kmportal.core import chores  # noqa: PLC0415 - models are not loaded before this
    from kmportal.core.navigation import Place, register, signed_in  # noqa: PLC0415 - the same
    from rewards import merit_notices, own_badges, vote_cases  # noqa: PLC0415 - the same
    from rewards.actions import badging, fairplay  # noqa: PLC0415 - the same
    from rewards.actions.nights import once_a_night  # noqa: PLC0415 - the same

    merit_notices.declare()
    vote_cases.register()
    chores.register(once_a_night(work="fair play", verb=lambda at: fairplay.look_for_patterns(at=at)))
    own_badges.register()
    chores.register(badging.check_recent)
    chores.register(once_a_night(work="badges", verb=lambda at: badging.check_everybody(at=at)))
    register(Place("rewards:boards", pgettext_lazy("menu", "Boards"), "chart", 87, ("me",), allowed=signed_in))
    register(Place("rewards:badges", pgettext_lazy("menu", "Badges"), "medal", 86, ("me", "foot")))
