from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CommonsConfig(AppConfig):
    """What the members of a community share: announcements, calendar, documents, polls, action items."""

    name = "communities.commons"
    label = "commons"
    verbose_name = _("Shared things of a community")

    def ready(self) -> None:
        from communities import exports  # noqa: PLC0415 - models are not loaded before this
        from communities.commons import exported, framed, kinds, measured  # noqa: PLC0415 - models are not loaded before this
        from communities.commons.actions.reminding import remind_of_events, remind_of_items  # noqa: PLC0415 - the same
        from kmportal.core import chores  # noqa: PLC0415 - the same
        from kmportal.core.navigation import Place, register, signed_in  # noqa: PLC0415 - the same

        kinds.declare()
        framed.declare()
        measured.declare()
        exports.register("commons", exported.of_community)
        chores.register(remind_of_items)
        chores.register(remind_of_events)
        register(Place("commons:mine", pgettext_lazy("menu", "What I have taken on"), "check", 81, ("me",), allowed=signed_in))
        register(Place("commons:calendar", pgettext_lazy("menu", "My calendar"), "cal", 82, ("me",), allowed=signed_in))
