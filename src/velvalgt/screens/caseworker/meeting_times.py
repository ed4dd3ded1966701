"""Booking a meeting for a citizen, and moving one: the staff choose among the same free times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from velvalgt.apps.cases import queries as cases
from velvalgt.apps.cases.models import Case
from velvalgt.apps.duties import queries as duties
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.meetings.models import Meeting
from velvalgt.apps.meetings.queries import MeetingType, Slot
from velvalgt.apps.messages.services import LettersMissing
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role


class TimesForm(forms.Form):
    """Which meeting times are looked for: what, how, with whom, with whose help."""

    type = forms.ChoiceField(label=_("Which meeting?"))
    way = forms.ChoiceField(label=_("How?"))
    who = forms.ChoiceField(label=_("With whom?"), required=False)
    language = forms.ChoiceField(label=_("Interpreter"), required=False)
    companion = forms.BooleanField(label=_("The citizen brings somebody"), required=False)
    week = forms.DateField(required=False, widget=forms.HiddenInput)
    starts_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def choose(self, name: str, choices: Sequence[tuple[object, object]]) -> None:
        """Say what there is to choose from in a field."""
        cast("forms.ChoiceField", self.fields[name]).choices = choices


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be booked with a citizen now: the types, and the ways of the one that is chosen."""

    citizen: Citizen
    case: Case
    types: Sequence[MeetingType]
    type: MeetingType
    ways: Sequence[Way]
    old: Meeting | None = None

    @property
    def permitted(self) -> frozenset[Way]:
        """The ways that the law and the type allow."""
        return frozenset(self.ways)


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def times(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """The free times for a meeting with a citizen; a POST books one."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    return _times(request, citizen, None)


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def other_times(request: StaffRequest, citizen_id: UUID, uid: UUID) -> HttpResponse:
    """The free times to which a meeting can be moved; a POST moves it."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    meeting = queries.meeting_of(citizen, uid)
    if meeting is None or meeting.starts_at <= request.moment:
        return redirect("caseworker:meeting", citizen_id, uid)
    return _times(request, citizen, meeting)


def _times(request: StaffRequest, citizen: Citizen, old: Meeting | None) -> HttpResponse:
    offer = _offer(request, citizen, old)
    if offer is None:
        return redirect("caseworker:meetings_of", citizen.pk)
    form = _form(request, offer)
    if not form.is_valid():
        return _page(request, offer, form, 422)
    starts_at = form.cleaned_data["starts_at"]
    if request.method != "POST" or starts_at is None:
        return _page(request, offer, form)
    try:
        meeting = _book(request, offer, form, starts_at)
    except services.TimeTaken as error:
        return _page(request, offer, form, 409, error)
    except (services.CannotBook, LettersMissing) as error:
        return _page(request, offer, form, 422, error)
    return redirect(f"{reverse('caseworker:meeting', args=[citizen.pk, meeting.uid])}?done")


def _book(request: StaffRequest, offer: Offer, form: TimesForm, starts_at: datetime) -> Meeting:
    wanted = _wanted(offer, form)
    hand = services.Hand(request.user, request.moment, is_staff=True)
    if offer.old is not None:
        return services.move(
            meeting=offer.old,
            wanted=wanted,
            starts_at=starts_at,
            permitted=offer.permitted,
            hand=hand,
        )
    return services.book(
        citizen=offer.citizen,
        wanted=wanted,
        starts_at=starts_at,
        permitted=offer.permitted,
        hand=hand,
    )


def _offer(request: StaffRequest, citizen: Citizen, old: Meeting | None) -> Offer | None:
    """What can be booked; None where the citizen has no open case."""
    case = cases.open_case_of(citizen)
    lines = duties.duties_of(citizen, request.today)
    told = cases.standing_of(citizen)
    types = queries.types_for_citizen(citizen, told, lines, booked_by="caseworker")
    if old is not None:
        types = [queries.type_of(old.type)]
    if case is None or not types:
        return None
    named = {each.key: each for each in types}
    chosen = named.get(_asked(request).get("type", ""), types[0])
    permitted = queries.permitted_ways(chosen, lines)
    ways = [way for way in chosen.ways if way in permitted]
    return Offer(citizen, case, types, chosen, ways, old)


def _form(request: StaffRequest, offer: Offer) -> TimesForm:
    """The form as it was asked for; what was not said is as it is most often."""
    old, me = offer.old, request.user
    usual = {
        "type": offer.type.key,
        "way": old.way if old else "",
        "who": str(old.caseworker_id if old else me.pk),
        "language": old.language if old else "",
        "companion": "on" if old and old.has_companion else "",
    }
    asked = _asked(request)
    data = {**(usual if "type" not in asked else {}), **asked, "type": offer.type.key}
    if data.get("way") not in set(offer.ways):
        data["way"] = next(iter(offer.ways), "")
    form = TimesForm(data)
    form.choose("type", [(each.key, str(each.name)) for each in offer.types])
    form.choose("way", [(way.value, way.label) for way in offer.ways])
    form.choose("who", _who(offer, me.pk, str(_("me"))))
    languages = [(code, _language(code)) for code in queries.interpreted_languages()]
    form.choose("language", [("", _("not needed")), *languages])
    return form


def _who(offer: Offer, me: UUID, words: str) -> list[tuple[str, object]]:
    """Me, the citizen's own caseworker, who held it until now; or anybody in the team."""
    known = {str(me): words}
    for user in (offer.case.caseworker, offer.old.caseworker if offer.old else None):
        if user is not None:
            known.setdefault(str(user.pk), user.name)
    return [*known.items(), ("", _("anybody in the team"))]


def _wanted(offer: Offer, form: TimesForm) -> services.Wanted:
    said = form.cleaned_data
    return services.Wanted(
        offer.type,
        Way(said["way"]),
        offer.old.unit_id if offer.old else offer.case.unit_id,
        UUID(said["who"]) if said["who"] else None,
        said["language"],
        said["companion"],
    )


def _page(
    request: StaffRequest,
    offer: Offer,
    form: TimesForm,
    status: int = 200,
    refusal: services.CannotBook | LettersMissing | None = None,
) -> HttpResponse:
    slots: list[Slot] = []
    if form.is_valid():
        wanted = _wanted(offer, form)
        slots = queries.times_on_offer(
            offer.citizen, wanted, request.moment, is_staff=True, besides=offer.old
        ).slots()
    asked: date | None = form.cleaned_data.get("week")
    context = {
        "citizen": offer.citizen,
        "old": offer.old,
        "type": offer.type,
        "form": form,
        "week": queries.week_of(slots, asked, request.today),
        "why_not": _why_not(offer, request.today),
        "kept": _kept(form),
        "query": urlencode(_kept(form)),
        "refusal": refusal,
        "nearest": refusal.nearest if isinstance(refusal, services.TimeTaken) else (),
    }
    return render(request, "caseworker/meeting_times.html", context, status=status)


def _why_not(offer: Offer, today: date) -> str:
    """Why the law does not ask for this talk now; it is booked where the citizen wishes it."""
    if not queries.is_asked_by_law(offer.type):
        return ""
    why = queries.why_not_invited(offer.citizen, offer.type.key, "", today)
    return str(why.label) if why else ""


def _kept(form: TimesForm) -> dict[str, str]:
    """What the links between weeks and the buttons of times carry on."""
    names = ("type", "way", "who", "language", "companion")
    return {name: form.data.get(name, "") for name in names}


def _asked(request: StaffRequest) -> Mapping[str, str]:
    return (request.POST if request.method == "POST" else request.GET).dict()


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


HERE = "citizens/<uuid:citizen_id>/meetings/"
urls = [
    path(f"{HERE}times/", times, name="meeting_times"),
    path(f"{HERE}<uuid:uid>/times/", other_times, name="meeting_other_times"),
]
