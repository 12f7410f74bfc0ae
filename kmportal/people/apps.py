from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.core.navigation import Place, register
from kmportal.people.roles import CMS_ROLES


class PeopleConfig(AppConfig):
    """Accounts, agencies, people whom knowledge is credited to, and roles."""

    name = "kmportal.people"
    label = "people"
    verbose_name = _("People and agencies")

    def ready(self) -> None:
        register(Place("people:people", pgettext_lazy("menu", "People"), "people", 30, ("nav", "dock")))
        register(Place("people:agencies", pgettext_lazy("menu", "Agencies"), "building", 40, ("nav",)))
        register(
            Place(
                "wagtailadmin_home",
                pgettext_lazy("menu", "Manage the site"),
                "gear",
                60,
                ("me",),
                allowed=lambda request: request.user.is_authenticated and request.user.has_role(*CMS_ROLES),
            )
        )
