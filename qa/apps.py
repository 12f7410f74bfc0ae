from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QaConfig(AppConfig):
    """Questions and answers. What earns points here is offered to members once there are pages to earn them on."""

    name = "qa"
    label = "qa"
    verbose_name = _("Questions and answers")

    def ready(self) -> None:
        from qa import notices, searched  # noqa: PLC0415 - models are not loaded before this

        notices.declare()
        searched.register()
