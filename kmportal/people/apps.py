from typing import TYPE_CHECKING, cast

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig

if TYPE_CHECKING:
    from kmportal.people.models import User


class PeopleConfig(AppConfig):
    """Accounts, agencies, people whom knowledge is credited to, and roles."""

    name = "kmportal.people"
    label = "people"
    default = True
    verbose_name = _("People and agencies")

    def ready(self) -> None:
        from kmportal.core import navigation, preferences  # noqa: PLC0415 - models are not loaded before this
        from kmportal.people import actions, acts, guests, places, searched  # noqa: PLC0415 - the same

        preferences.on_language(lambda user, language: actions.set_language(actor=cast("User", user), language=language))
        for place in places.PLACES:
            navigation.register(place)
        navigation.add_rule(guests.may_be_led_to)
        acts.declare_acts()
        searched.register()


class WagtailAccountsConfig(WagtailUsersAppConfig):
    """Wagtail's user management with our screens (settings.INSTALLED_APPS names this instead of wagtail.users)."""

    default = False
    user_viewset = "kmportal.people.cms_accounts.Accounts"
