from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContestConfig(AppConfig):
    """The KM Corner contest: set up by its organiser, entered by units, judged without names, shown to all afterwards."""

    name = "kmportal.contest"
    label = "contest"
    verbose_name = _("KM Corner contest")

    def ready(self) -> None:
        from kmportal.contest import deeds_judging, kinds, places, shown  # noqa: PLC0415 - models are not loaded before this
        from kmportal.contest.actions.recusing import watch_conflicts  # noqa: PLC0415 - the same
        from kmportal.contest.actions.reminding import remind_of_deadline  # noqa: PLC0415 - the same
        from kmportal.contest.actions.scoring import remind_judges  # noqa: PLC0415 - the same
        from kmportal.core import chores  # noqa: PLC0415 - the same

        places.declare()
        shown.declare()
        kinds.declare()
        chores.register(remind_of_deadline)
        deeds_judging.declare()
        chores.register(remind_judges)
        chores.register(watch_conflicts)
        _declare_results()


def _declare_results() -> None:
    """The vote, results, certificates."""
    from kmportal.contest import deeds_results, kinds_results  # noqa: PLC0415 - models are not loaded before this
    from kmportal.contest.actions import results, voting  # noqa: PLC0415 - the same
    from kmportal.core import chores  # noqa: PLC0415 - the same
    from rewards.actions.nights import once_a_night  # noqa: PLC0415 - the same

    deeds_results.declare()
    kinds_results.declare()
    chores.register(results.publish_due)
    chores.register(once_a_night(work="contest votes", verb=lambda at: voting.look_for_rings(at=at)))
