"""Live talk without a socket: asking what came, and saying something, both answered in JSON."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from communities.talk import frames
from communities.talk.answers import answer
from communities.talk.forms.wire import AfterForm
from communities.talk.models import Channel
from communities.talk.sockets.limits import may_poll
from kmportal.people.models import User


def _language() -> str:
    return "en" if (get_language() or "th").startswith("en") else "th"


@require_GET
def events(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What came after a number. 401 signed out, 404 not theirs to read, 429 asked too often."""
    if not isinstance(request.user, User):
        return JsonResponse({}, status=401)
    channel = get_object_or_404(Channel.objects.of(request.user, slug), pk=pk)
    if not may_poll(request.user.pk):
        return JsonResponse({}, status=429)
    return JsonResponse(frames.since(request.user, channel, AfterForm(request.GET).after_seq(), _language()))


@require_POST
def say(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """`ack` or `refused`, as by socket."""
    if not isinstance(request.user, User):
        return JsonResponse({}, status=401)
    channel = get_object_or_404(Channel.objects.of(request.user, slug), pk=pk)
    return JsonResponse(answer(request.user, channel.pk, request.POST.dict(), _language()))
