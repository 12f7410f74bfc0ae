"""Addresses of the harvest. The link of a mail needs no account: whoever holds it is whom the mail was written to."""

from django.urls import path, re_path

from communities.harvest.views import baskets, drafts, items, marking, words

app_name = "harvest"
urlpatterns = [
    re_path(r"^word/(?P<secret>[\w-]{43})/$", words.by_link, name="by_link"),
    path("words/<key:pk>/", words.own, name="word"),
    path("communities/<slug:slug>/harvest/", drafts.listed, name="drafts"),
    path("communities/<slug:slug>/harvest/<key:pk>/", drafts.edit, name="draft"),
    path("communities/<slug:slug>/harvest/<key:pk>/ask/", drafts.ask, name="ask"),
    path("communities/<slug:slug>/harvest/<key:pk>/hand-in/", drafts.hand_in, name="hand_in"),
    path("communities/<slug:slug>/harvest/<key:pk>/drop/", drafts.drop, name="drop"),
    path("communities/<slug:slug>/harvest/<key:pk>/to-do/<key:statement>/", items.to_do, name="to_do"),
    path("communities/<slug:slug>/channels/<key:pk>/basket/", baskets.basket, name="basket"),
    path("communities/<slug:slug>/channels/<key:pk>/basket/beside/", baskets.beside, name="beside"),
    path("communities/<slug:slug>/channels/<key:pk>/basket/draft/", baskets.draft, name="draft_lesson"),
    path("communities/<slug:slug>/keep/<key:pk>/", marking.keep, name="keep"),
    path("communities/<slug:slug>/marks/<key:pk>/remove/", marking.remove, name="unmark"),
]
