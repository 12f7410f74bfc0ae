"""Closing a question that was asked before; deleting posts and restoring them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qa.actions import closing
from qa.actions.closing import delete as take_away
from qa.actions.ground import QaError
from qa.forms.closing import DeleteForm, OriginalForm
from qa.models import Question
from qa.permissions import can_close, can_delete, question_of
from qa.presenting import originals
from qa.views.ground import KINDS, member, post_for, question_for, step, to

READ_AND_WRITE = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(READ_AND_WRITE)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the question that was asked before, by words or number, then close this one with a link to it."""
    user, question = member(request), question_for(request.user, pk)
    if not can_close(user, question):
        raise PermissionDenied
    form = OriginalForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        try:
            closing.close_as_duplicate(actor=user, question=question, original=form.cleaned_data["original"])
            return to(question, "closed")
        except QaError as problem:
            form.add_error("original", str(problem.words))
    words = request.POST.get("q", "") if form.is_bound else request.GET.get("q", "")
    shown = {"question": question, "form": form, "words": words, "found": originals.find(user, question, words)}
    return render(request, "qa/close.html", shown, status=422 if form.is_bound else 200)


@step
def reopen(request: HttpRequest, post: Question) -> HttpResponse:
    closing.reopen(actor=member(request), question=post)
    messages.success(request, _("The question is open again."))
    return to(post)


@login_required
@require_http_methods(READ_AND_WRITE)
def delete(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Takes a post out of sight; moderators say why."""
    user, post = member(request), post_for(request.user, kind, pk)
    if not can_delete(user, post):
        raise PermissionDenied
    form = DeleteForm(request.POST if request.method == "POST" else None, own=post.author_id == user.pk)
    if form.is_valid():
        take_away(actor=user, post=post, why=form.cleaned_data["why"])
        return to(question_of(post), f"deleted-{kind}-{pk}")
    shown = {"form": form, "post": post, "question": question_of(post), "kind": kind}
    return render(request, "qa/delete.html", shown, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(READ_AND_WRITE)
def restore(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Brings a deleted post back. Not there for those who may not."""
    post = KINDS[kind].objects.deleted_for(request.user).filter(pk=pk).first()
    if post is None:
        raise Http404
    if request.method == "POST":
        closing.restore(actor=member(request), post=post)
        messages.success(request, _("It is back in its place."))
    return redirect(post.get_absolute_url())
