from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonsConfig(AppConfig):
    """What the members of a community share: announcements, calendar, documents, polls, action items."""

    name = "communities.commons"
    label = "commons"
    verbose_name = _("Shared things of a community")
