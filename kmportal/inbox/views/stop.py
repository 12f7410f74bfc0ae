"""The link at the end of each mail: stops mails of its kind without signing in. The signed word in the address is the only proof."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kmportal.inbox import actions, tokens


# Mail programs send the POST of RFC 8058 themselves, without a page and a cookie before it. All it can do is what the word says.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, word: str) -> HttpResponse:
    """GET asks, because programs that check links open them too; POST does it, as often as it is sent."""
    found = tokens.holder(word)
    if found is None:
        return render(request, "inbox/stop.html", {"kind": None}, status=404)
    person, kind = found
    if request.method == "POST":
        actions.stop_mail(person=person, kind=kind.code)
    return render(request, "inbox/stop.html", {"kind": kind, "done": request.method == "POST"})
