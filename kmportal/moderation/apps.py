from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    """Cases that a person must decide, and the book of what staff do. What a case can be about is declared by the apps above."""

    name = "kmportal.moderation"
    label = "moderation"
    verbose_name = _("Moderation")

    def ready(self) -> None:
        from kmportal.core import acts  # noqa: PLC0415 - models are not loaded before this
        from kmportal.moderation import declared, notices  # noqa: PLC0415 - the same
        from kmportal.moderation.actions import audit  # noqa: PLC0415 - the same

        acts.written_by(audit.record)
        declared.declare_acts()
        notices.declare()
