"""Addresses of the library's lists. Pages themselves are served by Wagtail, last in kmportal.urls."""

from django.urls import URLPattern

from kmportal.library.urls_lifecycle import urlpatterns as lifecycle

app_name = "library"
urlpatterns: list[URLPattern] = [*lifecycle]
