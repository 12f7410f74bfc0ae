from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExpertsConfig(AppConfig):
    """Who knows what: evidence, consultations, hand-over of duties."""

    name = "communities.experts"
    label = "experts"
    verbose_name = _("People who know")
