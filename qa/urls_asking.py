"""Addresses of asking; qa.urls includes them."""

from django.urls import URLPattern, path

from qa.views import asking, people

urlpatterns: list[URLPattern] = [
    path("ask/", asking.ask, name="ask"),
    path("ask/draft/", asking.draft, name="draft"),
    path("ask/draft/discard/", asking.discard_draft, name="discard_draft"),
    path("ask/similar/", asking.similar, name="similar"),
    path("ask/people/", people.names, name="mentionable"),
    path("qa/<key:pk>/draft/", asking.answer_draft, name="answer_draft"),
    path("qa/<key:pk>/ask/", people.ask_person, name="ask_person"),
    path("qa/requests/<key:pk>/decline/", people.decline, name="decline"),
    path("me/requests/", people.request_setting, name="request_setting"),
]
