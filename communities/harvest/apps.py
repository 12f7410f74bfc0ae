from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HarvestConfig(AppConfig):
    """From talk to lessons: marks, the basket, drafts, the teller's word."""

    name = "communities.harvest"
    label = "harvest"
    verbose_name = _("Harvest")

    def ready(self) -> None:
        from communities.harvest import exported, gates, measured, places  # noqa: PLC0415 - models are not loaded before this

        gates.register()
        places.declare()
        exported.declare()
        measured.declare()
