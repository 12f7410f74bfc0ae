from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaxonomyConfig(AppConfig):
    """Words that order knowledge: PMQA editions, categories and codes, topics, and kinds of knowledge items."""

    name = "kmportal.taxonomy"
    label = "taxonomy"
    verbose_name = _("Taxonomy")
