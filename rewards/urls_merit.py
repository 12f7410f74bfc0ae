"""Addresses of thanks, badges and boards; included in rewards.urls."""

from django.urls import path

from rewards.views import thanks

urlpatterns = [
    path("thanks/<slug:code>/<int:key>/", thanks.thank, name="thank"),
    path("thanks/<slug:code>/<int:key>/back/", thanks.take_back, name="thank_back"),
]
