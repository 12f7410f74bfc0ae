"""The inbox and its settings."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kmportal.core.language import in_language
from kmportal.inbox import actions, presenting
from kmportal.inbox.forms import ChannelsForm, FilterForm, MarkForm
from kmportal.inbox.models import Notice
from kmportal.people.models import User


def _me(request: HttpRequest) -> User:
    """The signed-in account; login_required stands before every caller."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _back(request: HttpRequest, marked: datetime | None = None) -> HttpResponse:
    """To the list as it was filtered, with the offer to take the marking back."""
    query = QueryDict(request.POST.get("back", "")[:500], mutable=True)
    query.pop("marked", None)
    if marked:
        query["marked"] = marked.isoformat()
    return HttpResponseRedirect(reverse("inbox:list") + (f"?{query.urlencode()}" if query else ""))


@login_required
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """What happened for the reader, newest first."""
    form = FilterForm.of(_me(request), request.GET)
    kept = request.GET.copy()
    kept.pop("marked", None)
    shown: dict[str, Any] = {"form": form, "stretch": presenting.stretch(request.user, form), "back": kept.urlencode()}
    today = timezone.localdate()
    shown |= {"today": today, "yesterday": today - timedelta(days=1), "marked": form.value("marked")}
    shown |= {"only_unread": form.value("unread"), "kind": form.value("kind") or "", "before": form.value("before")}
    return render(request, "inbox/list.html", shown)


@login_required
@require_safe
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to what the notice is about, if the reader may still see it, and marks it read."""
    user = _me(request)
    notice = get_object_or_404(Notice.objects.visible_to(user), pk=pk)
    if request.method == "GET":
        actions.mark_read(actor=user, pk=notice.pk)
    return HttpResponseRedirect(in_language(notice.url, get_language()) if notice.url else reverse("inbox:list"))


@login_required
@require_POST
def mark_read(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One, or all up to the newest that was on the page."""
    user, form = _me(request), MarkForm(request.POST)
    if pk is not None:
        get_object_or_404(Notice.objects.visible_to(user), pk=pk)
    elif form.value("upto") is None:
        return _back(request)
    marked = actions.mark_read(actor=user, pk=pk, kind=form.value("kind") or "", upto=None if pk else form.value("upto"))
    return _back(request, marked)


@login_required
@require_POST
def mark_unread(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep one for later."""
    user = _me(request)
    if not actions.mark_unread(actor=user, pk=pk):
        raise Http404
    return _back(request)


@login_required
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Takes the last marking back."""
    user, form = _me(request), MarkForm(request.POST)
    if moment := form.value("moment"):
        actions.undo_read(actor=user, moment=moment)
    return _back(request)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def channels(request: HttpRequest) -> HttpResponse:
    """Which notices, and where."""
    user = _me(request)
    form = ChannelsForm.of(user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.set_channels(actor=user, wanted=form.wanted())
        messages.success(request, _("Your choice of notices is saved."))
        return redirect("inbox:settings")
    return render(request, "inbox/settings.html", {"form": form, "mail": user.email})
