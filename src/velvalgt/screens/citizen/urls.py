"""The citizen's addresses."""

from django.urls import path

from velvalgt.screens.citizen import views

app_name = "citizen"
urlpatterns = [
    path("", views.home, name="home"),
    path("requests/", views.requests, name="requests"),
    path("return/", views.return_to_interviews, name="return"),
    path("looks/", views.looks, name="looks"),
]
