from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    """The knowledge library: Wagtail pages for seminars, lessons and practices, their items, documents, and the importer."""

    name = "kmportal.library"
    label = "library"
    verbose_name = _("Knowledge library")

    def ready(self) -> None:
        from kmportal.library import receivers  # noqa: PLC0415 - models are not loaded before this

        receivers.connect()
