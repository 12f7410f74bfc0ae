from django.urls import path

from rewards import urls_merit, urls_shop
from rewards.views import points

app_name = "rewards"
urlpatterns = [
    path("me/points/", points.points, name="statement"),
    path("me/points/csv/", points.points_csv, name="statement_csv"),
    path("me/points/report/", points.report, name="report"),
    path("me/points/showing/", points.showing, name="showing"),
    path("points/", points.how, name="how"),
    *urls_merit.urlpatterns,
    *urls_shop.urlpatterns,
]
