"""What is talked about in channels: said in its order, on the days it could have been, one thread resolved."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from communities.models import Community
from communities.talk.actions import channels, marking, threads
from communities.talk.actions.saying import Words, say
from communities.talk.models import Channel, Event, Message, Reaction, Thread
from kmportal.core import clean
from kmportal.demo.actions.people import account
from kmportal.demo.content import read


def talk(*, say: Callable[[str], None]) -> None:
    """Each channel with all that is said in it, or not at all; where people talk already, nothing is added."""
    missing = [entry for entry in read("talks") if not _is_talked_in(entry)]
    if missing:
        say(f"talk in {len(missing)} channels")
    for entry in missing:
        _fill(entry)


def _is_talked_in(entry: dict[str, Any]) -> bool:
    return Message.objects.filter(channel__community__slug=entry["community"], channel__name=entry["channel"]).exists()


@transaction.atomic
def _fill(entry: dict[str, Any]) -> None:
    community, opener = Community.objects.get(slug=entry["community"]), account(entry["opened_by"])
    channel = Channel.objects.filter(community=community, name=entry["channel"]).first()
    if channel is None:
        named = channels.Named(name=entry["channel"], purpose=entry["purpose"])
        channel = channels.open_channel(actor=opener, community=community, named=named)
    _say_all(channel, entry.get("said", []), None)
    for one in entry.get("threads", []):
        thread = threads.open_thread(actor=account(one["by"]), channel=channel.pk, title=one["title"])
        _say_all(channel, one["said"], thread)
        threads.resolve(actor=account(one["resolved_by"]), thread=thread, conclusion=clean.plain(one["conclusion"]))


def _say_all(channel: Channel, entries: list[dict[str, Any]], thread: Thread | None) -> None:
    said: list[Message] = []
    for one in entries:
        quote = said[one["quote"]].pk if "quote" in one else None
        words = Words(client_id=uuid4(), body=clean.plain(one["body"]), thread=thread.pk if thread else None, quote=quote)
        message = say(actor=account(one["by"]), channel=channel.pk, words=words)
        _moved_to(message, one)
        for kind in Reaction.Kind:
            for email in one.get(kind.value, []):
                marking.react(actor=account(email), message=message, kind=kind, on=True)
        if one.get("pin"):
            marking.pin(actor=account(one["by"]), message=message, on=True)
        said.append(message)


def _moved_to(message: Message, entry: dict[str, Any]) -> None:
    """Verbs know only now; a talk has days."""
    day = timezone.localdate() - timedelta(days=entry["days"])
    at = timezone.make_aware(datetime.combine(day, time.fromisoformat(entry["at"])))
    at = min(at, timezone.now())
    Message.objects.filter(pk=message.pk).update(created_at=at)
    Event.objects.filter(message=message).update(at=at)
