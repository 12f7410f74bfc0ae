"""The shop, one's own redemptions, and the receipt."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rewards import sealing, shop
from rewards.actions.ground import ShopError
from rewards.actions.redeeming import cancel, redeem
from rewards.models import Redemption, Reward
from rewards.permissions import can_keep_shop
from rewards.shop_forms import RedeemForm
from rewards.views.points import _me as me

PER_PAGE = 20
# A code or a voucher is on these pages: not even the reader's own browser keeps them.
NOWHERE = "private, no-store"


@login_required
@require_safe
def rewards(request: HttpRequest) -> HttpResponse:
    """What there is, what one has, and what is on its way."""
    user, kind = me(request), str(request.GET.get("kind", ""))
    kind = kind if kind in Reward.Kind.values else ""
    points = shop.available(user)
    mine = shop.redemptions(user)
    context = {"cards": shop.cards(user, points, kind), "points": points, "kind": kind, "kinds": Reward.Kind.choices}
    running = mine.filter(state__in=Redemption.OPEN_STATES).prefetch_related("events").first()
    steps = shop.steps(running, running.events.all()) if running else []
    keeps = can_keep_shop(user)
    return render(request, "rewards/shop.html", context | {"running": running, "steps": steps, "keeps": keeps})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reward(request: HttpRequest, pk: int) -> HttpResponse:
    """One reward: what it costs and leaves, and the button."""
    user = me(request)
    shown = get_object_or_404(Reward.objects.visible_to(user), pk=pk)
    form = RedeemForm(request.POST or None, initial={"key": uuid4(), "price": shown.price})
    if form.is_valid() and (made := _redeemed(request, shown, form)) is not None:
        return redirect(made)
    card = shop.card(shown, shop.available(user), timezone.now())
    context = {"reward": shown, "card": card, "terms": shop.terms(user, shown), "form": form, "keeps": can_keep_shop(user)}
    return render(request, "rewards/reward.html", context)


def _redeemed(request: HttpRequest, shown: Reward, form: RedeemForm) -> Redemption | None:
    """The redemption; None where it was refused, which is said on the form."""
    try:
        made = redeem(actor=me(request), reward=shown, at=timezone.now(), **form.cleaned_data)
    except ShopError as error:
        form.add_error(None, error.words)
        return None
    messages.success(request, _("Your request is sent. You are told when it is decided."))
    return made


@login_required
@require_safe
def picture(request: HttpRequest, pk: int) -> FileResponse:
    """The picture of a reward, to those who may see it: files are never served by their own addresses."""
    shown = get_object_or_404(Reward.objects.visible_to(request.user), pk=pk)
    storage = shown.picture.storage
    if not shown.picture.name or not storage.exists(shown.picture.name):
        raise Http404
    answer = FileResponse(storage.open(shown.picture.name), content_type="image/webp")
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


@login_required
@require_safe
def redemptions(request: HttpRequest) -> HttpResponse:
    """One's own, the open ones first."""
    page = Paginator(shop.redemptions(me(request)), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "rewards/redemptions.html", {"page": page})


def _own(request: HttpRequest, pk: int) -> Redemption:
    found = Redemption.objects.visible_to(me(request)).select_related("reward", "voucher")
    return get_object_or_404(found, pk=pk)


@login_required
@require_safe
def redemption(request: HttpRequest, pk: int) -> HttpResponse:
    """Where one's redemption is, with the code or the voucher. Kept by nobody."""
    shown = _own(request, pk)
    voucher = getattr(shown, "voucher", None)
    context: dict[str, Any] = {"redemption": shown, "steps": shop.steps(shown, shown.events.all())}
    context["voucher"] = sealing.unseal(voucher.sealed) if voucher else ""
    if shown.code:
        context["scan"] = request.build_absolute_uri(reverse("rewards:desk_scan", args=[shown.code]))
    answer = render(request, "rewards/redemption.html", context)
    answer.headers["Cache-Control"] = NOWHERE
    return answer


@login_required
@require_POST
def cancel_redemption(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the request back."""
    shown = _own(request, pk)
    try:
        cancel(actor=me(request), redemption=shown, at=timezone.now())
        messages.success(request, _("Cancelled. Your points are back, in full."))
    except ShopError as error:
        messages.error(request, error.words)
    return redirect(shown)


@login_required
@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """For paper: to the person, and to those who keep the shop."""
    user = me(request)
    found = Redemption.objects.at_desk_of(user) | Redemption.objects.visible_to(user)
    found = found.filter(state=Redemption.State.DONE).select_related(
        "reward", "person", "agency", "handed_by", "hold__settlement"
    )
    shown = get_object_or_404(found, pk=pk)
    answer = render(request, "rewards/redemption_receipt.html", {"redemption": shown, "keeps": can_keep_shop(user)})
    answer.headers["Cache-Control"] = NOWHERE
    return answer
