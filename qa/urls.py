"""Addresses of questions and answers."""

from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.urls.converters import StringConverter

from kmportal.core import keys  # noqa: F401 - makes the converter "key" known
from qa.feeds import QuestionFeed
from qa.views import bounty, closing, harvesting, lists, posting, reading, reporting, revealing, steps


class PostConverter(StringConverter):
    """What kind of post an address is about."""

    regex = "question|answer|comment"


register_converter(PostConverter, "post")

app_name = "qa"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("qa.urls_asking")),
    path("qa/", lists.questions, name="list"),
    path("qa/feed/", QuestionFeed(), name="feed"),
    path("qa/filters/", lists.keep, name="keep_filter"),
    path("qa/filters/<key:pk>/forget/", lists.forget, name="forget_filter"),
    path("qa/<key:pk>/", reading.question, name="question"),
    path("q/<key:pk>/", reading.short, name="short"),
    path("qa/<key:pk>/answer/", posting.answer, name="answer"),
    path("qa/<key:pk>/draft/", posting.keep_draft, name="answer_draft"),
    path("qa/<key:pk>/follow/", steps.follow, name="follow"),
    path("qa/<key:pk>/unfollow/", steps.unfollow, name="unfollow"),
    path("qa/<key:pk>/unaccept/", steps.unaccept, name="unaccept"),
    path("qa/<key:pk>/bounty/", bounty.offer, name="bounty"),
    path("qa/answer/<key:pk>/bounty/", bounty.give, name="bounty_give"),
    path("qa/<key:pk>/close/", closing.close, name="close"),
    path("qa/<key:pk>/who/", revealing.who, name="who"),
    path("qa/<key:pk>/reopen/", closing.reopen, name="reopen"),
    path("qa/answer/<key:pk>/accept/", steps.accept, name="accept"),
    path("qa/answer/<key:pk>/lesson/", harvesting.lesson, name="harvest"),
    path("qa/answer/<key:pk>/works/", steps.works, name="works"),
    path("qa/<post:kind>/<key:pk>/useful/", steps.useful, name="useful"),
    path("qa/<post:kind>/<key:pk>/comment/", posting.comment, name="comment"),
    path("qa/<post:kind>/<key:pk>/edit/", posting.edit, name="edit"),
    path("qa/<post:kind>/<key:pk>/history/", reading.history, name="history"),
    path("qa/<post:kind>/<key:pk>/report/<slug:why>/", reporting.report, name="report"),
    path("qa/<post:kind>/<key:pk>/delete/", closing.delete, name="delete"),
    path("qa/<post:kind>/<key:pk>/restore/", closing.restore, name="restore"),
]
