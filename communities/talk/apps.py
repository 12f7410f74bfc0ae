from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TalkConfig(AppConfig):
    """Channels of a community: live talk in threads, kept as messages in one order."""

    name = "communities.talk"
    label = "talk"
    verbose_name = _("Channels")

    def ready(self) -> None:
        from communities import opening  # noqa: PLC0415 - models are not loaded before this
        from communities.talk import cases, exported, framed, measured, notices, pictured, searched, staff  # noqa: PLC0415 - the same
        from communities.talk.actions import clearing  # noqa: PLC0415 - the same
        from communities.talk.actions.channels import first_channel  # noqa: PLC0415 - the same
        from kmportal.core import chores  # noqa: PLC0415 - the same

        notices.declare()
        staff.declare()
        cases.register()
        searched.register()
        pictured.register()
        framed.declare()
        exported.register()
        measured.declare()
        opening.on_opened(first_channel)
        for chore in (clearing.clear_taken_out, clearing.clear_files_without_a_row):
            chores.register(chore)
