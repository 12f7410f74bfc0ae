"""Verbs of one button: useful, works for me, accept, follow. A script may ask for JSON; without one they lead back to the post."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qa.actions import accepting, following, marking
from qa.actions.ground import QaError
from qa.models import Answer, Comment, Question
from qa.models.posts import Post
from qa.views.ground import answer_step, member, step, to

TAKE_BACK = "0"
"""What the button of something already said sends."""


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


@step
def useful(request: HttpRequest, post: Post) -> HttpResponse:
    """Says that a question or an answer is useful, or takes that back."""
    if isinstance(post, Comment):
        raise Http404
    on = request.POST.get("on") != TAKE_BACK
    (marking.mark_useful if on else marking.take_back_useful)(actor=member(request), post=post)
    if not _is_script(request):
        return to(post)
    post.refresh_from_db(fields=["useful_count"])
    return JsonResponse({"on": on, "count": post.useful_count})


@answer_step
def works(request: HttpRequest, post: Answer) -> HttpResponse:
    """Says that one did what the answer says and it worked, or takes that back."""
    on = request.POST.get("on") != TAKE_BACK
    (marking.works_for_me if on else marking.take_back_works_for_me)(actor=member(request), answer=post)
    return JsonResponse({"on": on}) if _is_script(request) else to(post)


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
    """Hear of what is new below a question."""
    is_new = following.follow(actor=member(request), question=post)
    if _is_script(request):
        label, other = pgettext("question", "Following"), reverse("qa:unfollow", args=[post.pk])
        return JsonResponse({"on": True, "label": label, "action": other})
    if is_new:
        messages.success(request, _("You will hear of new answers to this question."))
    return to(post)


@step
def unfollow(request: HttpRequest, post: Question) -> HttpResponse:
    """And no longer."""
    is_gone = following.unfollow(actor=member(request), question=post)
    if _is_script(request):
        label, other = pgettext("question", "Follow"), reverse("qa:follow", args=[post.pk])
        return JsonResponse({"on": False, "label": label, "action": other})
    if is_gone:
        messages.success(request, _("You no longer hear of what is new here."))
    return to(post)
