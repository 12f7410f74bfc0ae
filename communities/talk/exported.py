"""The talk of a community as files: each channel as JSON and as a page, with the files that were sent. Registered in TalkConfig.ready.

What was deleted, and what is held back until a reveal, is in none of them; the name of whom wrote without one neither.
"""

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string

from communities import exports
from communities.models import Community
from communities.talk.models import Channel, Message, Thread
from communities.talk.presenting import voices


def files(community: Community) -> Iterator[tuple[str, bytes]]:
    for channel in Channel.objects.filter(community=community):
        rows = Message.objects.shown().present().filter(channel=channel).whole().order_by("seq")
        name = f"channel-{channel.pk}"
        yield f"{name}.json", exports.as_json(_channel(channel, rows))
        shown = {"channel": channel, "messages": rows}
        yield f"{name}.html", render_to_string("talk/export.html", shown).encode()
        for message in rows:
            for file in message.files.all():
                if file.file.storage.exists(str(file.file.name)):
                    with file.file.open("rb") as content:
                        yield f"files/{file.uuid.hex[:8]}-{file.name}", content.read()


def _channel(channel: Channel, rows: Any) -> dict[str, Any]:
    return {
        "name": channel.name, "name_en": channel.name_en, "purpose": channel.purpose, "created_at": channel.created_at,
        "closed_at": channel.archived_at, "threads": [_thread(one) for one in Thread.objects.filter(channel=channel)],
        "messages": [_message(one) for one in rows],
    }  # fmt: skip


def _thread(one: Thread) -> dict[str, Any]:
    words = {"id": one.pk, "title": one.title, "opened_at": one.opened_at, "resolved_at": one.resolved_at}
    return words | {"conclusion": one.conclusion_text if one.is_resolved else ""}


def _message(one: Message) -> dict[str, Any]:
    return {
        "id": one.pk, "number": one.seq, "by": voices.of(one).name, "at": one.created_at, "edited_at": one.edited_at,
        "thread": one.thread_id, "quotes": one.quote_id, "html": one.body, "text": one.text,
        "reactions": {tally.kind: tally.count for tally in voices.tallies(one) if tally.count},
        "files": [file.name for file in one.files.all()],
    }  # fmt: skip


def register() -> None:
    exports.register("talk", files)
