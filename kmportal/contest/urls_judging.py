"""Appointing judges, giving entries to them, judging."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
