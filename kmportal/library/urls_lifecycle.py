"""Addresses of making lessons, keeping content current, feeds and the document cabinet; kmportal.library.urls takes them in."""

from django.urls import path

from kmportal.core import keys  # noqa: F401 - makes the converter "key" known
from kmportal.library.feeds import ItemFeed, KnowledgeFeed
from kmportal.library.views import cabinet, keeping, lessons

urlpatterns = [
    path("lessons/make/", lessons.make_lesson, name="make_lesson"),
    path("reviews/", keeping.reviews, name="reviews"),
    path("reviews/<key:pk>/", keeping.judge, name="judge"),
    path("keep/<key:pk>/", keeping.keep, name="keep"),
    path("keep/<key:pk>/confirm/", keeping.confirm, name="confirm"),
    path("keep/<key:pk>/archive/", keeping.archive, name="archive"),
    path("keep/<key:pk>/restore/", keeping.restore, name="restore"),
    path("outdated/<key:pk>/", keeping.report_outdated, name="report_outdated"),
    path("feeds/", KnowledgeFeed(), name="feed"),
    path("feeds/category/<str:number>/", KnowledgeFeed(), name="feed_category"),
    path("feeds/kind/<str:kind>/", ItemFeed(), name="feed_kind"),
    path("cabinet/", cabinet.front, name="cabinet"),
    path("cabinet/add/", cabinet.add, name="file_document"),
    path("cabinet/documents/<key:pk>/", cabinet.document, name="document"),
    path("cabinet/documents/<key:pk>/edit/", cabinet.edit, name="edit_document"),
    path("cabinet/documents/<key:pk>/refile/", cabinet.refile, name="refile_document"),
    path("cabinet/documents/<key:pk>/undo/", cabinet.undo, name="undo_refile"),
    path("cabinet/documents/<key:pk>/replace/", cabinet.replace, name="replace_document"),
    path("cabinet/<str:number>/", cabinet.drawer, name="drawer"),
    path("cabinet/<str:number>/<str:code>/", cabinet.drawer, name="drawer"),
]
