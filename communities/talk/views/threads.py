"""Threads of a channel: their list, one of them, its beginning and its end."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from communities.talk.actions import threads as verbs
from communities.talk.actions.ground import TalkError
from communities.talk.forms.channels import ConclusionForm, ThreadForm
from communities.talk.forms.reading import ThreadListForm
from communities.talk.models import Message, Thread
from communities.talk.permissions import can_lead, can_write
from communities.talk.presenting import page as presenting
from communities.talk.views.ground import channel_for, frame, member, thread_for

READ_AND_WRITE = ["GET", "HEAD", "POST"]
PER_PAGE = 20
ORDERS = {"active": ("-last_activity", "-pk"), "new": ("-opened_at", "-pk"), "old": ("opened_at", "pk")}


@login_required
@require_safe
def threads(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Open ones, or resolved ones."""
    place, form = channel_for(request.user, slug, pk), ThreadListForm(request.GET)
    state, sort = form.value("state", "open"), form.value("sort", "active")
    found = Thread.objects.visible_to(request.user).filter(channel=place, resolved_at__isnull=state == "open")
    page = Paginator(found.select_related("opened_by__person__agency").order_by(*ORDERS[sort]), PER_PAGE).get_page(
        request.GET.get("page")
    )
    for row in page:
        row.channel = place
    may_write = can_write(request.user, place)
    shown = frame(request, place.community, place, page=page, state=state, sort=sort, may_write=may_write)
    return render(request, "talk/threads.html", shown)


@login_required
@require_safe
def thread(request: HttpRequest, slug: str, pk: int, thread: int) -> HttpResponse:
    """One thread, as its channel, but for what does not belong to it."""
    found = thread_for(request.user, slug, pk, thread)
    shown = presenting.read(request, member(request), found.channel, found)
    shown["may_lead_thread"] = can_lead(request.user, found)
    return render(request, "talk/thread.html", frame(request, found.channel.community, found.channel, **shown))


@login_required
@require_http_methods(READ_AND_WRITE)
def new(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Opens a thread; ?first=12 makes that message its first."""
    place = channel_for(request.user, slug, pk)
    if not can_write(request.user, place):
        raise PermissionDenied
    form = ThreadForm(request.POST or None, initial={"first": request.GET.get("first", "")[:15]})
    if form.is_valid():
        try:
            return redirect(verbs.open_thread(actor=member(request), channel=place.pk, **form.cleaned_data))
        except (TalkError, Message.DoesNotExist) as problem:
            form.add_error(None, str(getattr(problem, "words", verbs.GONE)))
    shown = frame(request, place.community, place, form=form)
    return render(request, "talk/new_thread.html", shown, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(READ_AND_WRITE)
def resolve(request: HttpRequest, slug: str, pk: int, thread: int) -> HttpResponse:
    """Ends a thread with what came out of it."""
    found = thread_for(request.user, slug, pk, thread)
    if not (can_lead(request.user, found) and can_write(request.user, found.channel)):
        raise PermissionDenied
    form = ConclusionForm(request.POST or None, thread=found)
    if form.is_valid():
        try:
            return redirect(verbs.resolve(actor=member(request), thread=found, conclusion=form.cleaned_data["conclusion"]))
        except TalkError as problem:
            form.add_error("conclusion", str(problem.words))
    shown = frame(request, found.channel.community, found.channel, form=form, thread=found)
    return render(request, "talk/resolve.html", shown, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(READ_AND_WRITE)
def rename(request: HttpRequest, slug: str, pk: int, thread: int) -> HttpResponse:
    """Another title."""
    found = thread_for(request.user, slug, pk, thread)
    if not (can_lead(request.user, found) and can_write(request.user, found.channel)):
        raise PermissionDenied
    form = ThreadForm(request.POST or None, initial={"title": found.title})
    if form.is_valid():
        return redirect(verbs.rename(actor=member(request), thread=found, title=form.cleaned_data["title"]))
    shown = frame(request, found.channel.community, found.channel, form=form, thread=found)
    return render(request, "talk/new_thread.html", shown, status=422 if form.is_bound else 200)
