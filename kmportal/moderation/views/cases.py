"""The queue of those who decide, and a case."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kmportal.moderation import permissions, presenting
from kmportal.moderation.actions import appealing, deciding
from kmportal.moderation.actions.ground import DecidedMeanwhile, ModerationError
from kmportal.moderation.forms import AgainForm, DecideForm, FilterForm, TakeForm
from kmportal.moderation.models import Case
from kmportal.moderation.views.ground import done, member


@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """?show=open|mine|appealed|decided & kind=…: what waits longest first; what is decided, the newest first."""
    user = member(request)
    if not permissions.has_queue(user):
        raise PermissionDenied(permissions.NOT_A_MODERATOR)
    form = FilterForm(request.GET)
    return render(request, "moderation/queue.html", presenting.queue(user, form) | {"form": form})


def _found(request: HttpRequest, pk: int) -> Case:
    found: Case = get_object_or_404(Case.objects.visible_to(request.user).select_related("assigned_to"), pk=pk)
    return found


def _show(request: HttpRequest, case: Case, form: Form | None = None) -> HttpResponse:
    shown = {"page": presenting.page(member(request), case), "case": case, "form": form or presenting.form_of(case)}
    return render(request, "moderation/case.html", shown, status=422 if form is not None else 200)


@login_required
@require_safe
def case(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _found(request, pk))


@login_required
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the case on, from nobody or from who had it as the page showed; or gives it up."""
    found, form = _found(request, pk), TakeForm(request.POST)
    try:
        if form.gives_up:
            deciding.give_up(actor=member(request), case=found)
        else:
            deciding.take_on(actor=member(request), case=found, over=form.had_by)
    except ModerationError as problem:
        messages.error(request, str(problem.words))
    return HttpResponseRedirect(found.get_absolute_url())


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    found, user = _found(request, pk), member(request)
    form = DecideForm(request.POST, kind=found.rules)
    if not done(form, None, lambda: deciding.decide(actor=user, case=found, **form.chosen())):
        return _late(request, found, Case.State.OPEN) or _show(request, found, form)
    messages.success(request, _("Decided. Both sides are told."))
    return HttpResponseRedirect(found.get_absolute_url())


@login_required
@require_POST
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Decides on the appeal."""
    found, user, form = _found(request, pk), member(request), AgainForm(request.POST)
    if not done(form, None, lambda: appealing.decide_appeal(actor=user, case=found, **form.chosen())):
        return _late(request, found, Case.State.APPEALED) or _show(request, found, form)
    messages.success(request, _("Decided. Both sides are told."))
    return HttpResponseRedirect(found.get_absolute_url())


def _late(request: HttpRequest, case: Case, stage: Case.State) -> HttpResponse | None:
    """Back to the page, which shows what somebody else decided meanwhile, unless the case still waits for the answer that was given."""
    case.refresh_from_db()
    if case.state == stage:
        return None
    messages.error(request, str(DecidedMeanwhile.words))
    return HttpResponseRedirect(case.get_absolute_url())
