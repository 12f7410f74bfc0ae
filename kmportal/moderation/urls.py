"""Addresses of moderation."""

from django.urls import path

from kmportal.core import keys  # noqa: F401 - makes the converter "key" known
from kmportal.moderation.views import book, cases, told

app_name = "moderation"
urlpatterns = [
    path("moderation/", cases.queue, name="queue"),
    path("moderation/cases/<key:pk>/", cases.case, name="case"),
    path("moderation/cases/<key:pk>/take/", cases.take, name="take"),
    path("moderation/cases/<key:pk>/decide/", cases.decide, name="decide"),
    path("moderation/cases/<key:pk>/appeal/", cases.appeal, name="appeal"),
    path("moderation/told/<key:pk>/", told.told, name="told"),
    path("moderation/log/", book.book, name="book"),
    path("moderation/log/csv/", book.book_csv, name="book_csv"),
]
