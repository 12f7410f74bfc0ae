"""The catalogue as rewards officers keep it: rewards, their state, the book of stock, vouchers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rewards import counter
from rewards.actions import catalogue
from rewards.actions.ground import NoReason, ShopError
from rewards.models import Reward, Voucher
from rewards.shop_forms import CorrectForm, ReasonForm, ReceiveForm, RewardForm, VouchersForm
from rewards.views.desk import csv_answer, for_keepers
from rewards.views.points import _me as me

PER_PAGE = 20


def _reward(request: HttpRequest, pk: int) -> Reward:
    return get_object_or_404(Reward.objects.visible_to(request.user), pk=pk)


@for_keepers
@require_safe
def rewards(request: HttpRequest) -> HttpResponse:
    """All of them, with what is left and what is laid aside."""
    page = Paginator(counter.rewards(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "rewards/desk_rewards.html", {"page": page})


@for_keepers
@require_http_methods(["GET", "HEAD", "POST"])
def reward(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new reward, or one that is changed."""
    shown = _reward(request, pk) if pk is not None else None
    form = RewardForm(request.POST or None, request.FILES or None, reader=request.user, instance=shown)
    if form.is_valid() and (written := _written(request, form, shown)) is not None:
        messages.success(request, _("Saved."))
        return redirect("rewards:desk_reward", written.pk)
    return render(request, "rewards/desk_reward.html", {"form": form, "reward": shown, "states": Reward.State.choices})


def _written(request: HttpRequest, form: RewardForm, shown: Reward | None) -> Reward | None:
    """The reward as it is now; None where it was refused, which is said on the form."""
    actor = me(request)
    try:
        with transaction.atomic():
            written = catalogue.write_reward(actor=actor, offer=form.offer(), reward=shown)
            if upload := form.cleaned_data["picture"]:
                catalogue.set_picture(actor=actor, reward=written, upload=upload)
    except ShopError as error:
        form.add_error(None, error.words)
    except ValidationError as error:
        form.add_error("picture", error)
    else:
        return written
    return None


@for_keepers
@require_POST
def state(request: HttpRequest, pk: int, value: str) -> HttpResponse:
    """Opens it, closes it, or makes it a draft again."""
    shown = _reward(request, pk)
    if value in Reward.State.values:
        catalogue.set_state(actor=me(request), reward=shown, state=Reward.State(value))
        messages.success(request, _("Saved."))
    return redirect("rewards:desk_reward", pk)


# --- Stock -----------------------------------------------------------------------------------------------------------------------
@for_keepers
@require_safe
def stock(request: HttpRequest, pk: int) -> HttpResponse:
    """The book of one reward, and its vouchers with their codes hidden."""
    return _book(request, _reward(request, pk))


def _book(request: HttpRequest, shown: Reward, **forms: Any) -> HttpResponse:
    page = Paginator(counter.movements(shown), PER_PAGE).get_page(request.GET.get("page"))
    free = shown.vouchers.free().order_by("-pk")
    vouchers = Paginator(free, PER_PAGE).get_page(request.GET.get("vouchers")) if shown.is_voucher else None
    context = {"reward": shown, "page": page, "vouchers": vouchers, "receive": ReceiveForm(), "correct": CorrectForm()}
    return render(request, "rewards/desk_stock.html", context | {"codes": VouchersForm()} | forms)


@for_keepers
@require_safe
def stock_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole book, the oldest line first."""
    return csv_answer(counter.movements_csv(counter.movements(_reward(request, pk)).order_by("pk")), f"stock-{pk}")


def _entered(request: HttpRequest, pk: int, name: str, form: Any, verb: Callable[..., Any]) -> HttpResponse:
    """One line of the book, or the form with the refusal."""
    shown = _reward(request, pk)
    if form.is_valid():
        try:
            verb(actor=me(request), reward=shown, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Written into the book."))
            return redirect("rewards:desk_stock", pk)
        except ShopError as error:
            form.add_error(None, error.words)
    return _book(request, shown, **{name: form})


@for_keepers
@require_POST
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    return _entered(request, pk, "receive", ReceiveForm(request.POST), catalogue.receive_stock)


@for_keepers
@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    return _entered(request, pk, "correct", CorrectForm(request.POST), catalogue.correct_stock)


@for_keepers
@require_POST
def vouchers(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes codes in."""
    shown, form = _reward(request, pk), VouchersForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            lines = form.cleaned_data["lines"]
            number = catalogue.add_vouchers(actor=me(request), reward=shown, codes=lines, at=timezone.now())
            messages.success(request, ngettext("%(n)s new code.", "%(n)s new codes.", number) % {"n": number})
            return redirect("rewards:desk_stock", pk)
        except ShopError as error:
            form.add_error(None, error.words)
    return _book(request, shown, codes=form)


@for_keepers
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes one free code out."""
    voucher = get_object_or_404(Voucher.objects.free().select_related("reward"), pk=pk)
    form = ReasonForm(request.POST)
    try:
        if not form.is_valid():
            raise NoReason
        catalogue.withdraw_voucher(actor=me(request), voucher=voucher, reason=form.cleaned_data["reason"], at=timezone.now())
        messages.success(request, _("Written into the book."))
    except ShopError as error:
        messages.error(request, error.words)
    return redirect("rewards:desk_stock", voucher.reward_id)
