"""Announcements of a space: list, one of them, writing, and what is done with them."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.commons.actions import announcements as verbs
from communities.commons.forms.announcements import AnnouncementForm
from communities.commons.models import Announcement
from communities.commons.permissions import manages
from communities.commons.presenting import announcements as presenting
from communities.commons.views.ground import (
    deleted,
    found,
    managing,
    member,
    page,
    reading,
    removed,
    sent,
    step,
    to,
    tried,
    written,
)
from communities.space import Space

PER_PAGE = 20


@reading
def announcements(request: HttpRequest, space: Space) -> HttpResponse:
    listing = Paginator(presenting.listed(space), PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request, "announcements.html", space, listing=listing, undo=removed(request, "commons:announcement_restore", space)
    )


@reading
def announcement(request: HttpRequest, space: Space, pk: int) -> HttpResponse:
    """Opening it is reading it, unless it must be read: then one says so by a button."""
    thing = found(space, Announcement.objects.visible_to(request.user).with_read(request.user).select_related("author"), pk)
    is_read = thing.is_read or verbs.mark_read(actor=member(request), announcement=thing)
    leads = manages(request.user, space.community)
    versions = thing.versions.select_related("editor") if thing.edited_at else []
    context = {
        "is_read": is_read,
        "manages": leads,
        "readers": presenting.readers(thing) if leads else None,
        "versions": versions,
    }
    return page(request, "announcement.html", space, announcement=thing, **context)


@managing
def new(request: HttpRequest, space: Space) -> HttpResponse:
    form = AnnouncementForm(sent(request))
    made = written(form, lambda: verbs.announce(actor=member(request), community=space.community, words=form.words()))
    return to(made) if made else page(request, "announcement_edit.html", space, form=form)


@managing
def edit(request: HttpRequest, space: Space, pk: int) -> HttpResponse:
    thing = found(space, Announcement.objects.visible_to(request.user), pk)
    form = AnnouncementForm.of(thing, sent(request))

    def verb() -> Any:
        seen = form.cleaned_data["seen"]
        return verbs.change_announcement(actor=member(request), announcement=thing, words=form.words(), seen=seen)

    made = written(form, verb)
    return to(made) if made else page(request, "announcement_edit.html", space, form=form, announcement=thing)


@step(Announcement.objects.visible_to)
def read(request: HttpRequest, space: Space, thing: Announcement) -> HttpResponse:
    verbs.mark_read(actor=member(request), announcement=thing, said=True)
    return to(thing)


@step(Announcement.objects.visible_to)
def remind(request: HttpRequest, space: Space, thing: Announcement) -> HttpResponse:
    said = _("Those who have not read it are reminded.")
    tried(request, lambda: verbs.remind(actor=member(request), announcement=thing), said=said)
    return to(thing)


@step(Announcement.objects.visible_to)
def delete(request: HttpRequest, space: Space, thing: Announcement) -> HttpResponse:
    verbs.delete_announcement(actor=member(request), announcement=thing)
    return deleted(thing, "commons:announcements")


@step(Announcement.objects.of_members)
def restore(request: HttpRequest, space: Space, thing: Announcement) -> HttpResponse:
    return redirect(verbs.restore_announcement(actor=member(request), announcement=thing))
