"""How often somebody may ask, counted in the cache; and who that somebody is without keeping their address."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from kmportal.core import limits


def whose(request: HttpRequest) -> str:
    """A member's key; for visitors a keyed digest of address and browser."""
    if request.user.is_authenticated:
        return f"member {request.user.pk}"
    browser = request.headers.get("User-Agent", "")
    return salted_hmac("kmportal.search", f"{address_of(request)} {browser}").hexdigest()


def address_of(request: HttpRequest) -> str:
    """The caller's address as the proxies tell it; empty where it cannot be known."""
    adapter: Any = get_adapter(request)
    return str(adapter.get_client_ip(request) or "")


def allows(request: HttpRequest, act: str, most: int, seconds: int = 60) -> bool:
    """Whether this caller stays below `most` of the act in that time; counts the call.

    Members are counted each for themselves; visitors together with all who share their address, so `most` must suit an office.
    """
    who = f"member {request.user.pk}" if request.user.is_authenticated else address_of(request)
    return limits.allows(who, act, most, seconds)
