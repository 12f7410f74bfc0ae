"""Who may have a socket, asked when it opens, from time to time, and at each message: the session, the account, the membership.

Runs in a thread with the database. One round of questions for all sockets of a process, not one for each.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from communities.models import Membership
from communities.talk.models import Channel
from kmportal.core.sessions import digest
from kmportal.people.models import User

PORTION = 500
"""Keys asked for in one query."""


class SignedOut(Exception):
    """No session, an ended one, or one from before the password changed; or the account is switched off."""


class NotTheirs(Exception):
    """No such channel, or not this person's to read: which of the two is nobody's to know."""


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Somebody with a socket in a channel: what is needed to ask again whether they may stay."""

    user: int
    name: str
    channel: int
    community: int
    session: str
    session_digest: str
    proof: str
    """The session's proof of the password, as it was when the socket opened."""


def admit(session_key: str, channel: int) -> Guest:
    """The guest that this session's owner is in this channel.

    Raises: SignedOut, NotTheirs
    """
    session = dict(import_module(settings.SESSION_ENGINE).SessionStore(session_key).load())
    user = _user(session.get(SESSION_KEY))
    proof = str(session.get(HASH_SESSION_KEY, ""))
    if user is None or session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS or not _is_proven(user, proof):
        raise SignedOut
    community = Channel.objects.visible_to(user).filter(pk=channel).values_list("community", flat=True).first()
    if community is None:
        raise NotTheirs
    return Guest(
        user=user.pk, name=str(user), channel=channel, community=community, session=session_key,
        session_digest=digest(session_key), proof=proof,
    )  # fmt: skip


def still(guest: Guest) -> User:
    """The account of a guest who may stay, fresh from the database.

    Raises: SignedOut
    """
    user = _user(guest.user)
    if user is None or not _is_proven(user, guest.proof) or guest.session not in _living([guest.session]):
        raise SignedOut
    return user


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Sessions and memberships as they are now, for many guests."""

    sessions: frozenset[str]
    users: dict[int, User]
    memberships: frozenset[tuple[int, int]]

    def refuses(self, guest: Guest) -> type[Exception] | None:
        """Why this guest may not stay; None: they may."""
        user = self.users.get(guest.user)
        if user is None or not _is_proven(user, guest.proof) or guest.session not in self.sessions:
            return SignedOut
        return None if (guest.community, guest.user) in self.memberships else NotTheirs


def standing(guests: Iterable[Guest]) -> Standing:
    guests = list(guests)
    users, communities = sorted({guest.user for guest in guests}), {guest.community for guest in guests}
    accounts: dict[int, User] = {}
    memberships: set[tuple[int, int]] = set()
    for some in _portions(users):
        accounts |= {user.pk: user for user in User.objects.filter(pk__in=some, is_active=True)}
        pairs = Membership.objects.filter(user__in=some, community__in=communities).values_list("community", "user")
        memberships.update(pairs)
    sessions = _living({guest.session for guest in guests})
    return Standing(sessions=sessions, users=accounts, memberships=frozenset(memberships))


def _living(keys: Iterable[str]) -> frozenset[str]:
    """In the database, not in the cache: what another process ended would live on there."""
    found: set[str] = set()
    for some in _portions(sorted(keys)):
        alive = Session.objects.filter(session_key__in=some, expire_date__gt=timezone.now())
        found.update(alive.values_list("session_key", flat=True))
    return frozenset(found)


def _portions(keys: list[Any]) -> Iterable[list[Any]]:
    return (keys[start : start + PORTION] for start in range(0, len(keys), PORTION))


def _user(key: Any) -> User | None:
    return User.objects.filter(pk=key, is_active=True).order_by().first() if str(key or "").isdecimal() else None


def _is_proven(user: User, proof: str) -> bool:
    return bool(proof) and any(
        constant_time_compare(proof, valid) for valid in (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    )
