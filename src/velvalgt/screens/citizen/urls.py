"""The citizen's addresses: each errand has its own below."""

from django.urls import URLPattern, URLResolver, path

from velvalgt.screens.citizen import (
    applications,
    case,
    data,
    documents,
    download,
    grounds,
    jobs,
    looks,
    meeting_booking,
    meeting_change,
    meetings,
    messages,
    need,
    offers,
    plan,
    powers,
    preparation,
    receipts,
    represented,
    retention,
    rights,
    sharing,
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
    path("receipts/<uuid:receipt_id>/", receipts.receipt, name="receipt"),
]
urlpatterns = [
    *home,
    *meetings.urls,
    *meeting_booking.urls,
    *meeting_change.urls,
    *preparation.urls,
    *plan.urls,
    *steering.urls,
    *offers.urls,
    *applications.urls,
    *messages.urls,
    *case.urls,
    *documents.urls,
    *jobs.urls,
    *data.urls,
    *need.urls,
    *grounds.urls,
    *sharing.urls,
    *powers.urls,
    *download.urls,
    *retention.urls,
    *looks.urls,
    *represented.urls,
]
