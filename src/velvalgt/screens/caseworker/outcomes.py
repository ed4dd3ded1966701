"""Saying what came of a meeting: held, missed or excused, what was agreed, and what comes next."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from velvalgt.apps.cases import queries as cases
from velvalgt.apps.cases import services as journal
from velvalgt.apps.cases.choices import Owner, Side
from velvalgt.apps.cases.queries import Goal
from velvalgt.apps.cases.requests.fields import DayField, OwnWords
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import Result, Way
from velvalgt.apps.meetings.models import Meeting, Outcome
from velvalgt.apps.meetings.queries import Slot
from velvalgt.apps.messages.services import LettersMissing
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.screens.caseworker.worklist import worklist_page
from velvalgt.web.templatetags.web import weekday

INVITE = "invite"
"""Said instead of a time: the citizen chooses."""

STEP_WITHIN = timedelta(days=14)
"""The day that is proposed for a next step; whoever writes chooses another."""


class TimeField(forms.ChoiceField):
    """A time on offer, or none; whether it is still free is known when it is booked."""

    def valid_value(self, value: object) -> bool:
        """Say yes to whatever can be read; the booking says whether it can be had."""
        return True


class OutcomeForm(forms.Form):
    """What came of a meeting, in as few words as one likes."""

    result = forms.ChoiceField(
        label=_("What came of it?"),
        choices=Result,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of it.")},
    )
    way = forms.ChoiceField(label=_("How was it held?"))
    agreed = OwnWords(
        label=_("What did you agree?"),
        help_text=_("The citizen reads the same words on the plan."),
        max_length=1000,
        required=False,
        rows=2,
    )
    step = OwnWords(label=_("The next step"), max_length=300, required=False)
    owner = forms.ChoiceField(label=_("Who does it?"), required=False)
    due_on = DayField(label=_("By when"), required=False)
    goal = forms.ChoiceField(label=_("Towards which goal?"), required=False)
    new_goal = OwnWords(
        label=_("Towards which goal?"),
        help_text=_("The plan has none yet. The citizen says yes to it."),
        max_length=300,
        required=False,
    )
    following = TimeField(
        label=_("When do you meet next?"),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        meeting: Meeting,
        said: Outcome | None,
        goals: Sequence[Goal],
        due_on: date,
    ) -> None:
        initial = {
            "result": said.result if said else Result.HELD,
            "way": meeting.way,
            "agreed": said.agreed if said else "",
            "owner": Owner.CITIZEN,
            "due_on": due_on,
            "following": "",
        }
        super().__init__(data, initial=initial)
        ways = dict.fromkeys((Way(meeting.way), *queries.type_of(meeting.type).ways))
        self._choose("way", [(way.value, way.label) for way in ways])
        first_name = meeting.citizen.first_name
        owners = [(Owner.CITIZEN, first_name), (Owner.MUNICIPALITY, _("The municipality"))]
        self._choose("owner", owners)
        self._choose("goal", [(str(goal.key), goal.now.words) for goal in goals])
        del self.fields["new_goal" if goals else "goal"]

    def offer(self, slots: Sequence[Slot], invites: str) -> None:
        """Offer some times for the next meeting, and to let the citizen choose in those words.

        Without either, nothing is asked.
        """
        times = [(_key(slot), _in_words(slot.starts_at)) for slot in slots]
        if invites:
            times.append((INVITE, invites))
        if times:
            self._choose("following", [("", _("not now")), *times])
        elif not self.errors.get("following"):
            del self.fields["following"]

    def clean(self) -> dict[str, object]:
        """A step has a goal and a day; what was agreed was agreed at a meeting that was held."""
        said = self.cleaned_data
        if said.get("step"):
            self._clean_step(said)
        is_written = said.get("agreed") or said.get("step")
        if is_written and said.get("result") in {Result.MISSED, Result.EXCUSED}:
            self.add_error("result", _("You wrote what you agreed. Then the meeting was held."))
        return said

    def clean_following(self) -> services.Following | None:
        """Read the time and with whom; where the citizen is to choose, there is none yet."""
        moment, _slash, key = self.cleaned_data["following"].partition("/")
        if moment in {"", INVITE}:
            return None
        try:
            return services.Following(datetime.fromisoformat(moment), UUID(key))
        except ValueError as error:
            raise forms.ValidationError(_("Choose one of the times.")) from error

    @property
    def told(self) -> services.Told:
        """What came of the meeting, as it was written."""
        said = self.cleaned_data
        return services.Told(Result(said["result"]), Way(said["way"]), said["agreed"])

    @property
    def then(self) -> services.Then:
        """What comes next, as it was written."""
        said, invites = self.cleaned_data, self["following"].value() == INVITE
        if not said["step"]:
            return services.Then(following=said["following"], invites=invites)
        owner = Owner(said["owner"] or Owner.CITIZEN)
        step = journal.NewStep(said["step"], said["due_on"], owner)
        goal = UUID(said["goal"]) if said.get("goal") else journal.NewGoal(said["new_goal"])
        return services.Then(step, goal, said["following"], invites)

    def _clean_step(self, said: dict[str, object]) -> None:
        if not said.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Choose a day."))
        which = "goal" if "goal" in self.fields else "new_goal"
        if not said.get(which) and which not in self.errors:
            self.add_error(which, _("Write a goal: a step leads somewhere."))

    def _choose(self, name: str, choices: Sequence[tuple[object, object]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def outcome(request: StaffRequest, uid: UUID) -> HttpResponse:
    """Say what came of a meeting; saying another thing later corrects it."""
    meeting = get_object_or_404(queries.meetings_named(uid))
    said = queries.outcome_of(meeting)
    goals = cases.plan_of(meeting.citizen).open_goals
    due_on = request.today + STEP_WITHIN
    form = OutcomeForm(request.POST or None, meeting=meeting, said=said, goals=goals, due_on=due_on)
    if not form.is_valid():
        return _page(request, meeting, form, 422 if form.is_bound else 200)
    hand = journal.Hand(Side.MUNICIPALITY, request.user, request.at, request.today)
    try:
        written = services.write_up(
            meeting=meeting, told=form.told, then=form.then, hand=hand, moment=request.moment
        )
    except services.TimeTaken as error:
        form.add_error("following", str(error))
        return _page(request, meeting, form, 409, error.nearest)
    except journal.PastDay as error:
        form.add_error("due_on", str(error))
    except (services.NotBegun, services.NotAgreedAnyMore, journal.CannotChange) as error:
        form.add_error(None, str(error))
    except (services.CannotBook, LettersMissing) as error:
        form.add_error("following", str(error))
    else:
        return _shown(request, written)
    return _page(request, meeting, form, 422)


@for_role(Role.CASEWORKER)
@require_POST
def outcome_withdrawal(request: StaffRequest, outcome_id: UUID) -> HttpResponse:
    """Take back what was said of a meeting; the next meeting and the plan stand."""
    said = get_object_or_404(Outcome.objects.select_related("citizen", "meeting"), pk=outcome_id)
    try:
        written = services.take_back(
            outcome=said, by=request.user, at=request.moment, today=request.today
        )
    except journal.AlreadyCorrected as error:
        return worklist_page(request, refusal=str(error))
    return _shown(request, written)


def _page(
    request: StaffRequest,
    meeting: Meeting,
    form: OutcomeForm,
    status: int,
    nearest: Sequence[Slot] | None = None,
) -> HttpResponse:
    at = request.moment
    slots = services.times_after(meeting, at) if nearest is None else nearest
    form.offer(slots, _invites(meeting) if services.may_be_invited(meeting, at) else "")
    context = {
        "meeting": meeting,
        "type": queries.type_of(meeting.type),
        "form": form,
        "has_begun": meeting.starts_at <= at,
        "said": queries.outcome_of(meeting),
    }
    return render(request, "caseworker/outcome.html", context, status=status)


def _shown(request: StaffRequest, written: Outcome) -> HttpResponse:
    """Lead back to the worklist, which says what was written; a reload writes nothing."""
    meeting = written.meeting
    if queries.hand_over_was_wrong(meeting):  # its page says whom to tell
        return redirect("caseworker:meeting", meeting.citizen_id, meeting.uid)
    query = urlencode({**request.GET.dict(), "outcome": written.pk})
    return redirect(f"{reverse('caseworker:home')}?{query}")


def _invites(meeting: Meeting) -> str:
    words = _("%(name)s chooses the time: send an invitation")
    return words % {"name": meeting.citizen.first_name}


def _key(slot: Slot) -> str:
    return f"{timezone.localtime(slot.starts_at).isoformat()}/{slot.staff[0]}"


def _in_words(at: datetime) -> str:
    here = timezone.localtime(at)
    return _("%(day)s at %(time)s") % {"day": weekday(here), "time": time_format(here)}


urls = [
    path("meetings/<uuid:uid>/outcome/", outcome, name="outcome"),
    path("outcomes/<uuid:outcome_id>/withdrawal/", outcome_withdrawal, name="outcome_withdrawal"),
]
