"""Meetings for many: arrange one, see who is in, enrol a citizen, note who came, call it off."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from velvalgt.apps.audit.actor import current
from velvalgt.apps.cases.queries import by_name, caseload
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.queries import Enrolled, GroupLine
from velvalgt.apps.meetings.services import Hand
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.queries import units_by_id
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.screens.caseworker.group_forms import AttendanceForm, GroupForm


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def groups(request: StaffRequest) -> HttpResponse:
    """The unit's meetings for many; a POST arranges one more."""
    form = GroupForm(request.POST if request.method == "POST" else None, request)
    status = 200
    if form.is_valid():
        unit = units_by_id()[_unit()]
        try:
            group = services.arrange_group(
                wanted=form.wanted, unit=unit, host=request.user, at=request.moment
            )
        except services.CannotArrange as error:
            form.add_error(error.field, str(error))
            status = 422
        except services.SomebodyBusy as error:
            form.add_error(None, str(error))
            status = 409
        else:
            return redirect("caseworker:group", group.pk)
    elif form.errors:
        status = 422
    lines = queries.groups_to_hold(_unit(), request.moment)
    return render(request, "caseworker/groups.html", {"form": form, "lines": lines}, status=status)


@for_role(Role.CASEWORKER)
@require_GET
def group(request: StaffRequest, group_id: UUID) -> HttpResponse:
    """One meeting for many: who is in, who waits, and who came."""
    return _page(request, _found(request, group_id))


@for_role(Role.CASEWORKER)
@require_POST
def enrolments(request: StaffRequest, group_id: UUID) -> HttpResponse:
    """A POST enrols one of the caseworker's own citizens."""
    line = _found(request, group_id)
    key = request.POST.get("citizen", "")
    citizen = next((each for each in _own_citizens(request) if str(each.pk) == key), None)
    if citizen is None:
        return _page(request, line, refusal=_("Choose a citizen."), status=422)
    hand = Hand(by=request.user, at=request.moment, is_staff=True)
    try:
        services.enrol(citizen=citizen, group=line.group, hand=hand)
    except services.BusyThen:
        busy = _("%(name)s has another meeting at that time. Move that one first.")
        return _page(request, line, refusal=busy % {"name": citizen.name}, status=409)
    except services.CannotBook as error:
        return _page(request, line, refusal=str(error), status=409)
    return redirect("caseworker:group", group_id)


@for_role(Role.CASEWORKER)
@require_POST
def attendance(request: StaffRequest, group_id: UUID) -> HttpResponse:
    """A POST notes who came, of all at once."""
    line = _found(request, group_id)
    form = AttendanceForm(request.POST, _to_note(queries.enrolled_in(line.group)))
    if not form.is_valid():
        return redirect("caseworker:group", group_id)
    came = [UUID(key) for key in form.cleaned_data["came"]]
    try:
        services.note_attendance(group=line.group, came=came, by=request.user, at=request.moment)
    except services.NotBegun as error:
        return _page(request, line, refusal=str(error), status=409)
    return redirect("caseworker:group", group_id)


@for_role(Role.CASEWORKER)
@require_POST
def cancellation(request: StaffRequest, group_id: UUID) -> HttpResponse:
    """A POST calls the meeting off; everybody is told."""
    line = _found(request, group_id)
    try:
        services.call_off_group(group=line.group, at=request.moment)
    except services.CannotBook as error:
        return _page(request, line, refusal=str(error), status=409)
    return redirect("caseworker:groups")


def _page(
    request: StaffRequest, line: GroupLine, refusal: str = "", status: int = 200
) -> HttpResponse:
    enrolled = queries.enrolled_in(line.group)
    known = {each.enrolment.citizen_id for each in enrolled}
    to_note = _to_note(enrolled) if line.has_begun else []
    everybody = line.group.seats - line.seats.left + line.seats.waiting
    context = {
        "line": line,
        "group": line.group,
        "enrolled": enrolled,
        "others": everybody - len(enrolled),
        "form": AttendanceForm(None, to_note) if to_note else None,
        "citizens": [each for each in _own_citizens(request) if each.pk not in known],
        "refusal": refusal,
    }
    return render(request, "caseworker/group.html", context, status=status)


def _to_note(enrolled: list[Enrolled]) -> list[Enrolled]:
    return [each for each in enrolled if not each.place and each.attendance is None]


def _own_citizens(request: StaffRequest) -> list[Citizen]:
    return [case.citizen for case in by_name(caseload(request.user.pk))]


def _found(request: StaffRequest, group_id: UUID) -> GroupLine:
    line = queries.group_of(group_id, request.moment)
    if line is None or line.group.unit_id != _unit():
        raise Http404
    return line


def _unit() -> UUID:
    unit_id = current().unit_id
    if unit_id is None:
        raise Http404
    return unit_id


urls = [
    path("groups/", groups, name="groups"),
    path("groups/<uuid:group_id>/", group, name="group"),
    path("groups/<uuid:group_id>/enrolments/", enrolments, name="group_enrolments"),
    path("groups/<uuid:group_id>/attendance/", attendance, name="group_attendance"),
    path("groups/<uuid:group_id>/cancellation/", cancellation, name="group_cancellation"),
]
