"""Joining a circle with one's consent, listening, leaving."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.circles import notices
from communities.circles.actions.ground import CircleError, NotIn, happened, take
from communities.circles.actions.groups import place_late_comer
from communities.circles.actions.turns import hands_down
from communities.circles.models import Part
from communities.circles.permissions import can_join
from kmportal.inbox.models import Notice
from kmportal.people.models import User


class NotAgreed(CircleError):
    words = _("Tick that you agree to what becomes of what is said.")


class WordsChanged(CircleError):
    words = _("What becomes of what is said was changed. Read it again before you join.")


@transaction.atomic
def join(*, actor: User, circle: int, agreed: int | None, reach: str, listen: bool = False) -> Part:
    """Joins, with the role one was given, or as a participant; `listen`: to read along only.

    Args:
        agreed: version of the words that were shown and agreed to.
        reach: what they said may become of it; what changed in between is to be read again.

    Raises:
        Circle.DoesNotExist, PermissionDenied, NotAgreed, WordsChanged
    """
    current = take(actor=actor, circle=circle)
    if not can_join(actor, current):
        raise PermissionDenied
    if agreed is None:
        raise NotAgreed
    if (agreed, reach) != (current.consent_version, current.reach):
        raise WordsChanged
    now = timezone.now()
    part = Part.objects.filter(circle=current, user=actor).first() or Part(circle=current, user=actor)
    was_in = part.is_in
    part.role = _role(part, listen)
    part.consented_at, part.consent_version, part.left_at = now, agreed, None
    part.save()
    place_late_comer(circle=current, part=part)
    if not was_in:
        happened(circle=current, what="people", at=now)
    Notice.objects.filter(recipient=actor, kind=notices.INVITED, thing_id=current.pk, read_at=None).update(read_at=now)
    return part


def _role(part: Part, listen: bool) -> str:
    if listen:
        return Part.Role.OBSERVER
    return Part.Role.PARTICIPANT if part.role == Part.Role.OBSERVER else part.role


@transaction.atomic
def leave(*, actor: User, circle: int) -> Part:
    """Leaves; what one said stays unless it is withdrawn. Hands go down, the empty seat is free again.

    Raises:
        Circle.DoesNotExist, NotIn
    """
    current = take(actor=actor, circle=circle)
    part = Part.objects.filter(circle=current, user=actor).joined().first()
    if part is None:
        raise NotIn
    now = timezone.now()
    part.left_at = now
    part.save(update_fields=["left_at"])
    hands_down(part=part, at=now)
    happened(circle=current, what="people", at=now)
    return part
