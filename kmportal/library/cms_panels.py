"""Panels of the page editor that are ours."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class TicksPanel(Panel):
    """The five ticks of a good lesson, for the draft as it was last saved."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Five ticks of a good lesson"), **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "library/cms/ticks.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from kmportal.library.ticks import ticks  # noqa: PLC0415 - reads the models that carry this panel

            context: dict[str, Any] = super().get_context_data(parent_context)
            found = ticks(self.instance)
            return {**context, "ticks": found, "done": sum(tick.done for tick in found)}
