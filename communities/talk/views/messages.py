"""Changing, deleting and reporting a message; its history, and who said what of it."""

from typing import Any

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communities.talk.actions import changing, reporting
from communities.talk.actions.ground import TalkError
from communities.talk.forms.messages import DeleteForm, EditForm, ReportForm
from communities.talk.models import Message, Version
from communities.talk.permissions import can_delete, can_edit, can_report, can_write
from communities.talk.presenting import voices
from communities.talk.views.ground import frame, member, message_for

READ_AND_WRITE = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(READ_AND_WRITE)
def edit(request: HttpRequest, slug: str, pk: int, message: int) -> HttpResponse:
    """Changes what one wrote oneself."""
    found = message_for(request.user, slug, pk, message)
    if not (can_edit(request.user, found) and can_write(request.user, found.channel)):
        raise PermissionDenied
    form = EditForm(request.POST or None, message=found)
    if form.is_valid():
        try:
            return redirect(changing.edit(actor=member(request), message=found, body=form.cleaned_data["body"]))
        except TalkError as problem:
            form.add_error("body", str(problem.words))
    return _page(request, "talk/edit.html", found, form=form)


@login_required
@require_http_methods(READ_AND_WRITE)
def delete(request: HttpRequest, slug: str, pk: int, message: int) -> HttpResponse:
    """Takes a message out of sight, after a question."""
    found = message_for(request.user, slug, pk, message)
    if not can_delete(request.user, found):
        raise PermissionDenied
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            changing.take_out(actor=member(request), message=found, why=form.cleaned_data["why"])
            return redirect(found)
        except TalkError as problem:
            form.add_error("why", str(problem.words))
    return _page(request, "talk/delete.html", found, form=form, is_own=can_edit(request.user, found))


@login_required
@require_http_methods(READ_AND_WRITE)
def report(request: HttpRequest, slug: str, pk: int, message: int) -> HttpResponse:
    """Tells the facilitators what is wrong with a message."""
    found = message_for(request.user, slug, pk, message)
    if not can_report(request.user, found):
        raise PermissionDenied
    form = ReportForm(request.POST or None)
    if form.is_valid():
        reporting.report(actor=member(request), message=found, reason=form.cleaned_data["reason"])
        flash.success(request, _("Thank you. The facilitators will look at it."))
        return redirect(found)
    return _page(request, "talk/report.html", found, form=form)


@login_required
@require_safe
def history(request: HttpRequest, slug: str, pk: int, message: int) -> HttpResponse:
    """How a message read before it was changed."""
    found = message_for(request.user, slug, pk, message)
    versions = Version.objects.visible_to(request.user).filter(message=found)
    return _page(request, "talk/history.html", found, versions=versions)


@login_required
@require_safe
def who(request: HttpRequest, slug: str, pk: int, message: int) -> HttpResponse:
    """Who said what of a message by one press."""
    found = message_for(request.user, slug, pk, message)
    return _page(request, "talk/who.html", found, tallies=[] if found.is_deleted else voices.tallies(found))


def _page(request: HttpRequest, template: str, found: Message, **more: Any) -> HttpResponse:
    shown = frame(request, found.channel.community, found.channel, message=found, **more)
    bound = getattr(more.get("form"), "is_bound", False)
    return render(request, template, shown, status=422 if bound else 200)
