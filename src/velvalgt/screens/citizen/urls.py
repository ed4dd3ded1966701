"""The citizen's addresses: each errand has its own below."""

from django.urls import URLPattern, URLResolver, path

from velvalgt.screens.citizen import (
    applications,
    jobs,
    messages,
    offers,
    receipts,
    rights,
    views,
)

app_name = "citizen"
home: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("requests/", views.requests, name="requests"),
    path("calls/", views.calls, name="calls"),
    path("return/", views.return_to_interviews, name="return"),
    path("rights/", rights.rights, name="rights"),
    path("looks/", views.looks, name="looks"),
    path("receipts/<uuid:receipt_id>/", receipts.receipt, name="receipt"),
]
urlpatterns = [*home, *jobs.urls, *messages.urls, *offers.urls, *applications.urls]
