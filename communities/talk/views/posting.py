"""Writing into a channel: by form, or by a script where sockets are blocked."""

from typing import Any

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communities.talk import addresses, gates, mentionable
from communities.talk.actions.ground import TalkError
from communities.talk.actions.sending import send
from communities.talk.answers import ack, refused
from communities.talk.forms.messages import SayForm
from communities.talk.models import Channel, Message, Thread
from communities.talk.permissions import can_write
from communities.talk.sockets.limits import may_say
from communities.talk.views import wire
from communities.talk.views.ground import channel_for, frame, member
from kmportal.core.limits import allows

LOOKS_A_MINUTE = 90


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """POST sends and leads to the message, or acknowledges it as JSON; GET is a page with the whole editor."""
    if _is_script(request) and not request.FILES:
        return wire.say(request, slug=slug, pk=pk)
    return write(request, slug=slug, pk=pk)


@login_required
def write(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The same for people, and for scripts that send files."""
    place = channel_for(request.user, slug, pk)
    if not can_write(request.user, place):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, place, _empty(request, place))
    form = SayForm(request.POST, request.FILES, channel=place)
    try:
        said = _sent(request, place, form)
    except TalkError as problem:
        form.add_error("body", str(problem.words))
        said = None
    if _is_script(request):
        return JsonResponse(ack(said) if said else refused(form.data.get("cid"), form.problem()))
    return _to(request, said) if said else _page(request, place, form)


def _empty(request: HttpRequest, place: Channel) -> SayForm:
    asked = {name: request.GET.get(name, "") for name in ("thread", "quote")}
    wanted = {name: key for name, key in asked.items() if key.isdecimal() and len(key) < 16}
    thread = place.threads.filter(pk=wanted.get("thread", 0)).values_list("pk", flat=True).first()
    return SayForm(channel=place, initial=wanted | {"promise": gates.composer(request.user, place, thread).promise})


def _to(request: HttpRequest, said: Message) -> HttpResponse:
    if said.is_shown:
        return HttpResponseRedirect(addresses.newest(said, said.thread))
    flash.success(request, _("Your message is stored. Others see it when the round is revealed."))
    return redirect(said.channel)


def _sent(request: HttpRequest, place: Channel, form: SayForm) -> Message | None:
    if not form.is_valid():
        return None
    if not may_say(request.user.pk or 0):
        form.add_error("body", _("That was a lot at once. Wait a moment, then send it again."))
        return None
    try:
        return send(actor=member(request), channel=place.pk, words=form.words(), uploads=form.uploads())
    except Thread.DoesNotExist as gone:
        raise Http404 from gone


def _page(request: HttpRequest, place: Channel, form: SayForm) -> HttpResponse:
    shown: dict[str, Any] = {"form": form}
    return render(request, "talk/say.html", frame(request, place.community, place, **shown), status=422 if form.is_bound else 200)


@login_required
@require_safe
def people(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """?q=…: members who can be named by "@", as JSON."""
    place = channel_for(request.user, slug, pk)
    if not allows(f"member {request.user.pk}", "mention", LOOKS_A_MINUTE):
        return JsonResponse({"people": []}, status=429)
    found = mentionable.people(request.user, place.community, request.GET.get("q", ""))
    return JsonResponse({"people": found})
