"""One's own calendar across all spaces: the page, and the feed at a secret address."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.commons import ics
from communities.commons.actions import calendars as verbs
from communities.commons.models import Event, Rsvp
from communities.commons.presenting.events import with_answer
from communities.commons.views.ground import member
from kmportal.core.limits import allows

PER_PAGE, MOST = 20, 500
KEPT = timedelta(days=90)
FETCHES_AN_HOUR = 120


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    return _page(request)


@login_required
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """A new secret address, shown this once."""
    token = verbs.make_key(actor=member(request))
    response = _page(request, address=request.build_absolute_uri(reverse("calendar_feed", args=[token])))
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    verbs.revoke_key(actor=member(request))
    return redirect("commons:calendar")


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What the owner of the address may read now; nothing of spaces they have left, and not what they declined."""
    owner = verbs.owner_of(token)
    if owner is None:
        raise Http404
    if not allows(f"calendar {owner.pk}", "calendar", FETCHES_AN_HOUR, 3600):
        return HttpResponse(_("Too many calls. Try again later."), status=429, content_type="text/plain; charset=utf-8")
    rows = with_answer(Event.objects.visible_to(owner).filter(ends_at__gt=timezone.now() - KEPT), owner)
    shown = [
        (one, one.my_answer == Rsvp.Answer.YES) for one in rows.order_by("starts_at")[:MOST] if one.my_answer != Rsvp.Answer.NO
    ]
    response = HttpResponse(ics.calendar(shown, name=ics.site_calendar_name()), content_type=ics.TYPE)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _page(request: HttpRequest, **more: Any) -> HttpResponse:
    user = member(request)
    rows = with_answer(Event.objects.visible_to(user), user).to_come(timezone.now())
    listing = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    key = getattr(user, "calendar_key", None)
    return render(request, "commons/calendar.html", {"listing": listing, "key": key, **more})
