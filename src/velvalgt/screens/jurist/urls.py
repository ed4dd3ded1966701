"""The jurist's addresses."""

from django.urls import path

from velvalgt.screens.jurist.book import book
from velvalgt.screens.jurist.dispensations import (
    confirmation,
    dispensation,
    dispensation_in_law,
    dispensations,
    draft,
    withdrawal,
    withdrawal_confirmation,
)
from velvalgt.screens.jurist.profiling import ground_end, grounds
from velvalgt.screens.jurist.rules import duty, rule

app_name = "jurist"
urlpatterns = [
    path("", book, name="home"),
    path("rules/<slug:rule_id>/", rule, name="rule"),
    path("rules/<slug:rule_id>/citizens/<uuid:citizen_id>/", duty, name="duty"),
    path("profiling/", grounds, name="profiling"),
    path("profiling/<uuid:basis_id>/end/", ground_end, name="profiling_end"),
    path("dispensations/", dispensations, name="dispensations"),
    path("dispensations/draft/", draft, name="draft"),
    path("dispensations/law/<slug:key>/", dispensation_in_law, name="dispensation_in_law"),
    path("dispensations/<uuid:dispensation_id>/", dispensation, name="dispensation"),
    path("dispensations/<uuid:dispensation_id>/confirmation/", confirmation, name="confirmation"),
    path("dispensations/<uuid:dispensation_id>/withdrawal/", withdrawal, name="withdrawal"),
    path(
        "dispensations/<uuid:dispensation_id>/withdrawal/confirmation/",
        withdrawal_confirmation,
        name="withdrawal_confirmation",
    ),
]
