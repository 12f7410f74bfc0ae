from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Floor 8: searches everything through kmportal.retrieval."""

    name = "kmportal.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from kmportal.core import chores  # noqa: PLC0415 - models are not loaded before this
        from kmportal.people import guests  # noqa: PLC0415 - the same
        from kmportal.search.actions import log  # noqa: PLC0415 - the same

        guests.show("search")
        chores.register(log.clean)
