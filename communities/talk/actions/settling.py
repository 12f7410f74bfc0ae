"""What a message brings along: its pictures become its own, people it names and people who follow the channel hear of it."""

from communities.talk import naming
from communities.talk.models import Channel, Message, Place
from communities.talk.notices import MENTIONED, SAID
from kmportal.core import clean
from kmportal.inbox.actions import tell
from kmportal.inbox.models import Notice
from kmportal.people.models import Person, User
from kmportal.pictures.actions import attach

MOST_NAMED = 10


def settle(*, actor: User, message: Message) -> None:
    """In the caller's transaction, after the message is saved: pictures, and whom it names by "@"."""
    body = naming.linked(actor=actor, community=message.channel.community, html=message.body)
    body = attach(actor=actor, thing=message, html=body)
    if body != message.body:
        message.body = body
        message.save(update_fields=["body"])
    if message.is_shown and message.author_id is not None:
        tell_named(actor=actor, message=message)


def tell_named(*, actor: User, message: Message) -> None:
    """Tells whom the message names, each once: members who show themselves to the actor, and have not muted the channel."""
    handles = clean.named_in(message.body)[:MOST_NAMED]
    if not handles:
        return
    # All that a message has named count, or each change of it could name ten more.
    told = Notice.objects.filter(key=f"{MENTIONED}:{message.pk}").count()
    muted = Place.objects.filter(channel=message.channel_id, level=Place.Level.MUTE).values("user")
    members = message.channel.community.memberships.exclude(user__in=muted).exclude(user=actor).values("user")
    people = Person.objects.visible_to(actor).filter(handle__in=handles, user__in=members).select_related("user")
    users = [person.user for person in people.order_by("pk")[: max(0, MOST_NAMED - told)] if person.user is not None]
    tell(
        kind=MENTIONED, recipients=users, actor=actor, anonymous=message.anonymous, thing=message, key=str(message.pk),
        data={"quote": message.text[:200]},
    )  # fmt: skip


def tell_followers(*, actor: User | None, message: Message) -> None:
    """Tells those who want to hear of every message, unless a line about this channel stands unread in their inbox already.

    One line however much is said: a busy channel writes no hundred rows for each of them.
    """
    channel: Channel = message.channel
    following = Place.objects.filter(channel=channel, level=Place.Level.ALL)
    if not following.exists():
        return
    wanting = following.filter(user__memberships__community=channel.community_id)
    unread = Notice.objects.filter(group=f"{SAID}:{channel.pk}", read_at=None).values("recipient")
    # tell() leaves the actor out; one without a name is told like the others, or the gap would name them.
    users = list(User.objects.filter(pk__in=wanting.values("user")).exclude(pk__in=unread))
    if users:
        tell(
            kind=SAID, recipients=users, actor=actor, anonymous=message.anonymous, thing=channel, key=str(message.pk),
            group=str(channel.pk),
        )  # fmt: skip
