"""Addresses of circles, inside a community, and of their methods."""

from django.urls import path

from communities.circles.views import acts, circles, methods, planning
from kmportal.core import keys  # noqa: F401 - makes the converter "key" known

app_name = "circles"
of_space = "communities/<slug:slug>/circles/"
urlpatterns = [
    path(of_space, circles.circles, name="list"),
    path(f"{of_space}new/", circles.choose, name="choose"),
    path(f"{of_space}new/<slug:method>/", circles.start, name="start"),
    path(f"{of_space}<key:pk>/", circles.circle, name="circle"),
    path(f"{of_space}<key:pk>/plan/", planning.plan, name="plan"),
    path(f"{of_space}<key:pk>/frame/", circles.frame, name="frame"),
    path(f"{of_space}<key:pk>/do/<slug:verb>/", acts.act, name="act"),
    path("circles/methods/", methods.templates, name="templates"),
    path("circles/methods/new/", methods.new, name="new_template"),
    path("circles/methods/<slug:slug>/", methods.template, name="template"),
    path("circles/methods/<slug:slug>/change/", methods.change, name="change_template"),
    path("circles/methods/<slug:slug>/copy/", methods.copy, name="copy_template"),
    path("circles/methods/<slug:slug>/offer/", methods.offer, name="offer_template"),
    path("circles/methods/<slug:slug>/versions/<key:pk>/restore/", methods.restore, name="restore_template"),
]
