from django.urls import path

from communities.circles.views import circles

app_name = "circles"
urlpatterns = [
    path("communities/<slug:slug>/circles/<int:pk>/", circles.circle, name="circle"),
]
