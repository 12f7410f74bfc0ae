"""Interviews of a space: the list, arranging one, its plan and its questions. And the list of those who are asked."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from communities.interviews.actions import arranging, sending
from communities.interviews.actions.ground import InterviewError
from communities.interviews.forms import PlanForm, QuestionsForm
from communities.interviews.permissions import can_ask
from communities.interviews.presenting import asked_of, listed_in
from communities.interviews.views.ground import Door, member, shown
from communities.space import inside


@login_required
@require_GET
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """Approved ones for members; all for those who ask and take notes."""
    space = inside(request.user, slug)
    page = listed_in(space.community, request.user, request.GET.get("page", ""))
    found = {"space": space, "page": page, "can_ask": can_ask(request.user, space.community)}
    return render(request, "interviews/list.html", found)


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Interviews that the reader is asked in."""
    return render(request, "interviews/mine_list.html", {"page": asked_of(request.user, request.GET.get("page", ""))})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """A new interview; then its questions."""
    space = inside(request.user, slug)
    if not can_ask(request.user, space.community):
        raise PermissionDenied
    form = PlanForm(request.POST if request.method == "POST" else None, community=space.community, asker=member(request))
    made = _written(
        form,
        lambda plan, version: arranging.arrange(actor=member(request), community=space.community, plan=plan, version=version),
    )
    if made:
        return redirect("interviews:space_questions", slug, made.pk)
    return render(request, "interviews/plan.html", {"space": space, "form": form}, status=422 if form.is_bound else 200)


def plan(request: HttpRequest, door: Door) -> HttpResponse:
    """Other words, another day, another expert."""
    hand, interview = door.writer, door.interview
    before = {name: getattr(interview, name) for name in ("title", "purpose", "language", "due_on")}
    before |= {"name": interview.expert_name, "email": interview.expert_email}
    sent = request.POST if request.method == "POST" else None
    form = PlanForm(sent, initial=before, community=interview.community, asker=member(request), new=False)
    if _written(form, lambda plan, _version: arranging.change_plan(actor=hand, plan=plan)):
        messages.success(request, _("Saved."))
        return redirect(door.page)
    return shown(request, "plan.html", door, form=form, status=422 if form.is_bound else 200)


def questions(request: HttpRequest, door: Door) -> HttpResponse:
    """All questions on one screen."""
    form = QuestionsForm(request.POST if request.method == "POST" else None, interview=door.interview)
    if door.writer and form.is_bound and form.is_valid():
        try:
            arranging.write_questions(actor=door.writer, questions=[arranging.Asked(*one) for one in form.asked()])
            return redirect(door.url("questions") if "more" in request.POST else door.page)
        except InterviewError as problem:
            form.add_error(None, str(problem.words))
    return shown(request, "questions.html", door, form=form, status=422 if form.is_bound else 200)


@require_POST
def renew(request: HttpRequest, secret: str) -> HttpResponse:
    """A new link for one that ran out, mailed to the expert's own address. Says the same whatever the link was."""
    sending.renew(secret=secret)
    messages.success(request, _("If the link was yours, a new one is on its way to your mail."))
    return render(request, "interviews/link_gone.html", {"can_renew": False})


def _written(form: PlanForm, verb: Any) -> Any:
    """What the verb made of the plan; None where the form or the verb refused."""
    if not form.is_bound or not form.is_valid():
        return None
    said = dict(form.cleaned_data)
    method = said.pop("method", None)
    try:
        return verb(arranging.Plan(**said), method.current if method else None)
    except InterviewError as problem:
        form.add_error(None, str(problem.words))
        return None
