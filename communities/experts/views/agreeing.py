"""A superior reads what somebody offers, agrees until a day, declines, or takes the agreement back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from communities.experts.actions import agreeing as verbs
from communities.experts.actions.ground import ExpertsError
from communities.experts.forms.offering import AgreementForm
from communities.experts.models import Offer
from communities.experts.views.ground import me, sent, writing

THANKS = {
    "agree": _("Thank you. The consultations are offered until the day you named."),
    "decline": _("Thank you. Whoever offered it reads your words; nothing is offered."),
    "withdraw": _("The agreement is taken back. From now on nobody can ask."),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """By the link of a mail."""
    try:
        offer = verbs.by_link(secret=secret, now=timezone.now())
    except Offer.DoesNotExist:
        return render(request, "experts/link_gone.html", status=404)
    return _page(request, offer)


@writing
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """By one's account, for those who come from the inbox."""
    try:
        return _page(request, verbs.own(actor=me(request), pk=pk))
    except Offer.DoesNotExist as error:
        raise Http404 from error


def _page(request: HttpRequest, offer: Offer) -> HttpResponse:
    form = AgreementForm(sent(request))
    if form.is_bound and form.is_valid():
        try:
            _act(offer, form.cleaned_data)
        except ExpertsError as problem:
            form.add_error(None, str(problem.words))
        else:
            messages.success(request, str(THANKS[form.cleaned_data["answer"]]))
            return redirect(request.path)
    shown = {"offer": offer, "form": form, "terms": offer.terms}
    return render(request, "experts/agreement.html", shown, status=422 if form.is_bound else 200)


def _act(offer: Offer, said: dict[str, Any]) -> None:
    if said["answer"] == "agree":
        verbs.agree(offer=offer, read=said["read"], until=said["until"], says=said["says"])
    elif said["answer"] == "decline":
        verbs.decline(offer=offer, read=said["read"], says=said["says"])
    else:
        verbs.withdraw(offer=offer, says=said["says"])
