"""Writing below a question, and changing what one wrote."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kmportal.core.dates import clock
from kmportal.core.limits import allows
from qa.actions import answering, asking
from qa.actions.ground import QaError
from qa.forms.posts import BodyForm, PostForm, edit_form
from qa.models import Comment
from qa.models.posts import Post
from qa.permissions import can_answer, can_comment, can_edit, question_of
from qa.presenting import thread
from qa.views.ground import keeps_order, member, post_for, question_for, to

READ_AND_WRITE = ["GET", "HEAD", "POST"]
DRAFTS_A_MINUTE = 40


@login_required
@require_http_methods(READ_AND_WRITE)
@keeps_order
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of an answer, on the page of its question. The button "save" keeps it as a draft."""
    user, question = member(request), question_for(request.user, pk)
    if not can_answer(user, question):
        raise PermissionDenied
    draft = thread.draft_of(user, question)
    form = BodyForm(request.POST if request.method == "POST" else None, question=question, initial=thread.initial(draft))
    if form.is_valid():
        try:
            if "save" in request.POST:
                asking.save_draft(actor=user, question=question, body=form.html)
                return to(question, "saved")
            return to(answering.answer(actor=user, question=question, body=form.html))
        except QaError as problem:
            form.add_error("body", str(problem.words))
    page = thread.read(request, question, form=form, draft=draft)
    return render(request, "qa/question.html", page, status=422 if form.is_bound else 200)


@login_required
@require_POST
def keep_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps an answer while somebody writes it; answers with the time in words."""
    user, question = member(request), question_for(request.user, pk)
    form = BodyForm(request.POST, question=question)
    if not allows(f"member {user.pk}", "draft", DRAFTS_A_MINUTE):
        return JsonResponse({"kept": ""}, status=429)
    if not form.is_valid():
        return JsonResponse({"kept": _("The draft is too long to be kept.")}, status=400)
    kept = asking.save_draft(actor=user, question=question, body=form.html)
    return JsonResponse({"kept": _("Draft kept at %(time)s") % {"time": clock(kept.saved_at)} if kept else ""})


@login_required
@require_http_methods(READ_AND_WRITE)
def comment(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A comment on a question or an answer, on a page of its own."""
    user, post = member(request), post_for(request.user, kind, pk)
    if isinstance(post, Comment):
        raise Http404
    if not can_comment(user, question_of(post)):
        raise PermissionDenied
    form = BodyForm(request.POST or None, question=question_of(post))
    if form.is_valid():
        try:
            return to(answering.comment(actor=user, post=post, body=form.html))
        except QaError as problem:
            form.add_error("body", str(problem.words))
    return _page(request, "qa/comment.html", post, form)


@login_required
@require_http_methods(READ_AND_WRITE)
def edit(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Changes a post, with a note on what changed and why."""
    user, post = member(request), post_for(request.user, kind, pk)
    if not can_edit(user, post):
        raise PermissionDenied
    form = edit_form(post, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            form.write(actor=user)
            messages.success(request, _("Your change is saved. The version before stands in the history."))
            return to(post)
        except QaError as problem:
            form.add_error(None, str(problem.words))
    return _page(request, "qa/edit.html", post, form)


def _page(request: HttpRequest, template: str, post: Post, form: BodyForm | PostForm) -> HttpResponse:
    shown: dict[str, Any] = {"form": form, "post": post, "question": question_of(post), "kind": post._meta.model_name}
    return render(request, template, shown, status=422 if form.is_bound else 200)
