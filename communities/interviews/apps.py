from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InterviewsConfig(AppConfig):
    """For those who cannot come: interviews answered when there is time, or written down and approved by who told them."""

    name = "communities.interviews"
    label = "interviews"
    verbose_name = _("Interviews")

    def ready(self) -> None:
        from communities.interviews import exported, harvested, kinds, places, searched, staff_acts  # noqa: PLC0415 - models are not loaded before this
        from communities.interviews.actions.reminding import remind  # noqa: PLC0415 - the same
        from kmportal.core import chores  # noqa: PLC0415 - the same

        kinds.declare()
        staff_acts.declare()
        searched.register()
        places.declare()
        exported.declare()
        harvested.declare()
        chores.register(remind)
