from typing import TYPE_CHECKING, cast

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from kmportal.people.models import User


class PeopleConfig(AppConfig):
    """Accounts, agencies, people whom knowledge is credited to, and roles."""

    name = "kmportal.people"
    label = "people"
    verbose_name = _("People and agencies")

    def ready(self) -> None:
        from kmportal.core import navigation, preferences  # noqa: PLC0415 - models are not loaded before this
        from kmportal.people import actions, places  # noqa: PLC0415 - the same

        preferences.on_language(lambda user, language: actions.set_language(actor=cast("User", user), language=language))
        for place in places.PLACES:
            navigation.register(place)
