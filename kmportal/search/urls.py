"""Addresses of the search. The one for programs stands in kmportal.urls, without a language."""

from django.urls import URLPattern, path

from kmportal.search import views

app_name = "search"
urlpatterns: list[URLPattern] = [
    path("search/", views.search, name="page"),
    path("search/suggest/", views.suggest, name="suggest"),
    path("search/missing/", views.wanted, name="wanted"),
]
