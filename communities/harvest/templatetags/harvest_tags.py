"""The basket beside the talk."""

from typing import Any

from django import template

from communities.harvest.permissions import can_harvest, harvests_as
from communities.harvest.presenting import in_basket
from communities.talk.models import Channel

register = template.Library()
SHOWN = 5


@register.inclusion_tag("harvest/_beside.html", takes_context=True)
def basket_beside(context: dict[str, Any], channel: Channel) -> dict[str, Any]:
    """What lies in the basket of a channel, by field. At most three queries."""
    user = context["request"].user
    found = in_basket(channel, user)
    reader = context.get("reader")
    harvests = harvests_as(reader.membership, channel) if reader is not None else can_harvest(user, channel)
    return {**found, "channel": channel, "slug": channel.community.slug, "harvests": harvests}
