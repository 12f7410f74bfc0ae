"""Addresses of communities: /communities/ and what stands in each space, also of its parts."""

from django.urls import path

from communities.views import lists, spaces

app_name = "communities"
urlpatterns = [
    path("communities/", lists.communities, name="list"),
    path("communities/<slug:slug>/", spaces.space, name="space"),
]
