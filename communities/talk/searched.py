"""Messages in the search index: what stands in a channel, for members of its community alone. Registered in TalkConfig.ready.

The names of channels and threads stand in the passages too; the verbs that change them note what has to follow.
"""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from communities.talk.models import Message
from kmportal.retrieval import sources
from kmportal.retrieval.chunks import split
from kmportal.retrieval.sources import Source, Text

KIND = "message"
CHANNEL = "channel"
TITLE = 80


def messages() -> QuerySet[Message]:
    """Those that are shown and not deleted; held back ones are nobody's to find."""
    return Message.objects.shown().present().select_related("channel__community", "thread")


def describe(found: Iterable[Message]) -> Iterator[tuple[int, list[Text]]]:
    """Nobody's name stands in the index: a message is found by its words, one without a name by nothing else."""
    with translation.override(settings.LANGUAGE_CODE):
        for message in found:
            yield message.pk, list(_texts(message))


def _texts(message: Message) -> Iterator[Text]:
    channel = message.channel
    line = " ".join(message.text.split())
    title = message.thread.title if message.thread is not None else line[:TITLE]
    for body in split(message.text) or [""]:
        yield Text(
            title=title, body=body, url=message.get_absolute_url(), audience=f"community:{channel.community_id}",
            place=f"{channel.name} · {channel.community.name}", names=channel.name_en,
            tags=frozenset({(CHANNEL, str(channel.pk))}), dated=timezone.localdate(message.created_at),
        )  # fmt: skip


def register() -> None:
    sources.register(
        Source(
            KIND, Message, messages, describe, _("Messages in channels"), 60, icon="quote", suggested=False,
            repeats={Community: lambda keys: Message.objects.filter(channel__community__in=keys)},
        )
    )  # fmt: skip
