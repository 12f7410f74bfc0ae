"""Where somebody stands in a channel, and how much they want to hear of it."""

from django.db import transaction

from communities.models import Community
from communities.talk.models import Channel, Place
from communities.talk.notices import SAID
from kmportal.inbox.actions import reading
from kmportal.people.models import User


@transaction.atomic
def read_to(*, actor: User, channel: int, seq: int) -> None:
    """Moves the place forward, never back: an old page that is loaded late unreads nothing.

    Raises:
        Channel.DoesNotExist: gone, or not the actor's to read.
    """
    place = Channel.objects.visible_to(actor).get(pk=channel)
    _move(actor, place, seq)


@transaction.atomic
def read_all(*, actor: User, community: Community) -> int:
    """All that stands in the channels of a community is read. Gives the number of channels."""
    channels = list(Channel.objects.visible_to(actor).filter(community=community))
    for channel in channels:
        _move(actor, channel, channel.last_seq)
    return len(channels)


@transaction.atomic
def set_level(*, actor: User, channel: int, level: Place.Level) -> Place:
    """How much the actor hears of a channel.

    Raises:
        Channel.DoesNotExist: gone, or not the actor's to read.
    """
    place = Channel.objects.visible_to(actor).get(pk=channel)
    return Place.objects.update_or_create(channel=place, user=actor, defaults={"level": level})[0]


def _move(actor: User, channel: Channel, seq: int) -> None:
    seq = min(max(seq, 0), channel.last_seq)
    behind = Place.objects.filter(channel=channel, user=actor, read_seq__lt=seq)
    if not behind.update(read_seq=seq):
        Place.objects.bulk_create([Place(channel=channel, user=actor, read_seq=seq)], ignore_conflicts=True)
    elif seq == channel.last_seq:
        reading.read_about(actor=actor, kind=SAID, thing=channel)
