"""When a meeting of several can be: all who are needed are free; calling it, and moving it."""

from datetime import date, datetime, timedelta
from typing import cast
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from velvalgt.apps.cases.queries import open_case_of
from velvalgt.apps.cases.requests import DayField
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import Purpose, Way
from velvalgt.apps.meetings.models import Meeting
from velvalgt.apps.meetings.queries import Slot
from velvalgt.apps.meetings.services import Hand, Wanted
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.models import User
from velvalgt.apps.staff.queries import members
from velvalgt.apps.staff.requests import StaffRequest, for_role

DAYS_SHOWN = 4
WAYS = (Way.OFFICE, Way.VIDEO)

Days = list[tuple[date, list[Slot]]]


class FindForm(forms.Form):
    """Which meeting of several is looked for: what, how, with whom, from which day."""

    type = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    way = forms.ChoiceField(
        label=_("How is it held?"),
        choices=[(way.value, way.label) for way in WAYS],
        widget=forms.RadioSelect,
    )
    also = forms.MultipleChoiceField(
        label=_("Which colleagues must be there?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    since = DayField(label=_("From which day?"))

    def __init__(self, data: QueryDict | None, request: StaffRequest) -> None:
        kinds = [each for each in queries.types().values() if each.purpose == Purpose.CONFERENCE]
        initial = {
            "type": kinds[0].key if kinds else "",
            "way": Way.OFFICE,
            "since": request.today + timedelta(days=2),
        }
        super().__init__(data, initial=initial)
        cast("forms.ChoiceField", self.fields["type"]).choices = [
            (each.key, str(each.name)) for each in kinds
        ]
        cast("forms.MultipleChoiceField", self.fields["also"]).choices = colleagues(request)

    @property
    def said(self) -> list[tuple[str, str]]:
        """What was said, to be sent again with the time that is chosen."""
        data = cast("QueryDict", self.data)
        return [(name, value) for name in self.fields for value in data.getlist(name)]

    def wanted(self, unit_id: UUID, by: User) -> Wanted:
        """The meeting that the form asks for."""
        said = self.cleaned_data
        return Wanted(
            type=queries.type_of(said["type"]),
            way=Way(said["way"]),
            unit_id=unit_id,
            caseworker_id=by.pk,
            also=frozenset(UUID(key) for key in said["also"]),
        )


def colleagues(request: StaffRequest) -> list[tuple[str, str]]:
    """Give the other caseworkers here, each once, with the unit they work in."""
    found = members(request.at).filter(role=Role.CASEWORKER).exclude(user=request.user)
    named = {str(each.user_id): f"{each.user.name}, {each.unit.name}" for each in found}
    return list(named.items())


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def conferences(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """A citizen's meetings of several, and the times when all can; a POST calls one."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    case = open_case_of(citizen)
    asked = request.POST if request.method == "POST" else request.GET or None
    form = FindForm(asked, request)
    context: dict[str, object] = {"citizen": citizen, "form": form, "case": case}
    status = 422 if form.errors else 200
    if case is not None and form.is_valid():
        wanted = form.wanted(case.unit_id, request.user)
        try:
            if request.method == "POST":
                meeting = services.convene(
                    citizen=citizen,
                    wanted=wanted,
                    starts_at=_chosen(request),
                    hand=_hand(request),
                )
                return redirect("caseworker:conference", meeting.uid)
        except services.CannotBook as error:
            context["refusal"], status = str(error), 409
            context["nearest"] = getattr(error, "nearest", ())
        context["looked"] = True
        context["days"] = _days(request, citizen, wanted, form.cleaned_data["since"])
    context["lines"] = [
        (each, queries.type_of(each.type)) for each in queries.conferences_of(citizen)
    ]
    return render(request, "caseworker/conferences.html", context, status=status)


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def conference_times(request: StaffRequest, uid: UUID) -> HttpResponse:
    """The other times when all of a meeting can; a POST moves it, and everybody with it."""
    meeting = queries.conference_of(uid)
    if meeting is None:
        raise Http404
    wanted = queries.as_it_is(meeting)
    context: dict[str, object] = {"meeting": meeting, "type": wanted.type}
    status = 200
    try:
        if request.method == "POST":
            services.move(
                meeting=meeting,
                wanted=wanted,
                starts_at=_chosen(request),
                permitted=frozenset(wanted.type.ways),
                hand=_hand(request),
            )
            return redirect("caseworker:conference", uid)
    except services.CannotBook as error:
        context["refusal"], status = str(error), 409
        context["nearest"] = getattr(error, "nearest", ())
    context["days"] = _days(request, meeting.citizen, wanted, request.today, meeting)
    return render(request, "caseworker/conference_times.html", context, status=status)


def _days(
    request: StaffRequest,
    citizen: Citizen,
    wanted: Wanted,
    since: date,
    besides: Meeting | None = None,
) -> Days:
    """The first days from a day on with times when all can."""
    times = queries.times_on_offer(
        citizen, wanted, request.moment, is_staff=True, besides=besides
    ).slots()
    return queries.by_day(slot for slot in times if slot.on >= since)[:DAYS_SHOWN]


def _chosen(request: StaffRequest) -> datetime:
    """The time of the button that was pressed.

    Raises:
        Http404: it names none.
    """
    try:
        chosen = parse_datetime(request.POST.get("starts_at", ""))
    except ValueError as error:
        raise Http404 from error
    if chosen is None or timezone.is_naive(chosen):
        raise Http404
    return chosen


def _hand(request: StaffRequest) -> Hand:
    return Hand(by=request.user, at=request.moment, is_staff=True)


urls = [
    path("citizens/<uuid:citizen_id>/conferences/", conferences, name="conferences"),
    path("conferences/<uuid:uid>/times/", conference_times, name="conference_times"),
]
