"""Addresses of making lessons and keeping content current; kmportal.library.urls takes them in under its own namespace."""

from django.urls import path

from kmportal.library.views import keeping, lessons

urlpatterns = [
    path("lessons/make/", lessons.make_lesson, name="make_lesson"),
    path("reviews/", keeping.reviews, name="reviews"),
    path("reviews/<int:pk>/", keeping.judge, name="judge"),
    path("keep/<int:pk>/", keeping.keep, name="keep"),
    path("keep/<int:pk>/confirm/", keeping.confirm, name="confirm"),
    path("keep/<int:pk>/archive/", keeping.archive, name="archive"),
    path("keep/<int:pk>/restore/", keeping.restore, name="restore"),
    path("outdated/<int:pk>/", keeping.report_outdated, name="report_outdated"),
]
