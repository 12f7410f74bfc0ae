"""What the views of the harvest stand on: the community, channel or draft of the address, if the reader belongs to it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from communities.harvest.models import TalkDraft
from communities.space import Space, inside
from communities.talk.models import Channel
from kmportal.people.models import User


def member(request: HttpRequest) -> User:
    """The signed-in account; a decorator that asks for one stands before every caller."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def channel_for(user: Any, slug: str, pk: int) -> Channel:
    channels = Channel.objects.visible_to(user).select_related("community")
    found: Channel = get_object_or_404(channels, pk=pk, community__slug=slug)
    return found


def channel_in_space(user: User, slug: str, pk: int) -> tuple[Space, Channel]:
    """Both in two queries.

    Raises:
        Http404, PermissionDenied: as space.inside.
    """
    channel = Channel.objects.visible_to(user).select_related("community").filter(pk=pk, community__slug=slug).first()
    if channel is None:
        inside(user, slug)
        raise Http404
    membership = user.memberships.filter(community=channel.community_id).first()
    return Space(channel.community, user, membership), channel


def draft_for(user: Any, slug: str, pk: int) -> TalkDraft:
    drafts = TalkDraft.objects.visible_to(user).present().select_related("channel__community", "lesson", "by")
    found: TalkDraft = get_object_or_404(drafts, pk=pk, channel__community__slug=slug)
    return found
