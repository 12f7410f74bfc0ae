"""My duties, my deputies, and when I am away; a deputy's view of a duty."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.experts.actions import duties as verbs
from communities.experts.forms.duties import AwayForm, DeputyForm, DutyForm
from communities.experts.models import Absence, Duty
from communities.experts.views.ground import me, page, reading, sent, step, tried, writing, written


@writing
def duties(request: HttpRequest) -> HttpResponse:
    """All of mine, what is missing in them, whom I stand in for, and when I am away."""
    user = me(request)
    form = AwayForm(sent(request))
    if written(form, lambda: verbs.be_away(actor=user, **form.cleaned_data)):
        messages.success(request, _("Your page says now who stands in."))
        return redirect("experts:duties")
    rows = Duty.objects.visible_to(user).select_related("deputy", "owner")
    mine, others = [one for one in rows if one.owner_id == user.pk], [one for one in rows if one.owner_id != user.pk]
    away = Absence.objects.visible_to(user).filter(owner=user, ends__gte=timezone.localdate())
    gaps = sum(not one.has_deputy for one in mine)
    return page(request, "duties.html", form=form, duties=mine, others=others, absences=away, gaps=gaps)


@writing
def new(request: HttpRequest) -> HttpResponse:
    return _edit(request, None)


@writing
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, _mine(request, pk))


def _edit(request: HttpRequest, duty: Duty | None) -> HttpResponse:
    user = me(request)
    form = DutyForm.of(duty, user, sent(request))

    def save() -> Any:
        words = form.cleaned_data
        return verbs.save_duty(actor=user, name=words["name"], parts=form.parts(), deputy=words["deputy"], duty=duty)

    if written(form, save):
        messages.success(request, _("Saved. A new deputy is asked."))
        return redirect("experts:duties")
    return page(request, "duty_edit.html", form=form, duty=duty)


@reading
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """One duty, for its owner and its deputy."""
    found = get_object_or_404(Duty.objects.visible_to(request.user).select_related("owner", "deputy"), pk=pk)
    return page(request, "duty.html", duty=found, is_mine=found.owner_id == request.user.pk, form=DeputyForm())


@reading
def kit(request: HttpRequest) -> HttpResponse:
    """All my duties on one page, for paper."""
    mine = Duty.objects.visible_to(request.user).filter(owner=me(request)).select_related("deputy")
    return page(request, "kit.html", duties=mine, today=timezone.localdate())


@step
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    tried(request, lambda: verbs.remove_duty(actor=me(request), duty=found), said=_("Taken away."))
    return redirect("experts:duties")


@step
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """A deputy's word."""
    found = get_object_or_404(Duty.objects.visible_to(request.user).select_related("owner"), pk=pk)
    form = DeputyForm(request.POST)
    if not form.is_valid():
        raise Http404
    stands, says = form.cleaned_data["answer"] == "yes", form.cleaned_data["says"]
    verb = lambda: verbs.answer_deputy(actor=me(request), duty=found, stands=stands, says=says)  # noqa: E731 - said twice otherwise
    tried(request, verb, said=_("Thank you. The other side is told."))
    return redirect(found if stands else "experts:duties")


@step
def back(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Absence.objects.visible_to(request.user).filter(owner=me(request)), pk=pk)
    tried(request, lambda: verbs.be_back(actor=me(request), absence=found), said=_("Taken away."))
    return redirect("experts:duties")


def _mine(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(Duty.objects.visible_to(request.user).filter(owner=me(request)).select_related("deputy"), pk=pk)
