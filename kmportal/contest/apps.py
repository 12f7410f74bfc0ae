from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContestConfig(AppConfig):
    """The KM Corner contest: set up by its organiser, entered by units, judged without names, shown to all afterwards."""

    name = "kmportal.contest"
    label = "contest"
    verbose_name = _("KM Corner contest")

    def ready(self) -> None:
        from kmportal.contest import places, shown  # noqa: PLC0415 - models are not loaded before this

        places.declare()
        shown.declare()
