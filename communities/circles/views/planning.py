"""The screen on which a circle that has not begun is planned anew."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.circles.actions import replanning
from communities.circles.actions.ground import NotNow
from communities.circles.forms import PlanForm
from communities.circles.method_forms import RoundForms, rounds_for, rounds_from
from communities.circles.models import Circle
from communities.circles.permissions import can_lead
from communities.circles.views.ground import circle_for, member, space_for
from communities.talk.actions.ground import TalkError


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Title, hour and rounds of a circle in its lobby, for those who lead it."""
    circle = circle_for(request.user, slug, pk)
    if not can_lead(request.user, circle):
        raise PermissionDenied
    if circle.state != Circle.State.LOBBY:
        messages.error(request, NotNow.words)
        return redirect(circle)
    form = PlanForm(request.POST or None, initial=_plan(circle))
    rounds: Any = RoundForms(request.POST or None, prefix="rounds", initial=rounds_for(replanning.rounds_of(circle)))
    if request.method == "POST" and form.is_valid() and rounds.is_valid() and _replanned(request, circle, form, rounds):
        messages.success(request, _("The plan is changed."))
        return redirect(circle)
    bad = bool(form.errors) or (rounds.is_bound and bool(rounds.total_error_count()))
    words = {"space": space_for(request.user, slug), "circle": circle, "form": form, "rounds": rounds}
    return render(request, "circles/plan.html", words, status=400 if bad else 200)


def _plan(circle: Circle) -> dict[str, Any]:
    words: dict[str, Any] = {"title": circle.title, "topic": circle.topic, "seen": replanning.plan_of(circle)}
    if circle.starts_at is not None:
        starts = timezone.localtime(circle.starts_at)
        words |= {"day": starts.date(), "hour": starts.time()}
    return words


def _replanned(request: HttpRequest, circle: Circle, form: PlanForm, rounds: Any) -> bool:
    words = form.cleaned_data
    try:
        changed = replanning.Changed(
            title=words["title"], topic=words["topic"], starts_at=form.starts_at(), rounds=rounds_from(rounds)
        )
        replanning.replan(actor=member(request), circle=circle.pk, seen=words["seen"], plan=changed)
    except ValidationError as bad:
        form.add_error(None, bad)
        return False
    except TalkError as refused:
        form.add_error(None, refused.words)
        return False
    return True
