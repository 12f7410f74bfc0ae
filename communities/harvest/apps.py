from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HarvestConfig(AppConfig):
    """From talk to lessons: marks, the basket, drafts, the teller's word."""

    name = "communities.harvest"
    label = "harvest"
    verbose_name = _("Harvest")

    def ready(self) -> None:
        from communities.harvest import exported, gates, keeping, measured, places  # noqa: PLC0415 - models are not loaded before this

        gates.register()
        keeping.register()
        places.declare()
        exported.declare()
        measured.declare()
