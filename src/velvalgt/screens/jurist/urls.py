"""The jurist's addresses."""

from django.urls import path

from velvalgt.screens.jurist.book import book
from velvalgt.screens.jurist.rules import duty, rule

app_name = "jurist"
urlpatterns = [
    path("", book, name="home"),
    path("rules/<slug:rule_id>/", rule, name="rule"),
    path("rules/<slug:rule_id>/citizens/<uuid:citizen_id>/", duty, name="duty"),
]
