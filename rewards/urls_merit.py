"""Addresses of thanks, badges and boards; included in rewards.urls."""

from django.urls import path

from rewards.views import badges, boards, thanks

urlpatterns = [
    path("badges/", badges.badges, name="badges"),
    path("boards/", boards.boards, name="boards"),
    path("boards/csv/", boards.boards_csv, name="boards_csv"),
    path("thanks/<slug:code>/<int:key>/", thanks.thank, name="thank"),
    path("thanks/<slug:code>/<int:key>/back/", thanks.take_back, name="thank_back"),
]
