"""Addresses of the importer, below /imports/."""

from django.urls import path

from kmportal.library.views import import_edits, imports

app_name = "imports"
urlpatterns = [
    path("", imports.import_list, name="list"),
    path("new/", imports.upload, name="upload"),
    path("<int:pk>/", imports.review, name="review"),
    path("<int:pk>/progress/", imports.progress, name="progress"),
    path("<int:pk>/retry/", imports.retry, name="retry"),
    path("<int:pk>/discard/", imports.discard, name="discard"),
    path("<int:pk>/create/", imports.create, name="create"),
    path("<int:pk>/publish/", imports.publish, name="publish"),
    path("<int:pk>/hand-in/", imports.hand_in, name="hand_in"),
    path("<int:pk>/blocks/<str:block>/", import_edits.block, name="block"),
    path("<int:pk>/edit/", import_edits.edit, name="edit"),
    path("<int:pk>/details/", import_edits.details, name="details"),
    path("<int:pk>/names/", import_edits.names, name="names"),
    path("<int:pk>/answer/", import_edits.answer, name="answer"),
]
