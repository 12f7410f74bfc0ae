"""Saying what is wrong with a post, with a reason."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qa.actions import reporting
from qa.actions.ground import QaError
from qa.forms.posts import ReasonForm
from qa.models import Report
from qa.permissions import can_report, question_of
from qa.views.ground import member, post_for, to


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, kind: str, pk: int, why: str) -> HttpResponse:
    """“Did not work for me", "out of date", or a flag for the moderators."""
    if why not in Report.Kind.values:
        raise Http404
    user, post, said = member(request), post_for(request.user, kind, pk), Report.Kind(why)
    if not can_report(user, post, said):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            reporting.report(actor=user, post=post, kind=said, reason=form.cleaned_data["reason"])
            messages.success(request, _thanks(said))
            return to(post)
        except QaError as problem:
            form.add_error("reason", str(problem.words))
    shown = {"form": form, "post": post, "question": question_of(post), "why": why, "kind": kind}
    return render(request, "qa/report.html", shown, status=422 if form.is_bound else 200)


def _thanks(kind: Report.Kind) -> str:
    if kind == Report.Kind.FLAG:
        return _("Thank you. The moderators will look at it.")
    return _("Thank you. The author and the moderators read your reason. The author is not told who wrote it.")
