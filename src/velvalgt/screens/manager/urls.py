"""The manager's addresses."""

from django.urls import path

from velvalgt.screens.manager import capacity, crises, weights
from velvalgt.screens.manager.home import home
from velvalgt.screens.manager.meetings import meetings
from velvalgt.screens.manager.plan import plan
from velvalgt.screens.manager.slots import slots

app_name = "manager"
urlpatterns = [
    path("", home, name="home"),
    path("slots/", slots, name="slots"),
    path("meetings/", meetings, name="meetings"),
    path("plan/", plan, name="plan"),
    *capacity.urls,
    *weights.urls,
    *crises.urls,
]
