"""The administrator's addresses."""

from django.urls import path

from velvalgt.screens.administrator.house import house

app_name = "administrator"
urlpatterns = [path("", house, name="home")]
