"""The addresses of the site."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from velvalgt.site import calendar_feed, health, meeting_links, statements
from velvalgt.site.signin import views

site = [
    path("", views.welcome, name="welcome"),
    path("session/", views.session, name="session"),
    path("code/", views.code, name="code"),
    path("language/", set_language, name="language"),
    path("accessibility/", statements.accessibility, name="accessibility"),
    path("was", statements.was, name="was"),
    path("calendar/<slug:secret>.ics", calendar_feed.calendar_feed, name="calendar_feed"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    *meeting_links.urls,
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((site, "site"))),
    path("citizen/", include("velvalgt.screens.citizen.urls")),
    path("caseworker/", include("velvalgt.screens.caseworker.urls")),
    path("jurist/", include("velvalgt.screens.jurist.urls")),
    path("manager/", include("velvalgt.screens.manager.urls")),
    path("administrator/", include("velvalgt.screens.administrator.urls")),
]

handler400 = "velvalgt.site.errors.bad_request"
handler403 = "velvalgt.site.errors.refused"
handler404 = "velvalgt.site.errors.not_found"
handler500 = "velvalgt.site.errors.broken"
