"""Screens of the people who keep content current: reviews waiting, pages due, confirm, archive, restore, report."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kmportal.core import dates
from kmportal.library.actions import review
from kmportal.library.actions.reminders import WARN_DAYS
from kmportal.library.forms.keeping import CommentForm, OutdatedForm, ReasonForm
from kmportal.library.models import KnowledgePage, OutdatedReport
from kmportal.library.permissions import can_keep_current
from kmportal.library.waiting import draft_of, history_of, sent_back_to, waiting_for

PER_PAGE = 20


@login_required
@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """What waits for this person: drafts of others to review, own drafts that came back, pages that are due, readers' reports."""
    kept = KnowledgePage.objects.kept_by(request.user)
    due = (
        kept.due_by(timezone.localdate() + timedelta(days=WARN_DAYS))
        .select_related("agency", "owner")
        .order_by("review_due", "pk")
    )
    reports = OutdatedReport.objects.filter(closed_at=None, page__in=kept.values("pk")).select_related("page", "reporter__agency")
    context = {
        "waiting": waiting_for(request.user),
        "sent_back": sent_back_to(request.user),
        "due": Paginator(due, PER_PAGE).get_page(request.GET.get("page")),
        "reports": reports[:PER_PAGE],
        "today": timezone.localdate(),
    }
    return render(request, "library/reviews.html", context)


@login_required
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft of somebody else: read it, approve it, or send it back."""
    page = get_object_or_404(KnowledgePage.objects.workable_by(request.user), pk=pk).specific
    task_state = page.current_workflow_task_state
    form = CommentForm(request.POST or None) if "send_back" in request.POST or request.method == "GET" else None
    if request.method == "POST" and (form is None or form.is_valid()):
        return _judged(request, page, form)
    context = {"page": page, "task_state": task_state, "form": form, **draft_of(page), "history": history_of(page)}
    if task_state is not None:
        context["refusal"] = task_state.task.specific.refusal(page, request.user, "approve")
        context["no_return"] = task_state.task.specific.refusal(page, request.user, "reject")
    return render(request, "library/judge.html", context)


def _judged(request: HttpRequest, page: Any, form: CommentForm | None) -> HttpResponse:
    try:
        if form is None:
            review.approve(actor=request.user, page=page, seen=_number(request.POST.get("seen", "")))
            messages.success(request, _("Approved and published."))
        else:
            review.send_back(actor=request.user, page=page, comment=form.cleaned_data["comment"])
            messages.success(request, _("Sent back with your comment."))
    except review.ReviewError as problem:
        messages.error(request, str(problem.words))
    return redirect("library:reviews")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


@login_required
@require_GET
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """One page, and what its keeper can do: it still holds, change it, archive it."""
    return render(request, "library/keep.html", _keeping(_kept(request, pk), ReasonForm()))


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    def step(page: KnowledgePage) -> str:
        due = review.confirm_still_correct(actor=request.user, page=page)
        return _("Confirmed. The next review is due on %(date)s.") % {"date": dates.full(due)}

    return _do(request, pk, step)


@login_required
@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return render(request, "library/keep.html", _keeping(_kept(request, pk), form), status=422)

    def step(page: KnowledgePage) -> str:
        review.archive(actor=request.user, page=page, reason=form.cleaned_data["reason"])
        return _("Archived. The address still works and shows your reason.")

    return _do(request, pk, step)


@login_required
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    def step(page: KnowledgePage) -> str:
        review.restore(actor=request.user, page=page)
        return _("Restored. It stands in the lists again.")

    return _do(request, pk, step)


@login_required
def report_outdated(request: HttpRequest, pk: int) -> HttpResponse:
    """A reader tells the owner that something no longer holds."""
    page = get_object_or_404(KnowledgePage.objects.visible_to(request.user), pk=pk).specific
    form = OutdatedForm(request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            review.report_outdated(actor=request.user, page=page, text=form.cleaned_data["text"])
        except review.ReviewError as refused:
            problem = str(refused.words)
        else:
            messages.success(request, _("Thank you. The owner has been told, and nobody else."))
            return redirect(page.url)
    return render(request, "library/outdated.html", {"page": page, "form": form, "problem": problem})


def _kept(request: HttpRequest, pk: int) -> Any:
    """The page, of its own type; "not found" to those who may not read it, "not allowed" to those who may but do not keep it."""
    page = get_object_or_404(KnowledgePage.objects.visible_to(request.user), pk=pk)
    if not can_keep_current(request.user, page):
        raise PermissionDenied
    return page.specific


def _keeping(page: Any, form: ReasonForm) -> dict[str, Any]:
    reports = page.outdated_reports.filter(closed_at=None).select_related("reporter__agency")
    return {"page": page, "form": form, "reports": reports, "history": history_of(page), "today": timezone.localdate()}


def _do(request: HttpRequest, pk: int, step: Callable[[KnowledgePage], str]) -> HttpResponse:
    page = _kept(request, pk)
    try:
        messages.success(request, step(page))
    except review.ReviewError as problem:
        messages.error(request, str(problem.words))
    return redirect("library:keep", pk)
