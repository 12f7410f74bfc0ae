"""The column beside a channel: the channels of the community, and how much in each of them is new to this reader."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from communities.models import Community
from communities.talk.models import Channel, Message, Place

MANY = 99


def channels(user: Any, community: Community) -> "list[Channel]":
    """Those that this person reads, open ones first, each with `unread`. One query."""
    found = with_unread(Channel.objects.visible_to(user).filter(community=community), user)
    rows = list(found.order_by("position", "pk"))
    for row in rows:
        row.community = community
    return sorted(rows, key=lambda row: not row.is_open)


def with_unread(found: "QuerySet[Channel]", user: Any) -> "QuerySet[Channel]":
    """Channels with the number of messages of others after one's place; nothing is new to who never was there."""
    place = Place.objects.filter(user=user, channel=OuterRef("channel")).values("read_seq")[:1]
    new = Message.objects.shown().present().filter(channel=OuterRef("pk"), seq__gt=Subquery(place)).exclude(author=user)
    number = new.order_by().values("channel").annotate(number=Count("pk")).values("number")
    return found.annotate(unread=Coalesce(Subquery(number, output_field=IntegerField()), Value(0)))


def unread_of(user: Any, community: Community) -> int:
    """The new messages in all open channels of a community. One query."""
    found = with_unread(Channel.objects.visible_to(user).filter(community=community).open(), user)
    rows: Any = found.order_by()
    return sum(rows.values_list("unread", flat=True))
