"""Looking up who asked without a name."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from qa.actions.revealing import look_up_author
from qa.forms.revealing import LookUpForm
from qa.permissions import can_look_up
from qa.views.ground import member, question_for, to


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the reason; then the name stands on the page of the question, for this moderator alone."""
    user, question = member(request), question_for(request.user, pk)
    if not can_look_up(user, question):
        raise PermissionDenied
    form = LookUpForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        look_up_author(actor=user, question=question, why=form.cleaned_data["why"])
        return to(question)
    return render(request, "qa/who.html", {"form": form, "question": question}, status=422 if form.is_bound else 200)
