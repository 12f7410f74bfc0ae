"""Addresses of pictures: without a language, since texts keep them for good (core.clean knows their form)."""

from django.urls import path, re_path

from kmportal.pictures import views

app_name = "pictures"
urlpatterns = [
    path("", views.put_in, name="put_in"),
    re_path(r"^(?P<uuid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/(?P<size>small|large)$", views.show, name="show"),
]
