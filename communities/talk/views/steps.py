"""Verbs of one button. A script may ask for JSON; without one they lead back to where the button stands."""

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.talk import addresses
from communities.talk.actions import changing, channels, marking, places
from communities.talk.actions import threads as threading
from communities.talk.forms.channels import LevelForm, OrderForm
from communities.talk.forms.steps import PinForm, ReactForm, ReadForm
from communities.talk.models import Channel, Place, Reaction
from communities.talk.views.ground import channel_for, community_for, member, message_for, steps, thread_for


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


@steps
def react(request: HttpRequest, slug: str, pk: int, message: int) -> HttpResponse:
    """Says a word of one press about a message, or takes it back: what was pressed is pressed off."""
    found, form = message_for(request.user, slug, pk, message), ReactForm(request.POST)
    if not form.is_valid():
        raise Http404
    kind = Reaction.Kind(form.cleaned_data["kind"])
    on = form.wanted(found, member(request))
    marking.react(actor=member(request), message=found, kind=kind, on=on)
    return JsonResponse({"on": on}) if _is_script(request) else HttpResponseRedirect(addresses.at(found))


@steps
def pin(request: HttpRequest, slug: str, pk: int, message: int) -> HttpResponse:
    """Pins a message, or takes the pin out."""
    found, form = message_for(request.user, slug, pk, message), PinForm(request.POST)
    on = form.wanted(found)
    marking.pin(actor=member(request), message=found, on=on)
    return JsonResponse({"on": on}) if _is_script(request) else HttpResponseRedirect(addresses.at(found))


@steps
def restore(request: HttpRequest, slug: str, pk: int, message: int) -> HttpResponse:
    """Brings a deleted message back."""
    found = message_for(request.user, slug, pk, message)
    changing.restore(actor=member(request), message=found)
    return JsonResponse({"on": True}) if _is_script(request) else HttpResponseRedirect(addresses.at(found))


@steps
def read(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Read up to a number."""
    place, form = channel_for(request.user, slug, pk), ReadForm(request.POST)
    if form.is_valid():
        places.read_to(actor=member(request), channel=place.pk, seq=form.cleaned_data["seq"])
    return HttpResponse(status=204) if _is_script(request) else redirect(place)


@steps
def read_all(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything in the channels of a community is read."""
    community = community_for(request.user, slug)
    places.read_all(actor=member(request), community=community)
    return redirect("talk:channels", slug)


@steps
def level(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """How much one hears of a channel."""
    place, form = channel_for(request.user, slug, pk), LevelForm(request.POST)
    if not form.is_valid():
        raise Http404
    places.set_level(actor=member(request), channel=place.pk, level=Place.Level(form.cleaned_data["level"]))
    flash.success(request, _("Your choice is kept."))
    return redirect(place)


@steps
def order(request: HttpRequest, slug: str) -> HttpResponse:
    """A channel one place up or down."""
    community, form = community_for(request.user, slug), OrderForm(request.POST)
    if not form.is_valid():
        raise Http404
    there = list(Channel.objects.visible_to(request.user).filter(community=community).order_by("position", "pk"))
    channels.order_channels(actor=member(request), community=community, keys=form.keys(there))
    return redirect("talk:channels", slug)


@steps
def close_channel(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Nothing more is said in it."""
    return redirect(channels.close_channel(actor=member(request), channel=channel_for(request.user, slug, pk).pk))


@steps
def reopen_channel(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Goes on with a closed channel."""
    return redirect(channels.reopen_channel(actor=member(request), channel=channel_for(request.user, slug, pk).pk))


@steps
def reopen_thread(request: HttpRequest, slug: str, pk: int, thread: int) -> HttpResponse:
    """Goes on with a resolved thread."""
    return redirect(threading.reopen(actor=member(request), thread=thread_for(request.user, slug, pk, thread)))
