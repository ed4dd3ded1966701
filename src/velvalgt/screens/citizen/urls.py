"""The citizen's addresses: each errand has its own below."""

from django.urls import URLPattern, URLResolver, path

from velvalgt.screens.citizen import (
    applications,
    case,
    documents,
    jobs,
    messages,
    offers,
    plan,
    preparation,
    receipts,
    rights,
    steering,
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
urlpatterns = [
    *home,
    *preparation.urls,
    *plan.urls,
    *steering.urls,
    *offers.urls,
    *applications.urls,
    *messages.urls,
    *case.urls,
    *documents.urls,
    *jobs.urls,
]
