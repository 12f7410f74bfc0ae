"""Addresses of the library. Pages themselves stand in kmportal.library.urls_pages, last in kmportal.urls."""

from django.urls import URLPattern, path

from kmportal.core import keys  # noqa: F401 - makes the converter "key" known
from kmportal.library.urls_lifecycle import urlpatterns as lifecycle
from kmportal.library.views import history, items, lists, pages, qr

app_name = "library"
urlpatterns: list[URLPattern] = [
    path("library/", lists.library, name="list"),
    path("library/items/<key:pk>/", items.item, name="item"),
    path("pmqa/<str:number>/", lists.category, name="category"),
    path("s/<key:pk>/", pages.short, name="short"),
    path("l/<key:pk>/", pages.short, name="short_lesson"),
    path("qr/<key:pk>.svg", qr.qr, name="qr"),
    path("history/<key:pk>/", history.history, name="history"),
    *lifecycle,
]
