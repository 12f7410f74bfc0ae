"""Guests: people whose mail domain is not listed, let in by an invitation into one community (docs/decisions/0029).

They read what is public and what their communities keep, nothing of the network. Every other part of the site is closed to them until
it opens itself, in AppConfig.ready():

    guests.admit("talk", "commons")      # address books where they read and write; the rules of those apps say what
    guests.show("library")               # where they read
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
Door = Callable[[str, str], bool]
_rooms: set[str] = {"people"}
_shown: set[str] = set()
_doors: list[Door] = []
_home: list[str] = []


def admit(*namespaces: str) -> None:
    """Opens address books to guests."""
    _rooms.update(namespaces)


def show(*namespaces: str) -> None:
    """Opens address books to guests, for reading."""
    _shown.update(namespaces)


def add_door(door: Door) -> None:
    """`door(path, address)`: whether the page that a sign-up leads back to lets this mail address in."""
    _doors.append(door)


def lead_to(view_name: str) -> None:
    """Where guests find themselves after signing in, instead of the front page of the network."""
    _home[:] = [view_name]


def home() -> str:
    """Its address; "" where nobody named one."""
    return reverse(_home[0]) if _home else ""


def invited(path: str, address: str) -> bool:
    """Whether some door lets the address in. It needs the path with its secret, so that nobody learns who is invited by trying."""
    return any(door(path, address) for door in _doors)


def in_network(user: Any) -> bool:
    """Reads what is kept to the network: everybody who is signed in, but guests."""
    return bool(user.is_authenticated and user.is_active and not user.is_guest)


def is_open(view_name: str, method: str = "GET") -> bool:
    """Whether guests may open this view. What has no namespace is the frame: sign-in, language, pages that ask for themselves."""
    namespace = view_name.rpartition(":")[0]
    return not namespace or namespace in _rooms or (namespace in _shown and method in SAFE)


def may_be_led_to(request: HttpRequest, url_name: str) -> bool:
    """For menus: no link to what is closed."""
    return not getattr(request.user, "is_guest", False) or is_open(url_name)


class GuestGate:
    """Keeps guests to what is open to them, whatever the single views forget to ask."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Raises: PermissionDenied, with words for the person."""
        match, user = request.resolver_match, request.user
        if match is None or not user.is_authenticated or not getattr(user, "is_guest", False):
            return
        if not is_open(match.view_name, request.method or "GET"):
            raise PermissionDenied(
                _(
                    "This is for members of the network. You are a guest: you take part in the communities that invited you, and read what "
                    "is public. If you work for an agency of the network, ask for your agency on your profile."
                )
            )
