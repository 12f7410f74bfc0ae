"""The popular vote, results, gallery, certificates."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
