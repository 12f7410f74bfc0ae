from django.urls import path

from rewards import views

app_name = "rewards"
urlpatterns = [
    path("me/points/", views.points, name="statement"),
    path("me/points/csv/", views.points_csv, name="statement_csv"),
    path("me/points/report/", views.report, name="report"),
    path("me/points/showing/", views.showing, name="showing"),
    path("points/", views.how, name="how"),
]
