"""The buttons of circles: one address for each verb, one view for all. With script the answer is short and the frame is fetched anew."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.circles import forms
from communities.circles.actions import groups, joining, moving, opening, speaking, turns, voting, withdrawing
from communities.circles.models import Circle
from communities.circles.views.ground import back_to, circle_for, member
from communities.talk.actions.ground import TalkError


@dataclass(frozen=True)
class Act:
    """A verb and the form of its arguments; `whole`: it is not about one circle but about what it is given."""

    verb: Callable[..., Any]
    form: type[Any] = forms.Nothing
    whole: bool = False


ACTS = {
    "join": Act(joining.join, forms.JoinForm), "leave": Act(joining.leave), "role": Act(opening.give_role, forms.RoleForm),
    "cancel": Act(opening.cancel, forms.WhyForm), "begin": Act(moving.start), "next": Act(moving.advance, forms.Seen),
    "reveal": Act(moving.reveal, forms.Seen), "time": Act(moving.add_time, forms.Clock), "until": Act(moving.set_end, forms.Until),
    "ask": Act(moving.ask_more, forms.RescueForm), "wrap-up": Act(moving.wrap_up, forms.Seen), "close": Act(moving.close),
    "raise": Act(turns.raise_hand, forms.Seen), "lower": Act(turns.lower_hand, forms.TurnForm),
    "call": Act(turns.call, forms.CallForm), "up": Act(turns.move_up, forms.TurnForm),
    "everybody": Act(turns.everybody_in_turn, forms.Seen), "divide": Act(groups.divide, forms.SizeForm),
    "put": Act(groups.put, forms.PutForm), "offer": Act(voting.offer, forms.OfferForm),
    "drop": Act(voting.take_away, forms.ChoiceForm), "vote": Act(voting.cast, forms.ChoiceForm),
    "unvote": Act(voting.take_back, forms.ChoiceForm), "held": Act(speaking.change_held, forms.HeldForm),
    "withdraw": Act(withdrawing.withdraw, forms.MessageForm, whole=True),
}  # fmt: skip


@login_required
@require_POST
def act(request: HttpRequest, slug: str, pk: int, verb: str) -> HttpResponse:
    """Does one thing; refused with words, nothing has changed."""
    circle = circle_for(request.user, slug, pk)
    if verb not in ACTS:
        raise Http404
    form = ACTS[verb].form(request.POST)
    refused = _try(request, circle, ACTS[verb], form) if form.is_valid() else _first_error(form)
    if request.headers.get("X-Frame"):
        return JsonResponse({"words": str(refused)}, status=409 if refused else 200)
    if refused:
        messages.error(request, refused)
    return redirect(back_to(request, circle))


def _try(request: HttpRequest, circle: Circle, wanted: Act, form: Any) -> Any:
    """Why it was not done; nothing: it was."""
    place = {} if wanted.whole else {"circle": circle.pk}
    try:
        wanted.verb(actor=member(request), **place, **form.cleaned_data)
    except TalkError as refused:
        return refused.words
    except ObjectDoesNotExist as gone:
        raise Http404 from gone
    return ""


def _first_error(form: Any) -> Any:
    return next((errors[0] for errors in form.errors.values()), _("Load the page anew and try again."))
