"""Saying something in a channel."""

from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.talk import gates
from communities.talk.actions.ground import TalkError, happened, take
from communities.talk.actions.settling import settle, tell_followers
from communities.talk.models import Attachment, Channel, Event, Message, Thread
from communities.talk.models.messages import LONGEST
from communities.talk.permissions import takes_words
from kmportal.core import clean
from kmportal.library.searched_pages import plain
from kmportal.people.models import User
from kmportal.retrieval.actions import mark_stale


class NothingSaid(TalkError):
    words = _("Write something first.")


class TooLong(TalkError):
    words = _("This is too long for a message. Put it into a document, or into two messages.")


class NameTaken(TalkError):
    words = _("This could not be sent. Load the page anew and send it again.")


class ThreadResolved(TalkError):
    words = _("This thread is resolved. Open it again to go on, or write in the channel.")


class OnlyWords(TalkError):
    words = _("In this round only words are taken: a picture or a file would tell whose it is.")


@dataclass(frozen=True)
class File:
    """A file that was looked at and may be stored."""

    name: str
    sha256: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Words:
    """What somebody sends: the text as HTML of the light editor, what it answers to, and the name their device gave it."""

    client_id: UUID
    body: str
    thread: int | None = None
    quote: int | None = None
    promise: str = ""
    """What `gates.composer` gave to the form that the words were written in."""
    files: tuple[File, ...] = ()


@transaction.atomic
def say(*, actor: User, channel: int, words: Words) -> Message:
    """Puts a message into the channel. Sent again with the same client id it gives the first one and changes nothing.

    Raises:
        Channel.DoesNotExist, Thread.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied, NothingSaid, TooLong, NameTaken, ThreadResolved, OnlyWords
        gates.Refused: what is led in the channel just now does not take it; with words.
    """
    place = take(actor=actor, channel=channel)
    if not takes_words(place):
        raise PermissionDenied
    before = sent_before(actor=actor, channel=place, client_id=words.client_id)
    if before is not None:
        return before
    message = draft(actor=actor, channel=place, words=words)
    passage, now = gates.ask(actor, place, message, words.promise), timezone.now()
    message.seq, message.created_at = None if passage.hold else place.last_seq + 1, passage.at or now
    if passage.nameless:
        if words.files or clean.pictures_in(message.body):
            raise OnlyWords
        message.author, message.anonymous = None, True
    # Not by save(): the index would take it in while the channel is held. It follows a moment later (shown); what leaves sight, leaves at once.
    Message.objects.bulk_create([message])
    _keep_files(message, words.files)
    settle(actor=actor, message=message)
    if not passage.hold:
        shown(actor=None if passage.nameless else actor, channel=place, message=message)
    if passage.stored is not None:
        passage.stored(message)
    return message


def shown(*, actor: User | None, channel: Channel, message: Message) -> None:
    """What follows when a message comes to stand in the channel. Callers hold the channel and have given it its number."""
    now = timezone.now()
    if message.thread is not None:
        Thread.objects.filter(pk=message.thread.pk).update(message_count=F("message_count") + 1, last_activity=now)
    happened(channel=channel, kind=Event.Kind.SAID, at=now, message=message, thread=message.thread)
    tell_followers(actor=actor, message=message)
    mark_stale(Message, [message.pk], fresh=True)


def sent_before(*, actor: User, channel: Channel, client_id: UUID) -> Message | None:
    """What stands under this name of a device already. Of a message without an author the name itself is all there is to know it by.

    Raises:
        NameTaken
    """
    found = Message.objects.filter(channel=channel, client_id=client_id).order_by().first()
    if found is not None and found.author_id not in {None, actor.pk}:
        raise NameTaken
    return found


def draft(*, actor: User, channel: Channel, words: Words) -> Message:
    """The message, checked and not yet stored.

    Raises:
        Thread.DoesNotExist, NothingSaid, TooLong, ThreadResolved
    """
    body, text = checked(html=words.body)
    if not text and not words.files:
        raise NothingSaid
    thread = Thread.objects.get(pk=words.thread, channel=channel) if words.thread is not None else None
    if thread is not None and thread.is_resolved:
        raise ThreadResolved
    quote = Message.objects.shown().present().filter(pk=words.quote, channel=channel).first() if words.quote else None
    return Message(channel=channel, thread=thread, client_id=words.client_id, author=actor, body=body, text=text, quote=quote)


def checked(*, html: str) -> tuple[str, str]:
    """A text of a person as safe HTML and as plain words; words of a picture alone are its description.

    Raises:
        TooLong
    """
    if len(html) > LONGEST * 4:
        raise TooLong
    try:
        # PostgreSQL refuses a NUL in a text.
        body = clean.html(html.replace("\x00", "").strip())
    except clean.TooMuchHtml as error:
        raise TooLong from error
    text = " ".join(part for part in (plain(body), clean.descriptions(body)) if part)
    if len(text) > LONGEST:
        raise TooLong
    if not text and clean.pictures_in(body):
        text = str(_("Picture"))
    return (str(body), text) if text else ("", "")


def _keep_files(message: Message, files: tuple[File, ...]) -> None:
    for one in files:
        row = Attachment(message=message, name=one.name, size=len(one.data), sha256=one.sha256, at=message.created_at)
        folder = f"talk/{row.uuid.hex[:2]}/{row.uuid}"
        row.file.name = row.file.storage.save(f"{folder}.{one.name.rpartition('.')[2]}", ContentFile(one.data))
        row.save()
