from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetrievalConfig(AppConfig):
    """The search engine. Sources register themselves in their own AppConfig.ready()."""

    name = "kmportal.retrieval"
    label = "retrieval"
    verbose_name = _("Search engine")
