"""The desk: the queue, one redemption, and handing over by code. For rewards officers; nobody else learns what is there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rewards import counter
from rewards.actions import desk
from rewards.actions.ground import ShopError
from rewards.models import Redemption
from rewards.permissions import can_keep_shop
from rewards.shop_forms import ChosenForm, CodeForm, QueueForm, ReasonForm
from rewards.views.points import _me as me

PER_PAGE = 20
View = Callable[..., HttpResponse]
VERBS: dict[str, Callable[..., Any]] = {"approve": desk.approve, "ready": desk.make_ready}


def for_keepers(view: View) -> View:
    """Signed in, and a rewards officer; the verbs ask again. What stands here is kept by no browser."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        if not can_keep_shop(request.user):
            raise PermissionDenied
        answer = view(request, *args, **more)
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    return guarded


@for_keepers
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Who waits for what."""
    form = QueueForm(request.GET)
    page = Paginator(counter.queue(request.user, form), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "tabs": counter.tabs(request.user, form), "code_form": CodeForm()}
    return render(request, "rewards/desk.html", context)


@for_keepers
@require_safe
def queue_csv(request: HttpRequest) -> HttpResponse:
    """The same rows for a spreadsheet."""
    return csv_answer(counter.redemptions_csv(counter.queue(request.user, QueueForm(request.GET))), "redemptions")


def csv_answer(text: str, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.csv"'
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition})


@for_keepers
@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """Approve several, or lay them ready; says which it was not done for, and why."""
    form = ChosenForm(request.POST, among=Redemption.objects.at_desk_of(request.user).select_related("reward", "person"))
    back = redirect(f"{reverse('rewards:desk')}?{request.GET.urlencode()}")
    if not form.is_valid():
        messages.error(request, _("Choose at least one."))
        return back
    chosen = form.cleaned_data["chosen"].oldest_first()
    outcome = desk.for_each(chosen, verb=VERBS[form.cleaned_data["act"]], actor=me(request), at=timezone.now())
    if outcome.done:
        messages.success(request, ngettext("%(n)s done.", "%(n)s done.", outcome.done) % {"n": outcome.done})
    for one, words in outcome.refused:
        messages.error(request, f"{one.person} · {one.reward}: {words}")
    return back


def _at_desk(request: HttpRequest, pk: int) -> Redemption:
    found = Redemption.objects.at_desk_of(request.user).select_related("reward", "person__agency", "agency", "handed_by")
    return get_object_or_404(found, pk=pk)


@for_keepers
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One redemption, what happened to it, and what can be done."""
    return _show(request, _at_desk(request, pk), ReasonForm())


def _show(request: HttpRequest, shown: Redemption, form: ReasonForm) -> HttpResponse:
    events = shown.events.select_related("actor")
    context = {"redemption": shown, "events": events, "form": form, "is_own": shown.person_id == me(request).pk}
    return render(request, "rewards/desk_redemption.html", context)


@for_keepers
@require_POST
def decide(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Approve, or lay ready."""
    shown = _at_desk(request, pk)
    try:
        VERBS[act](actor=me(request), redemption=shown, at=timezone.now())
        messages.success(request, _("Done. The person is told."))
    except ShopError as error:
        messages.error(request, error.words)
    return redirect("rewards:desk_redemption", pk)


@for_keepers
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """With a reason that the person reads."""
    shown, form = _at_desk(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, shown, form)
    try:
        desk.decline(actor=me(request), redemption=shown, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Declined. The points are back, and the person is told."))
    except ShopError as error:
        messages.error(request, error.words)
    return redirect("rewards:desk_redemption", pk)


# --- By code ---------------------------------------------------------------------------------------------------------------------
@for_keepers
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Type a code; what waits under it is shown before it is handed over."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        return _found(request, form, form.cleaned_data["code"], is_typed=True)
    return render(request, "rewards/desk_code.html", {"form": form})


@for_keepers
@require_safe
def scan(request: HttpRequest, text: str) -> HttpResponse:
    """The same by the address that the person's page shows as a picture: a phone that reads it opens this."""
    return _found(request, CodeForm({"code": text}), text, is_typed=False)


def _found(request: HttpRequest, form: CodeForm, text: str, *, is_typed: bool) -> HttpResponse:
    try:
        shown = desk.find_by_code(actor=me(request), text=text, at=timezone.now(), is_typed=is_typed)
    except ShopError as error:
        form.add_error("code", error.words)
        return render(request, "rewards/desk_code.html", {"form": form})
    context = {"redemption": shown, "code": text, "is_own": shown.person_id == me(request).pk}
    return render(request, "rewards/desk_hand_over.html", context)


@for_keepers
@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Against its code; the receipt follows."""
    shown, form = _at_desk(request, pk), CodeForm(request.POST)
    if not form.is_valid():
        return render(request, "rewards/desk_code.html", {"form": form})
    try:
        desk.hand_over(actor=me(request), redemption=shown, at=timezone.now(), **form.cleaned_data)
    except ShopError as error:
        messages.error(request, error.words)
        return redirect("rewards:desk_redemption", pk)
    messages.success(request, _("Handed over. The points are spent."))
    return redirect("rewards:receipt", pk)
