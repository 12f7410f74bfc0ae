"""What this app adds to the menus of the page's frame."""

from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from kmportal.core.navigation import Place, signed_in
from kmportal.people import permissions
from kmportal.people.roles import CMS_ROLES


def _coordinates(request: HttpRequest) -> bool:
    return permissions.can_see_accounts(request.user)


def _opens_cms(request: HttpRequest) -> bool:
    user = request.user
    return bool(user.is_authenticated and (user.has_role(*CMS_ROLES) or user.is_superuser))


PLACES = (
    # The finder of who knows what stands in the top bar; the whole directory is a list to look names up in.
    Place("people:people", pgettext_lazy("menu", "Directory of people"), icon="people", order=30, bars=("foot",)),
    Place("people:agencies", pgettext_lazy("menu", "Agencies"), icon="building", order=40),
    Place(
        "people:profile", pgettext_lazy("menu", "My profile"), icon="user", order=90, bars=("me", "dock"),
        short=pgettext_lazy("menu", "Me"), allowed=signed_in,
    ),
    Place("mfa_index", pgettext_lazy("menu", "Sign-in and security"), icon="shield", order=91, bars=("me",), allowed=signed_in),
    Place("people:accounts", pgettext_lazy("menu", "Members' accounts"), icon="key", order=92, bars=("me",), allowed=_coordinates),
    Place("wagtailadmin_home", pgettext_lazy("menu", "Manage the site"), icon="gear", order=93, bars=("me",), allowed=_opens_cms),
)  # fmt: skip
