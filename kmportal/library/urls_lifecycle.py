"""Addresses of making lessons, keeping content current and the document cabinet; kmportal.library.urls takes them in."""

from django.urls import path

from kmportal.library.views import cabinet, keeping, lessons

urlpatterns = [
    path("lessons/make/", lessons.make_lesson, name="make_lesson"),
    path("reviews/", keeping.reviews, name="reviews"),
    path("reviews/<int:pk>/", keeping.judge, name="judge"),
    path("keep/<int:pk>/", keeping.keep, name="keep"),
    path("keep/<int:pk>/confirm/", keeping.confirm, name="confirm"),
    path("keep/<int:pk>/archive/", keeping.archive, name="archive"),
    path("keep/<int:pk>/restore/", keeping.restore, name="restore"),
    path("outdated/<int:pk>/", keeping.report_outdated, name="report_outdated"),
    path("cabinet/", cabinet.front, name="cabinet"),
    path("cabinet/add/", cabinet.add, name="file_document"),
    path("cabinet/documents/<int:pk>/", cabinet.document, name="document"),
    path("cabinet/documents/<int:pk>/edit/", cabinet.edit, name="edit_document"),
    path("cabinet/documents/<int:pk>/refile/", cabinet.refile, name="refile_document"),
    path("cabinet/documents/<int:pk>/undo/", cabinet.undo, name="undo_refile"),
    path("cabinet/documents/<int:pk>/replace/", cabinet.replace, name="replace_document"),
    path("cabinet/<str:number>/", cabinet.drawer, name="drawer"),
    path("cabinet/<str:number>/<str:code>/", cabinet.drawer, name="drawer"),
]
