from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TalkConfig(AppConfig):
    """Channels of a community: live talk in threads, kept as messages in one order."""

    name = "communities.talk"
    label = "talk"
    verbose_name = _("Channels")

    def ready(self) -> None:
        from communities.talk import cases, notices, pictured, searched, staff  # noqa: PLC0415 - models are not loaded before this

        notices.declare()
        staff.declare()
        cases.register()
        searched.register()
        pictured.register()
