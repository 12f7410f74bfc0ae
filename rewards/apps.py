from django.apps import AppConfig
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
        from rewards import merit_notices, notices  # noqa: PLC0415 - the same
        from rewards.actions import due, redeeming  # noqa: PLC0415 - the same

        merit_notices.declare()
        chores.register(due.do_what_is_due)
        chores.register(redeeming.do_what_is_due)
        notices.declare()
        register(Place("rewards:statement", pgettext_lazy("menu", "My points"), "star", 85, ("me",), allowed=signed_in))
        register(Place("rewards:how", pgettext_lazy("menu", "How points work"), "star", 85, ("foot",)))
