"""Taking back what one said, as long as no published lesson uses it. The part above says which messages are used and takes its own away:

withdrawing.register(used=published_ones, gone=forget)
"""

from collections.abc import Callable, Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.circles.actions.ground import CircleError, take
from communities.circles.models import Said
from communities.talk.actions.ground import happened
from communities.talk.models import Event, Message
from kmportal.people.models import User

Used = Callable[[Collection[int]], set[int]]
"""Of these messages, those that a published lesson uses."""
Gone = Callable[[Message], None]
"""Called with a message that is withdrawn, in the same transaction: drafts let go of it."""
_used: list[Used] = []
_gone: list[Gone] = []


class Published(CircleError):
    words = _("A published lesson uses this. Ask the one who looks after the lesson to change it.")


def register(*, used: Used, gone: Gone) -> None:
    """Adds a part that works with what was said in circles. Called from AppConfig.ready."""
    _used.append(used)
    _gone.append(gone)


def withdrawable(messages: Collection[int]) -> set[int]:
    """Of these messages, those that no published lesson uses."""
    left = set(messages)
    for used in _used:
        left -= used(left)
    return left


@transaction.atomic
def withdraw(*, actor: User, message: int) -> Said:
    """Takes one's own message out of the circle and its record for good: its words go, its place stays. Again changes nothing.

    Raises:
        Said.DoesNotExist: not in a circle that the actor may read.
        PermissionDenied: not theirs; what was written without a name is nobody's to withdraw.
        Published
    """
    found = Said.objects.visible_to(actor).get(message=message)
    current = take(actor=actor, circle=found.circle_id)
    found = Said.objects.select_related("message__thread").get(pk=found.pk)
    said = found.message
    if said.author_id is None or said.author_id != actor.pk:
        raise PermissionDenied
    if found.withdrawn_at is not None:
        return found
    if said.pk not in withdrawable([said.pk]):
        raise Published
    now = timezone.now()
    found.withdrawn_at = now
    found.save(update_fields=["withdrawn_at"])
    for gone in _gone:
        gone(said)
    said.versions.all().delete()
    said.files.all().delete()
    said.body = said.text = ""
    said.deleted_at, said.deleted_by, said.deleted_why = now, actor, str(_("withdrawn by the one who wrote it"))
    said.pinned_at = said.pinned_by = None
    said.save()
    if said.is_shown:
        happened(channel=current.channel, kind=Event.Kind.CHANGED, at=now, message=said, thread=said.thread)
    return found
