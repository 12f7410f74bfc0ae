"""What the server answers to somebody's words, by socket or by POST: `ack` or `refused`. docs/CHANNELS.md tells the frames."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.utils import translation
from django.utils.translation import gettext as _

from communities.talk.actions.ground import TalkError
from communities.talk.actions.saying import Words, say
from communities.talk.models import Message, Thread
from communities.talk.sockets.limits import WORDS_SECONDS, may_say
from kmportal.people.models import User

Answer = dict[str, Any]


def ack(message: Message) -> Answer:
    """The message is stored for good. `seq` is null as long as it is held back."""
    return {"t": "ack", "cid": str(message.client_id), "id": message.pk, "seq": message.seq}


def refused(cid: Any, words: Any, wait: int = 0) -> Answer:
    """Nothing was stored; where `wait` is not 0, the same words may be sent again after that many seconds."""
    return {"t": "refused", "cid": cid if isinstance(cid, str) else None, "words": str(words), "wait": wait}


def answer(user: User, channel: int, raw: Mapping[str, Any], language: str) -> Answer:
    """Stores what somebody says, or tells why not, in their language. Sent again under the same name it gives the same answer.

    Raises:
        Channel.DoesNotExist: gone, or not theirs to read.
    """
    with translation.override(language):
        words, cid = words_of(raw), raw.get("cid")
        if words is None:
            return refused(cid, _("This could not be read. Load the page anew and send it again."))
        if not may_say(user.pk):
            return refused(cid, _("That was a lot at once. It is sent in a moment."), WORDS_SECONDS // 2)
        return _said(user, channel, words)


def _said(user: User, channel: int, words: Words) -> Answer:
    wait = 0
    try:
        return ack(say(actor=user, channel=channel, words=words))
    except PermissionDenied:
        why: Any = _("Nothing can be written here any more.")
    except Thread.DoesNotExist:
        why = _("This thread is not here any more.")
    except TalkError as error:
        why = error.words
    except OperationalError:
        why, wait = _("It could not be stored just now. It is sent again in a moment."), 3
    return refused(str(words.client_id), why, wait)


def words_of(raw: Mapping[str, Any]) -> Words | None:
    """A frame or a posted form as words; None where it is neither."""
    body: Any = raw.get("body")
    promise = raw.get("promise") or ""
    thread, quote = _key(raw.get("thread")), _key(raw.get("quote"))
    try:
        name = UUID(str(raw.get("cid")))
    except ValueError:
        return None
    if not _is_text(body) or not isinstance(promise, str) or -1 in {thread, quote}:
        return None
    return Words(client_id=name, body=body, thread=thread, quote=quote, promise=promise)


def _is_text(value: Any) -> bool:
    """JSON may hold NUL and halves of letters (lone surrogates), which no database takes: sending them again would never help."""
    return isinstance(value, str) and "\x00" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)


def _key(value: Any) -> int | None:
    """A row's key, None where none was given, -1 for what is none."""
    if value is None or value == "":
        return None
    text = str(value)
    is_key = not isinstance(value, bool) and text.isascii() and text.isdecimal() and len(text) <= 9
    return int(text) if is_key else -1
