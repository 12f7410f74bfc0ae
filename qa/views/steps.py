"""Verbs of one button: useful, works for me, accept, follow."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from qa.actions import accepting, following, marking
from qa.actions.ground import QaError
from qa.models import Answer, Comment, Question
from qa.models.posts import Post
from qa.views.ground import answer_step, member, step, to

TAKE_BACK = "0"
"""What the button of something already said sends."""


@step
def useful(request: HttpRequest, post: Post) -> HttpResponse:
    """Says that a question or an answer is useful, or takes that back."""
    if isinstance(post, Comment):
        raise Http404
    verb = marking.take_back_useful if request.POST.get("on") == TAKE_BACK else marking.mark_useful
    verb(actor=member(request), post=post)
    return to(post)


@answer_step
def works(request: HttpRequest, post: Answer) -> HttpResponse:
    """Says that one did what the answer says and it worked, or takes that back."""
    verb = marking.take_back_works_for_me if request.POST.get("on") == TAKE_BACK else marking.works_for_me
    verb(actor=member(request), answer=post)
    return to(post)


@answer_step
def accept(request: HttpRequest, post: Answer) -> HttpResponse:
    """The asker says which answer helped."""
    try:
        accepting.accept(actor=member(request), answer=post)
    except QaError as problem:
        messages.error(request, str(problem.words))
        return to(post)
    return to(post, "accepted")


@step
def unaccept(request: HttpRequest, post: Question) -> HttpResponse:
    """No answer is the accepted one any more."""
    before = post.accepted_id
    accepting.unaccept(actor=member(request), question=post)
    return to(post, f"unaccepted-{before}" if before else "")


@step
def follow(request: HttpRequest, post: Question) -> HttpResponse:
    if following.follow(actor=member(request), question=post):
        messages.success(request, _("You will hear of new answers to this question."))
    return to(post)


@step
def unfollow(request: HttpRequest, post: Question) -> HttpResponse:
    if following.unfollow(actor=member(request), question=post):
        messages.success(request, _("You no longer hear of what is new here."))
    return to(post)
