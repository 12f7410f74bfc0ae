"""The secret address of somebody's calendar: made, made anew, taken away."""

import secrets
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from communities.commons.models import CalendarKey
from kmportal.people.models import User


@transaction.atomic
def make_key(*, actor: User) -> str:
    """A new secret for the address of the actor's calendar; the one before stops working. It is shown once: only its digest is kept."""
    token = secrets.token_urlsafe(32)
    CalendarKey.objects.update_or_create(user=actor, defaults={"digest": digest_of(token), "made_at": timezone.now()})
    return token


@transaction.atomic
def revoke_key(*, actor: User) -> bool:
    """The address stops working. Answers whether there was one."""
    gone, _by_model = CalendarKey.objects.filter(user=actor).delete()
    return bool(gone)


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def owner_of(token: str) -> User | None:
    """Whose calendar stands at this address; nobody's when their account is off."""
    key = CalendarKey.objects.filter(digest=digest_of(token), user__is_active=True).select_related("user").first()
    return key.user if key else None
