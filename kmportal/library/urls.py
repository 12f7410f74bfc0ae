"""Addresses of the library's lists. Pages themselves are served by Wagtail, last in kmportal.urls."""

from django.urls import URLPattern

app_name = "library"
urlpatterns: list[URLPattern] = []
