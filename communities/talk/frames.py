"""Events of a channel as frames: JSON with the message's HTML in one language, made once for everybody who reads that language.

A frame knows nothing of its reader: no own reactions, no buttons. What is one reader's own, the page adds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.utils import translation

from communities.models import Membership
from communities.talk import drawn
from communities.talk.models import Channel, Event, Message
from communities.talk.sockets.shared import Shared, encode

MOST = 100
"""Events read at once."""
SNAPSHOT = 500
"""Further behind than this, the page's stream is loaded anew."""
TEMPLATE = "talk/_message.html"
LINE = "talk/_event.html"


@dataclass(eq=False)
class Frame:
    """One event; `words` is the frame by language, ready to send."""

    seq: int
    message: int | None
    facts: dict[str, Any]
    words: dict[str, Shared] = field(default_factory=dict)
    html: dict[str, str] = field(default_factory=dict)

    def put_html(self, language: str, html: str) -> None:
        self.html[language] = html
        self.words[language] = Shared(encode({**self.facts, "html": html}))

    def take_words_of(self, newer: "Frame") -> None:
        """The same message as it is now, for those who hear of the older event after the newer one."""
        self.words.clear()
        for language, html in newer.html.items():
            self.put_html(language, html)


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Events after a number, and who may read them at this moment."""

    frames: list[Frame]
    members: frozenset[int]


def read(channel: int, after: int, languages: Iterable[str], most: int = MOST) -> Batch:
    """The next events of a channel, which may be gone meanwhile (Channel.DoesNotExist). For the hub, which serves many readers: whoever is not among `members` must not be given them."""
    events = _with_threads(list(Event.objects.filter(channel=channel).after(after)[:most]))
    if not events:
        return Batch(frames=[], members=frozenset())
    place = Channel.objects.select_related("community").get(pk=channel)
    readers = Membership.objects.filter(community=place.community_id, user__is_active=True).order_by()
    return Batch(frames=_framed(place, events, languages), members=frozenset(readers.values_list("user", flat=True)))


def last_seq(channel: int) -> int:
    return Channel.objects.values_list("last_seq", flat=True).get(pk=channel)


def since(user: Any, channel: Channel, after: int, language: str) -> dict[str, Any]:
    """What polling answers: the events after a number, or that the page is to be loaded anew."""
    if not 0 <= channel.last_seq - after <= SNAPSHOT:
        return {"seq": channel.last_seq, "events": [], "snapshot": True}
    events = (
        list(Event.objects.visible_to(user).filter(channel=channel).after(after).whole()[:MOST])
        if channel.last_seq > after
        else []
    )
    found = [{**frame.facts, "html": html} for frame, html in _rendered(channel, events, language)]
    return {"seq": found[-1]["seq"] if found else after, "events": found, "snapshot": False}


def _with_threads(events: list[Event]) -> list[Event]:
    """As `whole()`, asked only where one of them tells of a thread: most tell of a message."""
    threads = [event for event in events if event.kind == Event.Kind.THREAD]
    if threads:
        prefetch_related_objects(threads, "thread__channel__community")
    return events


def _messages(channel: Channel, events: Iterable[Event]) -> dict[int, Message]:
    """As they are now."""
    return drawn.messages(channel, {event.message_id for event in events if event.message_id is not None})


def _facts(event: Event) -> dict[str, Any]:
    return {
        "t": "event", "seq": event.seq, "kind": event.kind, "id": event.message_id, "thread": event.thread_id, "data": event.data,
    }  # fmt: skip


def _html(message: Message | None, language: str) -> str:
    if message is None:
        return ""
    with translation.override(language):
        return render_to_string(TEMPLATE, {"message": message}).strip()


def _line(event: Event, language: str) -> str:
    """What stands between messages: a thread begins, ends, goes on."""
    if event.kind != Event.Kind.THREAD:
        return ""
    with translation.override(language):
        return render_to_string(LINE, {"event": event}).strip()


def _rendered(channel: Channel, events: list[Event], language: str) -> Iterable[tuple[Frame, str]]:
    messages, made = _messages(channel, events), dict[int | None, str]()
    for event in events:
        if event.message_id not in made:
            made[event.message_id] = _html(messages.get(event.message_id or 0), language)
        yield Frame(event.seq, event.message_id, _facts(event)), made[event.message_id] or _line(event, language)


def _framed(channel: Channel, events: list[Event], languages: Iterable[str]) -> list[Frame]:
    messages = _messages(channel, events)
    made = {(key, language): _html(message, language) for key, message in messages.items() for language in languages}
    frames = []
    for event in events:
        frame = Frame(event.seq, event.message_id, _facts(event))
        for language in languages:
            frame.put_html(language, made.get((event.message_id or 0, language)) or _line(event, language))
        frames.append(frame)
    return frames
