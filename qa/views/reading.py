"""The page of a question, and the history of a post."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from qa.forms.posts import BodyForm
from qa.models import Question
from qa.permissions import question_of
from qa.presenting import histories, thread
from qa.views.ground import post_for, question_for


@require_safe
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """A question with all that stands below it. Of a deleted one, whoever may restore it sees what it was."""
    found = thread.found(request.user, pk)
    if found is not None:
        draft = thread.draft_of(request.user, found)
        form = BodyForm(question=found, initial=thread.initial(draft))
        return render(request, "qa/question.html", thread.read(request, found, form=form, draft=draft))
    gone = Question.objects.deleted_for(request.user).select_related(*thread.WITH).filter(pk=pk).first()
    if gone is None:
        raise Http404
    return render(request, "qa/gone.html", thread.read_gone(request, gone))


@require_safe
def short(request: HttpRequest, pk: int) -> HttpResponse:
    """/q/12/: for chat and paper."""
    return redirect(question_for(request.user, pk))


@login_required
@require_safe
def history(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """All versions of a post: who wrote what when, and what changed."""
    post = post_for(request.user, kind, pk)
    versions = histories.read(request.user, post)
    return render(request, "qa/history.html", {"post": post, "question": question_of(post), "versions": versions, "kind": kind})
