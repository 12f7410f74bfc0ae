"""The consultations that I offer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from communities.experts.actions import offering as verbs
from communities.experts.forms.offering import OfferForm
from communities.experts.models import Offer
from communities.experts.presenting import state_of
from communities.experts.views.ground import me, page, sent, step, tried, writing, written
from kmportal.people.models import User

VERBS: dict[str, tuple[Callable[[User], Any], Any]] = {
    "again": (lambda user: verbs.ask_again(actor=user), _("Asked again. The mail is on its way.")),
    "pause": (lambda user: verbs.pause(actor=user, paused=True), _("Paused. Nobody can ask you until you go on.")),
    "resume": (lambda user: verbs.pause(actor=user, paused=False), _("You can be asked again.")),
    "stop": (lambda user: verbs.stop_offering(actor=user), _("Not offered any more. What is agreed already stays.")),
}


@writing
def offer(request: HttpRequest) -> HttpResponse:
    """My offer: its terms, its state, and what can be done with it."""
    user = me(request)
    mine = Offer.objects.visible_to(user).filter(doctor=user).exclude(state=Offer.State.ENDED).first()
    form = OfferForm.of(mine, sent(request))
    if written(
        form, lambda: verbs.offer_consultations(actor=user, helps_with=form.cleaned_data["helps_with"], terms=form.terms())
    ):
        messages.success(request, str(_("Saved. Where the terms are new, your superior is asked.")))
        return redirect("experts:offer")
    return page(request, "offer.html", form=form, offer=mine, standing=state_of(mine) if mine else None)


@step
def change(request: HttpRequest, verb: str) -> HttpResponse:
    if verb not in VERBS:
        raise Http404
    act, said = VERBS[verb]
    user = me(request)
    tried(request, lambda: act(user), said=said)
    return redirect("experts:offer")
