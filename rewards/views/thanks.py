"""Thanks: one button, and a few words if one likes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rewards import thankable
from rewards.actions import thanking
from rewards.thankable import Thankable
from rewards.views.points import _me


def _kind(code: str) -> Thankable:
    kind = thankable.kind_of(code)
    if kind is None:
        raise Http404
    return kind


def _back(kind: Thankable, request: HttpRequest, key: int) -> str:
    return kind.place(kind.visible(request.user).get(pk=key))


@login_required
@require_POST
def thank(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Says thanks, and goes back to where the thing stands."""
    kind = _kind(code)
    try:
        thanking.thank(actor=_me(request), kind=kind, key=key, words=request.POST.get("words", ""))
    except ObjectDoesNotExist:
        raise Http404 from None
    except thanking.TooManyWords as problem:
        messages.error(request, str(problem.words))
        return redirect(_back(kind, request, key))
    messages.success(request, _("Your thanks have been delivered."))
    return redirect(_back(kind, request, key))


@login_required
@require_POST
def take_back(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Takes it back."""
    kind = _kind(code)
    try:
        thanking.take_back_thanks(actor=_me(request), kind=kind, key=key)
    except ObjectDoesNotExist:
        raise Http404 from None
    return redirect(_back(kind, request, key))
