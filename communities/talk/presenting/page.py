"""What the page of a channel, or of a thread in it, shows besides the frame."""

from typing import Any

from django.db.models import Count, Value
from django.http import HttpRequest

from communities.talk import above, gates
from communities.talk.forms.messages import SayForm
from communities.talk.forms.reading import StretchForm
from communities.talk.models import Channel, Message, Place, Thread
from communities.talk.presenting import stream
from kmportal.people.models import User


def read(request: HttpRequest, user: User, channel: Channel, thread: Thread | None = None) -> dict[str, Any]:
    """The stretch that the address asks for, the form below it, and what stands above."""
    channel.kept = {}
    asked, reader = StretchForm(request.GET), stream.reader_of(user, channel)
    return {
        "reader": reader, "stream": stream.read(reader, thread=thread, **asked.stretch()), "thread": thread,
        "quoted": _quoted(user, channel, asked.quote_key()), "form": SayForm(), "levels": Place.Level.choices,
        "composer": gates.composer(user, channel, thread.pk if thread else None), "above": above.blocks(request, channel), "at_channel": thread is None,
    }  # fmt: skip


def counts(user: User, channel: Channel) -> dict[str, int]:
    """The numbers above a channel: what is pinned, which threads are open. One query."""
    pinned = Message.objects.visible_to(user).pinned_in(channel).order_by().values_list(Value("pinned"), Count("pk"))
    threads = Thread.objects.visible_to(user).filter(channel=channel, resolved_at=None)
    found = pinned.union(threads.order_by().values_list(Value("threads"), Count("pk")), all=True)
    return {"pinned": 0, "threads": 0} | {str(name): int(number) for name, number in found}


def _quoted(user: User, channel: Channel, key: int | None) -> Message | None:
    if key is None:
        return None
    rows = Message.objects.visible_to(user).shown().present().filter(channel=channel)
    return rows.select_related("author__person").filter(pk=key).first()
