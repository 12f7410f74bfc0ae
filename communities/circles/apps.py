from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CirclesConfig(AppConfig):
    """Circles: talk led through a proven method, round by round."""

    name = "communities.circles"
    label = "circles"
    verbose_name = _("Circles")
