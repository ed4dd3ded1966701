"""When Tine can be met: her week, absence, extra hours; what citizens can book, and the team."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from velvalgt.apps.audit.actor import current
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.meetings.models import SpecialHours, WeeklyHours
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.models import Unit
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.core.calendar import monday_of
from velvalgt.screens.caseworker.hours_forms import AwayForm, EndForm, ExtraForm, WeekForm

WEEKS_AHEAD = 6
"""How far ahead the days on which the town hall is shut are shown."""
A_RUN = 3
"""So many days in a row are written from the first to the last."""


@dataclass(frozen=True, slots=True)
class Line:
    """Weekly hours with their days and ways in words."""

    hours: WeeklyHours
    days: str
    ways: str
    is_every_second: bool


@for_role(Role.CASEWORKER)
@require_GET
def hours(request: StaffRequest) -> HttpResponse:
    """The week at a glance, and what comes of it."""
    me, unit = request.user, _unit()
    monday = monday_of(request.today)
    mine = queries.hours_of(me.pk, request.today)
    here = [each for each in mine if each.unit_id == unit.pk]
    special = queries.special_hours_of(me.pk, request.moment)
    context = {
        "on": request.today,
        "lines": [_line(each) for each in mine],
        "unit": unit,
        "sum": queries.hours_a_week(here, request.today),
        "contracted": queries.contracted_hours(me, unit.pk, request.at),
        "special": [(each, ways_in_words(each.ways), _is_whole(each)) for each in special],
        "closed_days": queries.closed_days(request.today, WEEKS_AHEAD),
        "collisions": queries.collisions(me.pk, request.moment),
        "on_offer": queries.on_offer(me.pk, unit.pk, monday + timedelta(weeks=1), request.moment),
        "team": queries.week_of_team(unit.pk, monday, request.at),
    }
    return render(request, "caseworker/hours.html", context)


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def week(request: StaffRequest) -> HttpResponse:
    """Weekly hours to add."""
    form = WeekForm(request.POST or None, on=request.today)

    def write() -> None:
        services.give_hours(
            tenant_id=request.user.tenant_id,
            resource=request.user.pk,
            unit=_unit(),
            week=form.week(),
            by=request.user,
            at=request.moment,
        )

    return _written(request, form, write, _("Add weekly hours"))


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def extra(request: StaffRequest) -> HttpResponse:
    """A day to be met on besides the week."""
    form = ExtraForm(request.POST or None, on=request.today)

    def write() -> None:
        services.open_besides(
            tenant_id=request.user.tenant_id,
            resource=request.user.pk,
            besides=form.besides(_unit()),
            by=request.user,
            at=request.moment,
        )

    return _written(request, form, write, _("Add an extra day"))


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def away(request: StaffRequest) -> HttpResponse:
    """An absence; why is not asked."""
    form = AwayForm(request.POST or None, on=request.today)

    def write() -> None:
        starts_at, ends_at = form.span()
        services.be_away(
            tenant_id=request.user.tenant_id,
            resource=request.user.pk,
            starts_at=starts_at,
            ends_at=ends_at,
            by=request.user,
            at=request.moment,
        )

    return _written(request, form, write, _("I am away"))


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, hours_id: UUID) -> HttpResponse:
    """The last day of weekly hours of one's own."""
    mine = WeeklyHours.objects.select_related("place")
    ended = get_object_or_404(mine, pk=hours_id, resource=request.user.pk)
    form = EndForm(request.POST or None, on=request.today)

    def write() -> None:
        after = form.cleaned_data["last_day"] + timedelta(days=1)
        services.end_hours(hours=ended, ends_on=after, at=request.moment)

    return _written(request, form, write, _("Stop these hours"), line=_line(ended))


@for_role(Role.CASEWORKER)
@require_POST
def come_back(request: StaffRequest, special_id: UUID) -> HttpResponse:
    """Take back an absence, or an extra day, of one's own."""
    mine = get_object_or_404(SpecialHours, pk=special_id, resource=request.user.pk)
    services.come_back(special=mine, at=request.moment)
    return redirect("caseworker:hours")


def _written(
    request: StaffRequest,
    form: forms.Form,
    write: Callable[[], None],
    title: str,
    line: Line | None = None,
) -> HttpResponse:
    """Write what a form says and go back, or show the form with what is wrong."""
    if form.is_valid():
        try:
            write()
        except services.CannotArrange as error:
            form.add_error(error.field, str(error))
        else:
            return redirect("caseworker:hours")
    context = {"form": form, "title": title, "line": line}
    status = 422 if form.errors else 200
    return render(request, "caseworker/hours_form.html", context, status=status)


def _unit() -> Unit:
    """The unit in which the caseworker signed in."""
    return get_object_or_404(Unit, pk=current().unit_id)


def _is_whole(special: SpecialHours) -> bool:
    """Whether it is of whole days, so that no hours need be said."""
    ends = timezone.localtime(special.starts_at), timezone.localtime(special.ends_at)
    return all(each.time() == time() for each in ends)


def _line(hours: WeeklyHours) -> Line:
    pattern = queries.pattern_of(hours.recurrence)
    days = days_in_words(pattern.days) if pattern else _("By a rule of its own")
    return Line(hours, days, ways_in_words(hours.ways), bool(pattern and pattern.weeks == 2))


def days_in_words(days: Sequence[int]) -> str:
    """Write days of the week: a run from the first to the last, else one by one."""
    ordered = sorted(days)
    names = [str(WEEKDAYS[day]) for day in ordered]
    is_run = ordered[-1] - ordered[0] == len(ordered) - 1
    if is_run and len(ordered) >= A_RUN:
        words = _("%(first)s to %(last)s") % {"first": names[0], "last": names[-1]}
    else:
        words = _joined(names)
    return capfirst(words)


def ways_in_words(ways: Sequence[str]) -> str:
    """Write in which ways somebody can be met."""
    if set(ways) == set(Way.values):
        return _("all ways")
    return _joined([str(Way(each).label) for each in Way.values if each in ways])


def _joined(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(most)s and %(last)s") % {"most": ", ".join(words[:-1]), "last": words[-1]}


urls = [
    path("hours/", hours, name="hours"),
    path("hours/week/", week, name="hours_week"),
    path("hours/extra/", extra, name="hours_extra"),
    path("hours/absence/", away, name="hours_absence"),
    path("hours/<uuid:hours_id>/end/", end, name="hours_end"),
    path("hours/special/<uuid:special_id>/return/", come_back, name="hours_return"),
]
