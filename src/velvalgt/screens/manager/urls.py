"""The manager's addresses."""

from django.urls import path

from velvalgt.screens.manager import crises
from velvalgt.screens.manager.home import home
from velvalgt.screens.manager.meetings import meetings
from velvalgt.screens.manager.slots import slots

app_name = "manager"
urlpatterns = [
    path("", home, name="home"),
    path("slots/", slots, name="slots"),
    path("meetings/", meetings, name="meetings"),
    *crises.urls,
]
