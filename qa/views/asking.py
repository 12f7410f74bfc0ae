"""The ask page: the form, what was asked before, and the draft."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.models import Community
from kmportal.core.dates import clock
from kmportal.core.limits import allows
from kmportal.library.visibility import Visibility
from kmportal.people.models import User
from qa import likeness
from qa.actions import asking
from qa.actions.ground import QaError
from qa.forms.asking import AskForm, about_named, name_of
from qa.forms.posts import BodyForm
from qa.models import Draft
from qa.models.posts import LONGEST_TITLE
from qa.views.ground import member as me
from qa.views.ground import question_for

LOOKS_A_MINUTE, DRAFTS_A_MINUTE = 60, 40
LONGEST_TYPED = 300
KEEP = "draft"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """?title=… and ?about=page-12 fill the form; a draft comes first. POST asks, or keeps the draft."""
    user = me(request)
    if request.method != "POST":
        return _begin(request, user)
    form = AskForm(request.POST, user=user)
    if request.POST.get("act") == KEEP:
        return _keep(request, user, form)
    if not form.is_valid():
        return _show(request, form, status=400)
    if not form.cleaned_data["seen"] and (before := likeness.to(form.cleaned_data["title"], user, sure=True)):
        return _show(request, form, before=before)
    return _send(request, user, form)


def _send(request: HttpRequest, user: User, form: AskForm) -> HttpResponse:
    try:
        question = asking.ask(actor=user, words=form.words(), circle=form.circle(), anonymous=form.is_anonymous)
    except QaError as problem:
        form.add_error("community" if isinstance(problem, asking.HiddenCommunity) else None, problem.words)
        return _show(request, form, status=400)
    messages.success(request, _("Your question is sent. You will hear of each answer."))
    return redirect(question.get_absolute_url())


def _begin(request: HttpRequest, user: User) -> HttpResponse:
    title, about = _named(request, user)
    draft = Draft.objects.visible_to(user).filter(question=None).first()
    if draft is None:
        return _show(request, AskForm(user=user, initial={"title": title, "about": about, **_inside(request, user)}))
    # Somebody who came with other words must see that these wait, and that the older ones are not lost.
    other = {"title": title, "about": about} if (title and title != draft.title) or about else None
    return _show(request, AskForm.of_draft(draft, user), draft=draft, other=other)


def _inside(request: HttpRequest, user: User) -> dict[str, Any]:
    """?community=… begins a question in one of the person's communities, for its members."""
    slug = request.GET.get("community", "").replace("\x00", "")[:60]
    own = Community.objects.of(user).living().filter(slug=slug).first() if slug else None
    return {"community": own.pk, "visibility": Visibility.COMMUNITY.value} if own else {}


def _named(request: HttpRequest, user: User) -> tuple[str, str]:
    data = request.POST if request.method == "POST" else request.GET
    thing = about_named(data.get("about", ""), user)
    title = " ".join(data.get("title", "").replace("\x00", "").split())[:LONGEST_TITLE]
    return title, name_of(thing) if thing else ""


def _show(request: HttpRequest, form: AskForm, *, status: int = 200, **more: Any) -> HttpResponse:
    draft: Draft | None = more.get("draft")
    kept_at = draft.saved_at if draft else None
    return render(request, "qa/ask.html", {"form": form, "kept_at": kept_at, **more}, status=status)


def _keep(request: HttpRequest, user: User, form: AskForm) -> HttpResponse:
    try:
        draft = asking.save_draft(actor=user, title=form.draft_title(), body=form.draft_body(), fields=form.draft_fields())
    except (QaError, ValidationError):
        form.is_valid()
        return _show(request, form, status=400)
    messages.success(request, _("Your draft is kept. Nobody else sees it.") if draft else _("There is nothing to keep yet."))
    return redirect("qa:ask")


@login_required
@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Keeps the form while somebody writes; answers with the time in words."""
    form = AskForm(request.POST, user=me(request))
    return _kept(request, lambda: {"title": form.draft_title(), "body": form.draft_body(), "fields": form.draft_fields()})


@login_required
@require_POST
def answer_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for an answer."""
    question = question_for(request.user, pk)
    form = BodyForm(request.POST, question=question)
    return _kept(request, lambda: {"question": question, "body": form.begun()})


def _kept(request: HttpRequest, read: Callable[[], dict[str, Any]]) -> HttpResponse:
    user = me(request)
    if not allows(f"member {user.pk}", "draft", DRAFTS_A_MINUTE):
        return JsonResponse({"kept": ""}, status=429)
    try:
        kept = asking.save_draft(actor=user, **read())
    except (QaError, ValidationError):
        return JsonResponse({"kept": _("The draft is too long to be kept.")}, status=400)
    return JsonResponse({"kept": _("Draft kept at %(time)s") % {"time": clock(kept.saved_at)} if kept else ""})


@login_required
@require_POST
def discard_draft(request: HttpRequest) -> HttpResponse:
    """Begins anew, with the words that somebody came with."""
    user = me(request)
    asking.discard_draft(actor=user)
    title, about = _named(request, user)
    return redirect(reverse("qa:ask", query={name: value for name, value in (("title", title), ("about", about)) if value}))


@login_required
@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """?q=…: what was asked and learnt before, as a piece of HTML; empty where there is nothing, or too much is asked."""
    user = me(request)
    typed = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_TYPED]
    found = likeness.to(typed, user) if allows(f"member {user.pk}", "similar", LOOKS_A_MINUTE) else []
    return render(request, "qa/_similar.html", {"before": found})
