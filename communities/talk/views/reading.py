"""The page of a channel, what is pinned in it, and the permalink of a message."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from communities.talk import addresses
from communities.talk.actions.places import read_to
from communities.talk.models import Message
from communities.talk.presenting import page, stream
from communities.talk.views.ground import channel_for, frame, member, message_for


@login_required
@require_safe
def channel(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The newest, or what comes before or after a number. What one has looked at is read."""
    place, user = channel_for(request.user, slug, pk), member(request)
    shown = page.read(request, user, place)
    seq = shown["stream"].seq
    if request.method == "GET" and seq > shown["reader"].read_seq:
        read_to(actor=user, channel=pk, seq=seq)
    return render(request, "talk/channel.html", frame(request, place.community, place, **shown, **page.counts(user, place)))


@login_required
@require_safe
def pinned(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What facilitators pinned, newest first."""
    place = channel_for(request.user, slug, pk)
    reader = stream.reader_of(request.user, place)
    rows = Message.objects.visible_to(request.user).pinned_in(place).whole().order_by("-pinned_at")[:100]
    lines = [(message, stream.mine_of(reader, message)) for message in rows]
    return render(request, "talk/pinned.html", frame(request, place.community, place, lines=lines, reader=reader))


@login_required
@require_safe
def message(request: HttpRequest, slug: str, pk: int, message: int) -> HttpResponse:
    """The permalink: leads to the page of the channel on which the message stands."""
    return redirect(addresses.at(message_for(request.user, slug, pk, message)))
