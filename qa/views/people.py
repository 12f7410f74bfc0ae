"""People to name by "@" in a text, and people to ask for an answer."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from kmportal.core.limits import allows
from qa import mentionable
from qa.views.asking import me

LOOKS_A_MINUTE = 90


@login_required
@require_safe
def names(request: HttpRequest) -> HttpResponse:
    """?q=…, with ?question=12 or the circle chosen in a form: people who may read it, as JSON."""
    user = me(request)
    if not allows(f"member {user.pk}", "mention", LOOKS_A_MINUTE):
        return JsonResponse({"people": []}, status=429)
    found = mentionable.people(user, mentionable.circle_of(request.GET, user), request.GET.get("q", ""))
    people = [{"url": person.get_absolute_url(), "name": str(person), "note": mentionable.note(person)} for person in found]
    return JsonResponse({"people": people})
