from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    """Communities of practice: who belongs to which."""

    name = "communities"
    label = "communities"
    verbose_name = _("Communities of practice")

    def ready(self) -> None:
        from communities import boards, places  # noqa: PLC0415 - models are not loaded before this

        boards.declare()
        places.declare()
