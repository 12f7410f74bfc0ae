"""Addresses of the harvest. The link of a mail needs no account: whoever holds it is whom the mail was written to."""

from django.urls import path, re_path

from communities.harvest.views import words

app_name = "harvest"
urlpatterns = [
    re_path(r"^word/(?P<secret>[\w-]{43})/$", words.by_link, name="by_link"),
    path("words/<key:pk>/", words.own, name="word"),
]
