"""What people hear of: they are named in a message, something is said in a channel they follow, a facilitator takes a message away."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.talk.models import Channel, Message, Thread
from kmportal.inbox.kinds import Kind, register

MENTIONED, SAID, TAKEN_AWAY, RESOLVED = "talk.mentioned", "talk.said", "talk.taken_away", "talk.resolved"
GROUP = pgettext_lazy("group of notices", "Communities")


def _channels(user: Any) -> "QuerySet[Any]":
    return Channel.objects.visible_to(user).select_related("community")


def _messages(user: Any) -> "QuerySet[Any]":
    return Message.objects.visible_to(user).present()


def _own(user: Any) -> "QuerySet[Any]":
    return Message.objects.visible_to(user).filter(author=user) if user.is_authenticated else Message.objects.none()


def _threads(user: Any) -> "QuerySet[Any]":
    return Thread.objects.visible_to(user)


def _titles(thing: Any) -> tuple[str, str]:
    """Of the channel, whatever in it the notice is about."""
    channel: Channel = thing if isinstance(thing, Channel) else thing.channel
    return channel.name, channel.name_en


def _of_thread(thread: Any) -> tuple[str, str]:
    return str(thread.title), ""


def declare() -> None:
    """Called once, by TalkConfig.ready."""
    for kind in (
        Kind(
            MENTIONED, pgettext_lazy("kind of notice", "Somebody named you in a channel"), GROUP,
            line="talk/notices/mentioned.txt", icon="at", visible=_messages, titles=_titles,
        ),
        Kind(
            SAID, pgettext_lazy("kind of notice", "Something is said in a channel you follow"), GROUP,
            line="talk/notices/said.txt", icon="quote", mail=False, visible=_channels, titles=_titles,
            help=_("Only for channels where you chose to hear of every message; one line, however much is said."),
        ),
        Kind(
            RESOLVED, pgettext_lazy("kind of notice", "A thread you opened is resolved"), GROUP,
            line="talk/notices/resolved.txt", icon="check", mail=False, visible=_threads, titles=_of_thread,
        ),
        Kind(
            TAKEN_AWAY, pgettext_lazy("kind of notice", "A facilitator took your message away"), GROUP,
            line="talk/notices/taken_away.txt", icon="trash", mail_fixed=True, visible=_own, titles=_titles,
        ),
    ):  # fmt: skip
        register(kind)
