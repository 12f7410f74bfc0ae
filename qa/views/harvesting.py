"""From an accepted answer to a lesson draft."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from kmportal.library.actions.lessons import LessonError
from kmportal.library.permissions import can_make_lesson, can_work_on
from qa.actions import harvesting
from qa.actions.ground import QaError
from qa.models import Answer
from qa.views.ground import answer_step, member, to

NEW = _("A lesson draft was made. Complete it, then hand it in.")
BEFORE = _("A lesson was made from this answer before. Here it is.")
THANKS = _("Thank you. The draft is made; the coordinators have been told and finish it.")


@answer_step
def lesson(request: HttpRequest, post: Answer) -> HttpResponse:
    """Makes the draft, or finds the one that was made; who can work on it goes there, others come back."""
    user = member(request)
    try:
        page, is_new = harvesting.harvest(actor=user, answer=post)
    except (QaError, LessonError) as problem:
        messages.error(request, str(problem.words))
        return to(post)
    if can_make_lesson(user) and can_work_on(user, page):
        messages.success(request, NEW if is_new else BEFORE)
        return redirect("wagtailadmin_pages:edit", page.pk)
    messages.success(request, THANKS)
    return to(post)
