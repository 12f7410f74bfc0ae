from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ExpertsConfig(AppConfig):
    """Who knows what: evidence, consultations, hand-over of duties."""

    name = "communities.experts"
    label = "experts"
    verbose_name = _("People who know")

    def ready(self) -> None:
        from communities.experts import gates, kinds  # noqa: PLC0415 - models are not loaded before this
        from communities.experts.actions import reminding  # noqa: PLC0415 - the same
        from kmportal.core import chores  # noqa: PLC0415 - the same
        from kmportal.core.navigation import Place, register, signed_in  # noqa: PLC0415 - the same

        kinds.declare()
        gates.register()
        for chore in (reminding.remind_of_requests, reminding.remind_of_meetings, reminding.remind_of_endings):
            chores.register(chore)
        register(Place("experts:list", pgettext_lazy("menu", "Who knows"), "people", 31, ("nav",)))
        register(Place("experts:consultations", pgettext_lazy("menu", "My consultations"), "cup", 83, ("me",), allowed=signed_in))
        register(Place("experts:duties", pgettext_lazy("menu", "Duties and deputies"), "basket", 84, ("me",), allowed=signed_in))
