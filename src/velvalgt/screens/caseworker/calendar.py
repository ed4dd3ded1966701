"""The caseworker's own calendar: meetings go out to it, and busy times come in from it."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import CalendarKind, Trouble
from velvalgt.apps.meetings.models import CalendarReading, OutsideCalendar
from velvalgt.apps.meetings.requests import CalendarLink, link_of
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role


class OutsideForm(forms.Form):
    """Where one's own calendar lies (ekstern kalender), and what lets us in."""

    kind = forms.ChoiceField(
        label=_("How is it read?"),
        choices=CalendarKind,
        initial=CalendarKind.ICS,
        widget=forms.RadioSelect,
    )
    address = forms.CharField(
        label=_("The calendar’s address"),
        help_text=_("You find it in your calendar under sharing or publishing."),
        max_length=1000,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Paste the calendar’s address.")},
    )
    user = forms.CharField(
        label=_("User name"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("Make one for this alone, if your calendar can."),
        max_length=200,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    @property
    def access(self) -> services.Access:
        """What lets us in."""
        told = self.cleaned_data
        return services.Access(told["address"].strip(), told["user"], told["password"])


@for_role(Role.CASEWORKER)
@require_GET
def calendar(request: StaffRequest) -> HttpResponse:
    """How one's own calendar and this one know of each other."""
    return _page(request, OutsideForm())


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def calendar_link(request: StaffRequest) -> HttpResponse:
    """A new link to one's meetings, shown this once; the one before stops working."""
    if request.method == "GET":
        return redirect("caseworker:calendar")
    opened = services.make_feed(by=request.user, at=request.at)
    return _page(request, OutsideForm(), link_of(request, opened))


@for_role(Role.CASEWORKER)
@require_POST
def calendar_link_end(request: StaffRequest) -> HttpResponse:
    """The end of one's link."""
    services.revoke_feed(by=request.user, at=request.at)
    return redirect("caseworker:calendar")


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def outside_calendar(request: StaffRequest) -> HttpResponse:
    """A calendar outside from which busy times are read from now on."""
    if request.method == "GET":
        return redirect("caseworker:calendar")
    form = OutsideForm(request.POST)
    if form.is_valid():
        kind = CalendarKind(form.cleaned_data["kind"])
        try:
            services.add_calendar(kind=kind, access=form.access, by=request.user, at=request.moment)
        except services.NotReadFrom as error:
            form.add_error("address", str(error))
        else:
            return redirect("caseworker:calendar")
    return _page(request, form)


@for_role(Role.CASEWORKER)
@require_POST
def outside_calendar_end(request: StaffRequest) -> HttpResponse:
    """The end of reading it; its times are free at once."""
    services.remove_calendar(by=request.user, at=request.moment)
    return redirect("caseworker:calendar")


def _page(
    request: StaffRequest, form: OutsideForm, link: CalendarLink | None = None
) -> HttpResponse:
    outside = queries.calendar_of(request.user)
    context: dict[str, Any] = {
        "form": form,
        "link": link,
        "feed": queries.feed_of(request.user),
        "hosts": queries.named_hosts(),
        "outside": outside,
        **_reading(outside),
    }
    return render(request, "caseworker/calendar.html", context, status=422 if form.errors else 200)


def _reading(outside: OutsideCalendar | None) -> dict[str, Any]:
    """How the last reading went, and our word for what was in its way."""
    reading: CalendarReading | None = getattr(outside, "reading", None)
    trouble = reading.trouble if reading else ""
    return {"reading": reading, "trouble": Trouble(trouble).label if trouble else ""}


urls = [
    path("calendar/", calendar, name="calendar"),
    path("calendar/link/", calendar_link, name="calendar_link"),
    path("calendar/link/end/", calendar_link_end, name="calendar_link_end"),
    path("calendar/outside/", outside_calendar, name="outside_calendar"),
    path("calendar/outside/end/", outside_calendar_end, name="outside_calendar_end"),
]
