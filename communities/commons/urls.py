"""Addresses of what members share."""

from django.urls import path

from communities.commons.views import announcements, calendars, documents, events, items, polls
from kmportal.core import keys  # noqa: F401 - makes the converter "key" known

app_name = "commons"
SPACE = "communities/<slug:slug>"
A, E, P, D, T = (f"{SPACE}/{kind}/" for kind in ("announcements", "calendar", "polls", "documents", "actions"))
urlpatterns = [
    path("me/actions/", items.mine, name="mine"),
    path("me/calendar/", calendars.mine, name="calendar"),
    path("me/calendar/address/", calendars.make, name="calendar_make"),
    path("me/calendar/address/revoke/", calendars.revoke, name="calendar_revoke"),
    path(A, announcements.announcements, name="announcements"),
    path(f"{A}new/", announcements.new, name="announcement_new"),
    path(f"{A}<key:pk>/", announcements.announcement, name="announcement"),
    path(f"{A}<key:pk>/edit/", announcements.edit, name="announcement_edit"),
    path(f"{A}<key:pk>/read/", announcements.read, name="announcement_read"),
    path(f"{A}<key:pk>/remind/", announcements.remind, name="announcement_remind"),
    path(f"{A}<key:pk>/delete/", announcements.delete, name="announcement_delete"),
    path(f"{A}<key:pk>/restore/", announcements.restore, name="announcement_restore"),
    path(E, events.events, name="events"),
    path(f"{E}new/", events.new, name="event_new"),
    path(f"{E}<key:pk>/", events.event, name="event"),
    path(f"{E}<key:pk>/edit/", events.edit, name="event_edit"),
    path(f"{E}<key:pk>/cancel/", events.cancel, name="event_cancel"),
    path(f"{E}<key:pk>/answer/", events.answer, name="event_answer"),
    path(f"{E}<key:pk>/ics/", events.file, name="event_file"),
    path(P, polls.polls, name="polls"),
    path(f"{P}new/", polls.new, name="poll_new"),
    path(f"{P}<key:pk>/", polls.poll, name="poll"),
    path(f"{P}<key:pk>/close/", polls.close, name="poll_close"),
    path(f"{P}<key:pk>/delete/", polls.delete, name="poll_delete"),
    path(f"{P}<key:pk>/restore/", polls.restore, name="poll_restore"),
    path(D, documents.documents, name="documents"),
    path(f"{D}new/", documents.new, name="document_new"),
    path(f"{D}<key:pk>/", documents.document, name="document"),
    path(f"{D}<key:pk>/edit/", documents.edit, name="document_edit"),
    path(f"{D}<key:pk>/version/", documents.version, name="document_version"),
    path(f"{D}<key:pk>/<key:number>/file/", documents.download, name="document_file"),
    path(f"{D}<key:pk>/delete/", documents.delete, name="document_delete"),
    path(f"{D}<key:pk>/restore/", documents.restore, name="document_restore"),
    path(T, items.items, name="items"),
    path(f"{T}new/", items.new, name="item_new"),
    path(f"{T}<key:pk>/", items.item, name="item"),
    path(f"{T}<key:pk>/done/", items.complete, name="item_done"),
    path(f"{T}<key:pk>/reopen/", items.reopen, name="item_reopen"),
    path(f"{T}<key:pk>/move/", items.move, name="item_move"),
    path(f"{T}<key:pk>/hand-over/", items.hand_over, name="item_hand_over"),
]
