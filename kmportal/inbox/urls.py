from django.urls import path

from kmportal.core import keys  # noqa: F401 - makes the converter "key" known
from kmportal.inbox.views import inbox, stop

app_name = "inbox"
urlpatterns = [
    path("inbox/", inbox.notices, name="list"),
    path("inbox/read/", inbox.mark_read, name="mark_all"),
    path("inbox/undo/", inbox.undo, name="undo"),
    path("inbox/<key:pk>/", inbox.open_notice, name="open"),
    path("inbox/<key:pk>/read/", inbox.mark_read, name="mark_read"),
    path("inbox/<key:pk>/unread/", inbox.mark_unread, name="mark_unread"),
    path("inbox/stop/<str:word>/", stop.stop, name="stop"),
    path("me/notices/", inbox.channels, name="settings"),
]
