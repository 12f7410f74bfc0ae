"""What all views of channels stand on: who acts, which channel, thread or message they mean, what the frame of the page needs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect

from communities.models import Community, Membership
from communities.space import Space
from communities.talk.models import Channel, Message, Thread
from communities.talk.presenting import side
from kmportal.people.models import User

View = Callable[..., HttpResponse]


def member(request: HttpRequest) -> User:
    """The signed-in account; a decorator that asks for one stands before every caller."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def channel_for(user: Any, slug: str, pk: int) -> Channel:
    """A channel of that community which this person reads, or 404."""
    found: Channel = get_object_or_404(Channel.objects.of(user, slug), pk=pk)
    return found


def message_for(user: Any, slug: str, pk: int, key: int) -> Message:
    """A message of that channel, with everything its template shows, or 404."""
    rows = Message.objects.visible_to(user).shown().filter(channel=pk, channel__community__slug=slug)
    found: Message = get_object_or_404(rows.whole(), pk=key)
    return found


def thread_for(user: Any, slug: str, pk: int, key: int) -> Thread:
    """A thread of that channel, or 404."""
    rows = Thread.objects.visible_to(user).filter(channel=pk, channel__community__slug=slug)
    found: Thread = get_object_or_404(
        rows.select_related("channel__community", "opened_by__person", "resolved_by__person"), pk=key
    )
    return found


def community_for(user: Any, slug: str) -> Community:
    """A community that this person is in, or 404."""
    if not user.is_authenticated:
        raise Http404
    found: Community = get_object_or_404(Community.objects.visible_to(user).filter(memberships__user=user), slug=slug)
    return found


def frame(request: HttpRequest, community: Community, channel: Channel | None = None, **more: Any) -> dict[str, Any]:
    """What templates/talk/base.html needs: the community, its channels, what this reader may do with them."""
    found = side.channels(request.user, community)
    reader = more.get("reader")
    user = member(request)
    mine = Membership.objects.visible_to(user).filter(community=community, user=user)
    membership = reader.membership if reader else mine.first()
    space = Space(community, request.user, membership)
    may_lead = space.is_facilitator and space.can_take_part
    return {"community": community, "space": space, "channel": channel, "channels": found, "may_lead": may_lead, **more}


def steps(view: View) -> View:
    """A verb behind a button: POST does it. Whoever comes by GET, after signing in, is led to the channels."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **keys: int) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.method == "POST":
            return view(request, slug, **keys)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        if "pk" in keys:
            return redirect(channel_for(request.user, slug, keys["pk"]))
        return redirect("talk:channels", community_for(request.user, slug).slug)

    return guarded
