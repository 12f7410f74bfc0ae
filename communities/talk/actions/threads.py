"""Threads inside a channel: opened with a title, ended with a conclusion."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.talk.actions.ground import TalkError, happened, take
from communities.talk.actions.saying import TooLong
from communities.talk.models import Channel, Event, Message, Thread
from communities.talk.models.messages import LONGEST
from communities.talk.notices import RESOLVED
from communities.talk.permissions import can_lead, can_write
from kmportal.core import clean
from kmportal.inbox.actions import tell
from kmportal.library.searched_pages import plain
from kmportal.people.models import User
from kmportal.retrieval.actions import mark_stale


class NoTitle(TalkError):
    words = _("Give the thread a title, so that others know whether it is for them.")


class NoConclusion(TalkError):
    words = _("Write down what came out of it. Two sentences are enough.")


GONE = _("This message is gone.")


class InThreadAlready(TalkError):
    words = _("This message stands in a thread already.")


@transaction.atomic
def open_thread(*, actor: User, channel: int, title: str, first: int | None = None) -> Thread:
    """Opens a thread, with a message of the channel as its first one if that is named.

    Raises:
        Channel.DoesNotExist, Message.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied, NoTitle, InThreadAlready
    """
    place = take(actor=actor, channel=channel)
    if not can_write(actor, place):
        raise PermissionDenied
    message = Message.objects.shown().present().get(pk=first, channel=place) if first is not None else None
    if message is not None and message.thread_id is not None:
        raise InThreadAlready
    now = timezone.now()
    thread = Thread(channel=place, opened_by=actor, opened_at=now, last_activity=now, title=_titled(title))
    thread.message_count = 1 if message is not None else 0
    thread.save()
    happened(channel=place, kind=Event.Kind.THREAD, at=now, thread=thread, data={"what": "opened"})
    if message is not None:
        message.thread = thread
        message.save(update_fields=["thread"])
        happened(channel=place, kind=Event.Kind.CHANGED, at=now, message=message, thread=thread)
    return thread


@transaction.atomic
def rename(*, actor: User, thread: Thread, title: str) -> Thread:
    """Gives a thread another title: whoever opened it, or a facilitator.

    Raises:
        Thread.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied, NoTitle
    """
    channel, current = _led(actor, thread)
    current.title = _titled(title)
    current.save(update_fields=["title"])
    mark_stale(Message, list(current.messages.values_list("pk", flat=True)))
    happened(channel=channel, kind=Event.Kind.THREAD, at=timezone.now(), thread=current, data={"what": "renamed"})
    return current


@transaction.atomic
def resolve(*, actor: User, thread: Thread, conclusion: str) -> Thread:
    """Ends a thread with what came out of it, or writes that anew. The opener hears of it.

    Raises:
        Thread.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied, NoConclusion, TooLong
    """
    channel, current = _led(actor, thread)
    try:
        html = clean.html(conclusion.replace("\x00", "").strip())
    except clean.TooMuchHtml as error:
        raise TooLong from error
    text, now = plain(html), timezone.now()
    if not text:
        raise NoConclusion
    if len(text) > LONGEST:
        raise TooLong
    current.conclusion, current.conclusion_text = str(html), text
    current.resolved_at, current.resolved_by, current.last_activity = now, actor, now
    current.save(update_fields=["conclusion", "conclusion_text", "resolved_at", "resolved_by", "last_activity"])
    happened(channel=channel, kind=Event.Kind.THREAD, at=now, thread=current, data={"what": "resolved"})
    opener = [current.opened_by] if current.opened_by is not None else []
    tell(kind=RESOLVED, recipients=opener, actor=actor, thing=current, key=f"{current.pk} {now:%s}")
    return current


@transaction.atomic
def reopen(*, actor: User, thread: Thread) -> Thread:
    """Goes on with a resolved thread. Its conclusion is kept for the next time. Any member may: they have something to add.

    Raises:
        Thread.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied
    """
    channel, current = _taken(actor, thread)
    if not can_write(actor, channel):
        raise PermissionDenied
    if not current.is_resolved:
        return current
    now = timezone.now()
    current.resolved_at, current.resolved_by, current.last_activity = None, None, now
    current.save(update_fields=["resolved_at", "resolved_by", "last_activity"])
    happened(channel=channel, kind=Event.Kind.THREAD, at=now, thread=current, data={"what": "reopened"})
    return current


def _taken(actor: User, thread: Thread) -> tuple[Channel, Thread]:
    try:
        channel = take(actor=actor, channel=thread.channel_id)
    except Channel.DoesNotExist as gone:
        raise Thread.DoesNotExist from gone
    current = Thread.objects.select_related("opened_by").get(pk=thread.pk, channel=channel)
    current.channel = channel
    return channel, current


def _led(actor: User, thread: Thread) -> tuple[Channel, Thread]:
    channel, current = _taken(actor, thread)
    if not (can_lead(actor, current) and can_write(actor, channel)):
        raise PermissionDenied
    return channel, current


def _titled(title: str) -> str:
    found = " ".join(title.replace("\x00", "").split())
    if not found:
        raise NoTitle
    return found[:160]
