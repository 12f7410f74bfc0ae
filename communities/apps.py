from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    """Communities of practice: who belongs to which."""

    name = "communities"
    label = "communities"
    verbose_name = _("Communities of practice")

    def ready(self) -> None:
        from communities import acts, boards, doors, notices, places, searched  # noqa: PLC0415 - models are not loaded before this
        from communities.actions import ending, exporting  # noqa: PLC0415 - the same
        from kmportal.core import chores  # noqa: PLC0415 - the same

        boards.declare()
        doors.declare()
        places.declare()
        notices.declare()
        acts.declare_acts()
        searched.declare()
        for chore in (ending.remind_of_goals, ending.tell_of_the_leaderless, exporting.clear_old_exports):
            chores.register(chore)
