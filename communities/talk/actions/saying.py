"""Saying something in a channel."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.talk import gates
from communities.talk.actions.ground import TalkError, happened, take
from communities.talk.models import Channel, Event, Message, Thread
from communities.talk.models.messages import LONGEST
from communities.talk.permissions import can_write
from kmportal.core import clean
from kmportal.library.searched_pages import plain
from kmportal.people.models import User


class NothingSaid(TalkError):
    words = _("Write something first.")


class TooLong(TalkError):
    words = _("This is too long for a message. Put it into a document, or into two messages.")


class NameTaken(TalkError):
    words = _("This could not be sent. Load the page anew and send it again.")


@dataclass(frozen=True, kw_only=True)
class Words:
    """What somebody sends: the text as HTML of the light editor, what it answers to, and the name their device gave it."""

    client_id: UUID
    body: str
    thread: int | None = None
    quote: int | None = None
    promise: str = ""
    """What `gates.composer` gave to the form that the words were written in."""


@transaction.atomic
def say(*, actor: User, channel: int, words: Words) -> Message:
    """Puts a message into the channel. Sent again with the same client id it gives the first one and changes nothing.

    Raises:
        Channel.DoesNotExist, Thread.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied, NothingSaid, TooLong, NameTaken
        gates.Refused: what is led in the channel just now does not take it; with words.
    """
    place = take(actor=actor, channel=channel)
    if not can_write(actor, place):
        raise PermissionDenied
    before = sent_before(actor=actor, channel=place, client_id=words.client_id)
    if before is not None:
        return before
    message = draft(actor=actor, channel=place, words=words)
    passage, now = gates.ask(actor, place, message, words.promise), timezone.now()
    message.seq, message.created_at = None if passage.hold else place.last_seq + 1, passage.at or now
    if passage.nameless:
        message.author, message.anonymous = None, True
    message.save()
    if not passage.hold:
        happened(channel=place, kind=Event.Kind.SAID, at=now, message=message, thread=message.thread)
    if passage.stored is not None:
        passage.stored(message)
    return message


def sent_before(*, actor: User, channel: Channel, client_id: UUID) -> Message | None:
    """What stands under this name of a device already. Of a message without an author the name itself is all there is to know it by.

    Raises:
        NameTaken
    """
    found = Message.objects.filter(channel=channel, client_id=client_id).first()
    if found is not None and found.author_id not in {None, actor.pk}:
        raise NameTaken
    return found


def draft(*, actor: User, channel: Channel, words: Words) -> Message:
    """The message, checked and not yet stored.

    Raises:
        Thread.DoesNotExist, NothingSaid, TooLong
    """
    if len(words.body) > LONGEST * 4:
        raise TooLong
    body = clean.html(words.body.strip())
    text = plain(body)
    if len(text) > LONGEST:
        raise TooLong
    if not text and not clean.pictures_in(body):
        raise NothingSaid
    thread = Thread.objects.get(pk=words.thread, channel=channel) if words.thread is not None else None
    quote = Message.objects.shown().present().filter(pk=words.quote, channel=channel).first() if words.quote else None
    return Message(
        channel=channel, thread=thread, client_id=words.client_id, author=actor, body=str(body), text=text, quote=quote
    )
