from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QaConfig(AppConfig):
    """Questions and answers. What earns points here is offered to members once there are pages to earn them on."""

    name = "qa"
    label = "qa"
    verbose_name = _("Questions and answers")

    def ready(self) -> None:
        from kmportal.core import chores  # noqa: PLC0415 - models are not loaded before this
        from qa import bounty_notices, notices, searched  # noqa: PLC0415 - the same
        from qa.actions.bounty import end_due_bounties  # noqa: PLC0415 - the same

        notices.declare()
        bounty_notices.declare()
        searched.register()
        chores.register(end_due_bounties)
