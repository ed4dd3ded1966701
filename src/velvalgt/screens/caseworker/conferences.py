"""One meeting of several: who takes part, what it is about, its papers, a sheet to print."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from velvalgt.apps.cases.queries import documents_of
from velvalgt.apps.cases.requests import no_cpr
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import Attendance, WhyCancelled
from velvalgt.apps.meetings.models import Meeting
from velvalgt.apps.meetings.services import Guest, Hand
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.queries import members
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.screens.caseworker import conference_times
from velvalgt.screens.caseworker.conference_times import colleagues


class GuestForm(forms.Form):
    """Somebody from outside."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        validators=[no_cpr],
        error_messages={"required": _("Write the name.")},
    )
    role = forms.CharField(
        label=_("Who they are"),
        help_text=_("Such as doctor or mentor."),
        max_length=120,
        required=False,
        validators=[no_cpr],
    )
    organisation = forms.CharField(
        label=_("Where from"), max_length=120, required=False, validators=[no_cpr]
    )
    attends = forms.ChoiceField(
        label=_("How do they take part?"),
        choices=Attendance,
        widget=forms.RadioSelect,
        initial=Attendance.THERE,
    )


class ItemForm(forms.Form):
    """One thing to talk about."""

    words = forms.CharField(
        label=_("What is to be talked about?"),
        help_text=_("The citizen reads the same words."),
        max_length=300,
        validators=[no_cpr],
        error_messages={"required": _("Write what it is about.")},
    )


@for_role(Role.CASEWORKER)
@require_GET
def conference(request: StaffRequest, uid: UUID) -> HttpResponse:
    """The meeting; with `?print` as a sheet for the table."""
    return _page(request, _found(uid))


def about_a_meeting(
    deed: Callable[[StaffRequest, Meeting, dict[str, UUID]], HttpResponse | None],
) -> Callable[..., HttpResponse]:
    """Do something about a meeting of several by POST, and lead back to it."""

    @wraps(deed)
    @for_role(Role.CASEWORKER)
    @require_POST
    def view(request: StaffRequest, /, uid: UUID, **keys: UUID) -> HttpResponse:
        meeting = _found(uid)
        try:
            answer = deed(request, meeting, keys)
        except services.CannotBook as error:
            return _page(request, meeting, refusal=str(error), status=409)
        return answer or redirect("caseworker:conference", uid)

    return view


@about_a_meeting
def add_colleague(
    request: StaffRequest, meeting: Meeting, keys: dict[str, UUID]
) -> HttpResponse | None:
    """Add a colleague, who is held for the meeting."""
    key = request.POST.get("colleague", "")
    member = next((each for each in members(request.at) if str(each.user_id) == key), None)
    if member is None:
        return _page(request, meeting, refusal=str(_("Choose a colleague.")), status=422)
    services.add_colleague(meeting=meeting, user=member.user, by=request.user, at=request.moment)
    return None


@about_a_meeting
def add_guest(
    request: StaffRequest, meeting: Meeting, keys: dict[str, UUID]
) -> HttpResponse | None:
    """Add somebody from outside."""
    form = GuestForm(request.POST)
    if not form.is_valid():
        return _page(request, meeting, status=422, guest_form=form, form=form)
    services.add_guest(
        meeting=meeting, guest=Guest(**form.cleaned_data), by=request.user, at=request.moment
    )
    return None


@about_a_meeting
def remove_party(
    request: StaffRequest, meeting: Meeting, keys: dict[str, UUID]
) -> HttpResponse | None:
    """Take somebody off."""
    party = queries.parties_of(meeting).filter(pk=keys["party_id"]).first()
    if party is not None:
        services.remove_party(meeting=meeting, party=party, at=request.moment)
    return None


@about_a_meeting
def add_item(request: StaffRequest, meeting: Meeting, keys: dict[str, UUID]) -> HttpResponse | None:
    """Add to the agenda."""
    form = ItemForm(request.POST)
    if not form.is_valid():
        return _page(request, meeting, status=422, item_form=form, form=form)
    services.add_to_agenda(
        meeting=meeting,
        items=[form.cleaned_data["words"]],
        by=request.user,
        at=request.moment,
        is_staff=True,
    )
    return None


@about_a_meeting
def drop_item(
    request: StaffRequest, meeting: Meeting, keys: dict[str, UUID]
) -> HttpResponse | None:
    """Take off what one has written oneself."""
    item = queries.agenda_of(meeting).filter(pk=keys["item_id"]).first()
    if item is not None:
        services.drop_from_agenda(meeting=meeting, item=item, by=request.user, at=request.moment)
    return None


@about_a_meeting
def add_paper(
    request: StaffRequest, meeting: Meeting, keys: dict[str, UUID]
) -> HttpResponse | None:
    """Add a document of the case."""
    held = next(
        (d for d in documents_of(meeting.citizen)
         if str(d.document.pk) == request.POST.get("document")),
        None,
    )  # fmt: skip
    if held is not None:
        services.add_paper(
            meeting=meeting, document=held.document, by=request.user, at=request.moment
        )
    return None


@about_a_meeting
def call_off(request: StaffRequest, meeting: Meeting, keys: dict[str, UUID]) -> HttpResponse | None:
    """Call the meeting off."""
    hand = Hand(by=request.user, at=request.moment, is_staff=True)
    services.cancel(meeting=meeting, why=WhyCancelled.US, hand=hand)
    return redirect("caseworker:conferences", meeting.citizen_id)


def _page(
    request: StaffRequest, meeting: Meeting, refusal: str = "", status: int = 200, **forms: Any
) -> HttpResponse:
    parties, papers = list(queries.parties_of(meeting)), queries.papers_of(meeting)
    there = {str(each.user_id) for each in parties} | {str(meeting.caseworker_id)}
    context = {
        "meeting": meeting,
        "citizen": meeting.citizen,
        "type": queries.type_of(meeting.type),
        "parties": parties,
        "agenda": queries.agenda_of(meeting),
        "papers": papers,
        "colleagues": [each for each in colleagues(request) if each[0] not in there],
        "documents": [
            each for each in documents_of(meeting.citizen) if each.document not in papers
        ],
        "guest_form": GuestForm(),
        "item_form": ItemForm(),
        "may_change": meeting.starts_at > request.moment,
        "refusal": refusal,
        **forms,
    }
    sheet = "print" in request.GET
    page = "caseworker/conference_sheet.html" if sheet else "caseworker/conference.html"
    return render(request, page, context, status=status)


def _found(uid: UUID) -> Meeting:
    meeting = queries.conference_of(uid)
    if meeting is None:
        raise Http404
    return meeting


HERE = "conferences/<uuid:uid>/"
urls = [
    *conference_times.urls,
    path(HERE, conference, name="conference"),
    path(f"{HERE}colleagues/", add_colleague, name="conference_colleagues"),
    path(f"{HERE}guests/", add_guest, name="conference_guests"),
    path(f"{HERE}parties/<uuid:party_id>/end/", remove_party, name="end_of_party"),
    path(f"{HERE}agenda/", add_item, name="conference_agenda"),
    path(f"{HERE}agenda/<uuid:item_id>/end/", drop_item, name="end_of_item"),
    path(f"{HERE}papers/", add_paper, name="conference_papers"),
    path(f"{HERE}cancellation/", call_off, name="conference_cancellation"),
]
