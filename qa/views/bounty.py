"""Offering points for an answer, and giving them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qa.actions import bounty
from qa.actions.bounty import open_bounty
from qa.actions.ground import QaError
from qa.forms.bounty import BountyForm
from qa.models import Question
from qa.permissions import can_give_bounty, can_offer_bounty
from qa.presenting import bounties
from qa.views.closing import READ_AND_WRITE
from qa.views.ground import member, post_for, question_for, to


@login_required
@require_http_methods(READ_AND_WRITE)
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """What it means and what one has, then how many."""
    user, question = member(request), question_for(request.user, pk)
    if not can_offer_bounty(user, question):
        raise PermissionDenied
    means = bounties.means(user)
    form = BountyForm(request.POST if request.method == "POST" else None, amounts=means.amounts)
    if form.is_valid() and _offered(request, question, form):
        return to(question)
    shown = {"question": question, "form": form, "means": means}
    return render(request, "qa/bounty.html", shown, status=422 if form.is_bound else 200)


def _offered(request: HttpRequest, question: Question, form: BountyForm) -> bool:
    """Whether it was; a refusal is said on the form."""
    try:
        bounty.offer(actor=member(request), question=question, points=form.cleaned_data["points"])
    except QaError as problem:
        form.add_error(None, str(problem.words))
        return False
    messages.success(request, _("Your points are laid aside. You can give them to an answer at any time within seven days."))
    return True


@login_required
@require_http_methods(READ_AND_WRITE)
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once more, because it is for good; then gives the whole bounty to this answer."""
    user, answer = member(request), post_for(request.user, "answer", pk)
    question = question_for(user, answer.question_id)  # type: ignore[union-attr]  # an answer, by its kind
    running = open_bounty(question)
    if running is None or not can_give_bounty(user, running):
        raise PermissionDenied
    if request.method == "POST":
        try:
            bounty.give(actor=user, answer=answer)  # type: ignore[arg-type]  # the same
            messages.success(request, _("The bounty is given."))
        except QaError as problem:
            messages.error(request, str(problem.words))
        return to(answer)
    return render(request, "qa/bounty_give.html", {"question": question, "answer": answer, "bounty": running})
