from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.core import chores
from kmportal.core.naming import register as name_portal
from kmportal.core.navigation import Place, register


class LibraryConfig(AppConfig):
    """The knowledge library: Wagtail pages for seminars, lessons and practices, their items, documents, and the importer."""

    name = "kmportal.library"
    label = "library"
    verbose_name = _("Knowledge library")

    def ready(self) -> None:
        from kmportal.library import acts, badges, evidence, naming, notices, receivers, searched, thankable  # noqa: PLC0415 - models are not loaded before this
        from kmportal.library.actions import texts  # noqa: PLC0415 - the same
        from kmportal.library.actions.imports import receive  # noqa: PLC0415 - the same
        from kmportal.people import guests  # noqa: PLC0415 - the same
        from rewards import offers  # noqa: PLC0415 - the same
        from rewards.models import Reason  # noqa: PLC0415 - the same

        guests.show("library")
        notices.declare()
        receivers.connect()
        offers.open_for(Reason.LESSON_PUBLISHED, Reason.FRESHNESS_VERIFIED)
        searched.register()
        thankable.register()
        evidence.register()
        badges.declare()
        acts.declare_acts()
        chores.register(receive.pick_up)
        chores.register(texts.pick_up)
        name_portal(naming.names)
        _register_places()


def _register_places() -> None:
    from kmportal.library.permissions import can_import, can_make_lesson  # noqa: PLC0415 - models are not loaded before this

    library = pgettext_lazy("menu", "Knowledge library")
    register(Place("library:list", library, "book", 10, ("nav", "dock"), short=pgettext_lazy("menu, short", "Library")))
    cabinet, short = pgettext_lazy("menu", "Document cabinet"), pgettext_lazy("menu, short", "Cabinet")
    register(Place("library:cabinet", cabinet, "drawer", 20, ("nav", "dock"), short=short))
    register(
        Place(
            "imports:list",
            pgettext_lazy("menu", "Import a summary"),
            "upload",
            50,
            ("nav", "me"),
            allowed=lambda request: can_import(request.user),
        )
    )
    register(
        Place(
            "library:reviews",
            pgettext_lazy("menu", "Reviews"),
            "eye",
            55,
            ("me",),
            allowed=lambda request: can_make_lesson(request.user),
        )
    )
