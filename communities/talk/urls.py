"""Addresses of channels, inside a community."""

from django.urls import URLPattern, URLResolver, include, path

from communities.talk.views import channels, files, messages, posting, reading, search, steps, threads, wire
from kmportal.core import keys  # noqa: F401 - makes the converter "key" known

app_name = "talk"

of_message: list[URLPattern | URLResolver] = [
    path("", reading.message, name="message"),
    path("edit/", messages.edit, name="edit"),
    path("delete/", messages.delete, name="delete"),
    path("restore/", steps.restore, name="restore"),
    path("history/", messages.history, name="history"),
    path("who/", messages.who, name="who"),
    path("report/", messages.report, name="report"),
    path("react/", steps.react, name="react"),
    path("pin/", steps.pin, name="pin"),
]
of_thread: list[URLPattern | URLResolver] = [
    path("", threads.thread, name="thread"),
    path("resolve/", threads.resolve, name="resolve"),
    path("rename/", threads.rename, name="rename"),
    path("reopen/", steps.reopen_thread, name="reopen_thread"),
]
of_channel: list[URLPattern | URLResolver] = [
    path("", reading.channel, name="channel"),
    path("say/", posting.say, name="say"),
    path("events/", wire.events, name="events"),
    path("people/", posting.people, name="people"),
    path("read/", steps.read, name="read"),
    path("level/", steps.level, name="level"),
    path("settings/", channels.change, name="settings"),
    path("close/", steps.close_channel, name="close"),
    path("reopen/", steps.reopen_channel, name="reopen"),
    path("pinned/", reading.pinned, name="pinned"),
    path("search/", search.search, name="search"),
    path("files/<uuid:uuid>/<str:name>", files.download, name="file"),
    path("threads/", threads.threads, name="threads"),
    path("threads/new/", threads.new, name="new_thread"),
    path("threads/<key:thread>/", include(of_thread)),
    path("m/<key:message>/", include(of_message)),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("communities/<slug:slug>/channels/", channels.channels, name="channels"),
    path("communities/<slug:slug>/channels/new/", channels.new, name="new_channel"),
    path("communities/<slug:slug>/channels/order/", steps.order, name="order"),
    path("communities/<slug:slug>/channels/read/", steps.read_all, name="read_all"),
    path("communities/<slug:slug>/channels/<key:pk>/", include(of_channel)),
]
