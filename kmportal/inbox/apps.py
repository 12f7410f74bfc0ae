from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InboxConfig(AppConfig):
    """Notices: what happened for a person, in the inbox and by mail."""

    name = "kmportal.inbox"
    label = "inbox"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from kmportal.core import chores  # noqa: PLC0415 - models are not loaded before this
        from kmportal.core.navigation import Place, register, signed_in  # noqa: PLC0415 - the same
        from kmportal.inbox import actions  # noqa: PLC0415 - the same
        from kmportal.people import guests  # noqa: PLC0415 - the same

        guests.admit("inbox")
        chores.register(actions.pick_up_mails)
        chores.register(actions.clear_old)
        register(Place("inbox:list", pgettext_lazy("menu", "Notices"), "bell", 80, ("me",), allowed=signed_in))
