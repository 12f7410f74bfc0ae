from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Floor 8: searches everything through kmportal.retrieval."""

    name = "kmportal.search"
    label = "search"
    verbose_name = _("Search")
