"""Opening, naming, ordering and closing the channels of a community."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from communities.models import Community
from communities.permissions import can_take_part, is_facilitator
from communities.talk.actions.ground import TalkError, happened, take
from communities.talk.models import Channel, Event, Message
from communities.talk.permissions import can_look_after
from kmportal.people.models import User
from kmportal.retrieval.actions import mark_stale

MOST = 50


class NoName(TalkError):
    words = _("Give the channel a name.")


class NameTaken(TalkError):
    words = _("There is a channel of this name already.")


class TooMany(TalkError):
    words = _("Fifty channels are more than anybody reads. Close one first, or open a thread in one that is there.")


@dataclass(frozen=True, kw_only=True)
class Named:
    """What a channel shows of itself."""

    name: str
    name_en: str = ""
    purpose: str = ""


@transaction.atomic
def open_channel(*, actor: User, community: Community, named: Named) -> Channel:
    """Opens a channel, below those that are there.

    Raises:
        PermissionDenied: the actor is no facilitator of the community, or it is archived.
        NoName, NameTaken, TooMany
    """
    place = Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    if not (is_facilitator(actor, place) and can_take_part(actor, place)):
        raise PermissionDenied
    if Channel.objects.filter(community=place).open().count() >= MOST:
        raise TooMany
    last = Channel.objects.filter(community=place).aggregate(last=Max("position"))["last"]
    now = timezone.now()
    channel = Channel(
        community=place, position=0 if last is None else last + 1, created_at=now, last_activity=now, created_by=actor
    )
    _name(channel, named)
    channel.save()
    happened(channel=channel, kind=Event.Kind.CHANNEL, at=now)
    return channel


def first_channel(*, actor: Any, community: Any) -> Channel:
    """The channel that each community begins with. Called when one is opened, in the same transaction; not twice."""
    there = Channel.objects.filter(community=community).first()
    if there is not None:
        return there
    names = {}
    for language in ("th", "en"):
        with translation.override(language):
            names[language] = pgettext("name of a channel", "General talk"), str(_("Everything that has no channel of its own."))
    now = timezone.now()
    return Channel.objects.create(
        community=community, name=names["th"][0], name_en=names["en"][0], purpose=names["th"][1], created_at=now,
        last_activity=now, created_by=actor,
    )  # fmt: skip


@transaction.atomic
def change_channel(*, actor: User, channel: int, named: Named) -> Channel:
    """Gives a channel other words.

    Raises:
        Channel.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied, NoName, NameTaken
    """
    current = _looked_after(actor, channel)
    _name(current, named)
    current.save(update_fields=["name", "name_en", "purpose"])
    mark_stale(Message, list(current.messages.present().shown().values_list("pk", flat=True)))
    happened(channel=current, kind=Event.Kind.CHANNEL, at=timezone.now())
    return current


@transaction.atomic
def order_channels(*, actor: User, community: Community, keys: Sequence[int]) -> None:
    """Puts the channels into this order; those that are not named follow in theirs.

    Raises:
        PermissionDenied: the actor is no facilitator of the community, or it is archived.
    """
    place = Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    if not (is_facilitator(actor, place) and can_take_part(actor, place)):
        raise PermissionDenied
    channels = {channel.pk: channel for channel in Channel.objects.filter(community=place)}
    wanted = [channels.pop(key) for key in dict.fromkeys(keys) if key in channels]
    for position, channel in enumerate([*wanted, *channels.values()]):
        Channel.objects.filter(pk=channel.pk).exclude(position=position).update(position=position)


@transaction.atomic
def close_channel(*, actor: User, channel: int) -> Channel:
    """Nothing more is said in it; everything stays readable.

    Raises:
        Channel.DoesNotExist, PermissionDenied
    """
    return _set_closed(actor, channel, closed=True)


@transaction.atomic
def reopen_channel(*, actor: User, channel: int) -> Channel:
    """Goes on with a closed one.

    Raises:
        Channel.DoesNotExist, PermissionDenied
    """
    return _set_closed(actor, channel, closed=False)


def _set_closed(actor: User, channel: int, *, closed: bool) -> Channel:
    current = _looked_after(actor, channel)
    if current.is_open == (not closed):
        return current
    now = timezone.now()
    current.archived_at = now if closed else None
    current.save(update_fields=["archived_at"])
    happened(channel=current, kind=Event.Kind.CHANNEL, at=now)
    return current


def _looked_after(actor: User, channel: int) -> Channel:
    current = take(actor=actor, channel=channel)
    if not (can_look_after(actor, current) and can_take_part(actor, current.community)):
        raise PermissionDenied
    return current


def _name(channel: Channel, named: Named) -> None:
    name = " ".join(named.name.replace("\x00", "").split())[:80]
    if not name:
        raise NoName
    if Channel.objects.filter(community=channel.community, name__iexact=name).exclude(pk=channel.pk).exists():
        raise NameTaken
    channel.name, channel.name_en = name, " ".join(named.name_en.replace("\x00", "").split())[:80]
    channel.purpose = " ".join(named.purpose.replace("\x00", "").split())[:300]
