"""Where somebody stands in a channel, and how much they want to hear of it."""

from collections import defaultdict
from collections.abc import Mapping

from django.db import transaction

from communities.models import Community, Membership
from communities.talk.models import Channel, Place
from communities.talk.notices import SAID
from kmportal.inbox.actions import reading
from kmportal.people.models import User

Mark = tuple[int, int]
"""Somebody and a channel."""
PORTION = 500


@transaction.atomic
def read_to(*, actor: User, channel: int, seq: int) -> None:
    """Moves the place forward, never back: an old page that is loaded late unreads nothing.

    Raises:
        Channel.DoesNotExist: gone, or not the actor's to read.
    """
    place = Channel.objects.visible_to(actor).get(pk=channel)
    _move(actor, place, seq)


def read_together(*, marks: Mapping[Mark, int]) -> None:
    """Moves the places of many people forward, each as `read_to` would; whoever is no member any more is passed over."""
    rows = sorted(marks.items())
    for start in range(0, len(rows), PORTION):
        _move_together(dict(rows[start : start + PORTION]))


@transaction.atomic
def _move_together(marks: Mapping[Mark, int]) -> None:
    channels = {channel.pk: channel for channel in Channel.objects.filter(pk__in={channel for _, channel in marks})}
    users = {user for user, _ in marks}
    communities = {channel.community_id for channel in channels.values()}
    members = Membership.objects.filter(community__in=communities, user__in=users, user__is_active=True).order_by()
    belongs = set(members.values_list("user", "community"))
    places = Place.objects.filter(user__in=users, channel__in=channels).values_list("user", "channel", "read_seq")
    known = {(user, channel): seq for user, channel, seq in places}
    fresh, behind = list[Place](), defaultdict[tuple[int, int], list[int]](list)
    for (user, key), said in marks.items():
        channel = channels.get(key)
        if channel is None or (user, channel.community_id) not in belongs:
            continue
        seq = min(max(said, 0), channel.last_seq)
        if (user, key) not in known:
            fresh.append(Place(channel_id=key, user_id=user, read_seq=seq))
        elif known[user, key] < seq:
            behind[key, seq].append(user)
    Place.objects.bulk_create(fresh, ignore_conflicts=True)
    for (key, seq), readers in sorted(behind.items()):
        Place.objects.filter(channel=key, user__in=readers, read_seq__lt=seq).update(read_seq=seq)
        if seq == channels[key].last_seq:
            reading.read_about(actors=readers, kind=SAID, thing=channels[key])


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
        reading.read_about(actors=[actor.pk], kind=SAID, thing=channel)
