"""The channels of a community: their list, a new one, the words of one."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from communities.permissions import can_take_part, is_facilitator
from communities.talk.actions import channels as verbs
from communities.talk.actions.ground import TalkError
from communities.talk.forms.channels import ChannelForm
from communities.talk.models import Channel
from communities.talk.views.ground import channel_for, community_for, frame, member

READ_AND_WRITE = ["GET", "HEAD", "POST"]


@login_required
@require_safe
def channels(request: HttpRequest, slug: str) -> HttpResponse:
    """All of them, with what is new; facilitators put them in order here."""
    community = community_for(request.user, slug)
    return render(request, "talk/channels.html", frame(request, community))


@login_required
@require_http_methods(READ_AND_WRITE)
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Opens a channel."""
    community = community_for(request.user, slug)
    if not (is_facilitator(request.user, community) and can_take_part(request.user, community)):
        raise PermissionDenied
    form = ChannelForm(request.POST or None)
    if form.is_valid():
        try:
            return redirect(verbs.open_channel(actor=member(request), community=community, named=form.named()))
        except TalkError as problem:
            form.add_error("name", str(problem.words))
    shown = frame(request, community, form=form)
    return render(request, "talk/channel_form.html", shown, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(READ_AND_WRITE)
def change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Other words for a channel, and its end."""
    place = channel_for(request.user, slug, pk)
    if not (is_facilitator(request.user, place.community) and can_take_part(request.user, place.community)):
        raise PermissionDenied
    form = ChannelForm(request.POST or None, initial=_words(place))
    if form.is_valid():
        try:
            return redirect(verbs.change_channel(actor=member(request), channel=place.pk, named=form.named()))
        except TalkError as problem:
            form.add_error("name", str(problem.words))
    shown = frame(request, place.community, place, form=form)
    return render(request, "talk/channel_form.html", shown, status=422 if form.is_bound else 200)


def _words(place: Channel) -> dict[str, str]:
    return {"name": place.name, "name_en": place.name_en, "purpose": place.purpose}
