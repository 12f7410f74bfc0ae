from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetrievalConfig(AppConfig):
    """The search engine. Sources register themselves in their own AppConfig.ready()."""

    name = "kmportal.retrieval"
    label = "retrieval"
    verbose_name = _("Search engine")

    def ready(self) -> None:
        from kmportal.core import chores  # noqa: PLC0415 - models are not loaded before this
        from kmportal.retrieval import actions, receivers, sources  # noqa: PLC0415 - the same

        sources.on_register(receivers.connect)
        chores.register(actions.catch_up_gathered, often=True)
