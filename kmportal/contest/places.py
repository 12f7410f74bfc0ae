"""Where contests stand in the frame of the site. Declared by ContestConfig.ready."""

from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from kmportal.contest.permissions import can_set_up
from kmportal.core.navigation import Place, register
from kmportal.people.guests import in_network


def _organiser(request: HttpRequest) -> bool:
    return can_set_up(request.user)


def _member(request: HttpRequest) -> bool:
    return in_network(request.user)


def declare() -> None:
    register(Place("contest:list", pgettext_lazy("menu", "KM Corner"), "trophy", order=18, bars=("nav", "foot")))
    register(Place("contest:mine", pgettext_lazy("menu", "My contest entries"), "trophy", 85, ("me",), allowed=_member))
    register(Place("contest:desk", pgettext_lazy("menu", "Contests I run"), "trophy", 86, ("me",), allowed=_organiser))
