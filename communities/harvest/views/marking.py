"""Marking one message: choose what it tells."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.harvest.actions import marking
from communities.harvest.actions.ground import HarvestError
from communities.harvest.fields import Field
from communities.harvest.models import Mark
from communities.harvest.permissions import can_harvest, can_mark
from communities.harvest.views.ground import member
from communities.space import inside
from communities.talk.models import Message


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """GET shows the message and the fields of the lesson record; POST marks it and goes back to it."""
    space = inside(member(request), slug)
    message = _message(request, slug, pk)
    if not can_mark(space.user, message.channel):
        raise PermissionDenied
    problem = _marked(request, message) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        return redirect(message.get_absolute_url())
    found = {
        "message": message, "fields": list(Field), "marks": list(message.marks.all()), "problem": problem,
        "harvests": can_harvest(space.user, message.channel), "space": space,
    }  # fmt: skip
    return render(request, "harvest/keep.html", found, status=422 if problem else 200)


def _message(request: HttpRequest, slug: str, pk: int) -> Message:
    shown = Message.objects.visible_to(request.user).shown().present().select_related("channel__community", "author__person")
    found: Message = get_object_or_404(shown, pk=pk, channel__community__slug=slug)
    return found


def _marked(request: HttpRequest, message: Message) -> str:
    """Marks it; gives the words of what is wrong, empty where nothing is."""
    try:
        made = marking.mark(actor=member(request), message=message, field=request.POST.get("field", ""))
    except HarvestError as error:
        return str(error.words)
    messages.success(request, _("In the basket.") if made.is_confirmed else _("Marked. A note-taker looks at it."))
    return ""


@login_required
@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Takes a mark away; back to the basket."""
    user = member(request)
    marks = Mark.objects.visible_to(user).select_related("message__channel__community")
    found = get_object_or_404(marks, pk=pk, message__channel__community__slug=slug)
    try:
        marking.unmark(actor=user, mark=found)
    except HarvestError as error:
        messages.error(request, str(error.words))
    return redirect("harvest:basket", slug, found.message.channel_id)
