"""Where somebody stands in a channel."""

from django.db import transaction

from communities.talk.models import Channel, Place
from kmportal.people.models import User


@transaction.atomic
def read_to(*, actor: User, channel: int, seq: int) -> None:
    """Moves the place forward, never back: an old page that is loaded late unreads nothing.

    Raises:
        Channel.DoesNotExist: gone, or not the actor's to read.
    """
    place = Channel.objects.visible_to(actor).get(pk=channel)
    seq = min(max(seq, 0), place.last_seq)
    if not Place.objects.filter(channel=place, user=actor, read_seq__lt=seq).update(read_seq=seq):
        Place.objects.bulk_create([Place(channel=place, user=actor, read_seq=seq)], ignore_conflicts=True)
