from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ModerationConfig(AppConfig):
    """Cases that a person must decide, and the book of what staff do. What a case can be about is declared by the apps above."""

    name = "kmportal.moderation"
    label = "moderation"
    verbose_name = _("Moderation")

    def ready(self) -> None:
        from kmportal.core import acts  # noqa: PLC0415 - models are not loaded before this
        from kmportal.core.navigation import Place, register  # noqa: PLC0415 - the same
        from kmportal.moderation import declared, notices, permissions  # noqa: PLC0415 - the same
        from kmportal.moderation.actions import audit  # noqa: PLC0415 - the same
        from kmportal.people import guests  # noqa: PLC0415 - the same

        guests.admit("moderation")
        acts.written_by(audit.record)
        label = pgettext_lazy("menu", "Moderation")
        register(Place("moderation:queue", label, "shield", 83, ("me",), allowed=permissions.has_role_for_queue))
        declared.declare_acts()
        notices.declare()
