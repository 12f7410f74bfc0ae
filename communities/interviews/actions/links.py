"""The expert's link: a secret of the mail, of which only a digest is kept. It expires, and a newer one takes its place."""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.db import transaction

from communities.interviews.actions.ground import Hand
from communities.interviews.models import Interview
from kmportal.people.models import User

LINK_HOLDS = timedelta(days=60)


@transaction.atomic
def new_link(*, interview: Interview, at: datetime) -> str:
    """A new secret for the mail; an older link stops to work."""
    secret = token_urlsafe(32)
    Interview.objects.filter(pk=interview.pk).update(link=_digest(secret), link_made_at=at)
    return secret


def by_link(*, secret: str, now: datetime) -> tuple[Interview, Hand]:
    """The interview that the link of a mail opens, and the hand of its expert.

    Raises:
        Interview.DoesNotExist: never was, was replaced, or is too old.
    """
    digest = _digest(secret)
    found = Interview.objects.filter(link_made_at__gt=now - LINK_HOLDS).select_related("community", "asker").get(link=digest)
    return found, Hand(found.pk, None, is_expert=True, link=digest)


def own(*, user: User, pk: int) -> tuple[Interview, Hand]:
    """The interview that the user is asked in.

    Raises:
        Interview.DoesNotExist
    """
    found = Interview.objects.of_expert(user).select_related("community", "asker").get(pk=pk)
    return found, Hand(found.pk, user, is_expert=True)


def run_out(*, secret: str, now: datetime) -> Interview | None:
    """The interview whose newest link this is, though it is too old: its expert may be mailed another one, at the known address."""
    old = Interview.objects.filter(link=_digest(secret), link_made_at__lte=now - LINK_HOLDS)
    return old.exclude(state=Interview.State.WITHDRAWN).first()


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
