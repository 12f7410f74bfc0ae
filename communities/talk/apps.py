from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TalkConfig(AppConfig):
    """Channels of a community: live talk in threads, kept as messages in one order."""

    name = "communities.talk"
    label = "talk"
    verbose_name = _("Channels")
