from django.urls import path

from kmportal.inbox.views import inbox, stop

app_name = "inbox"
urlpatterns = [
    path("inbox/", inbox.notices, name="list"),
    path("inbox/read/", inbox.mark_read, name="mark_all"),
    path("inbox/undo/", inbox.undo, name="undo"),
    path("inbox/<int:pk>/", inbox.open_notice, name="open"),
    path("inbox/<int:pk>/read/", inbox.mark_read, name="mark_read"),
    path("inbox/<int:pk>/unread/", inbox.mark_unread, name="mark_unread"),
    path("inbox/stop/<str:word>/", stop.stop, name="stop"),
    path("me/notices/", inbox.channels, name="settings"),
]
