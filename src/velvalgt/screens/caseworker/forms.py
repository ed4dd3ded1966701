"""What the caseworker submits: an interview that was held, a leave-out, a choice of what to see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from django import forms
from django.db.models import TextChoices
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from velvalgt.apps.audit.actor import current
from velvalgt.apps.cases.models import CaseQuerySet, Entry
from velvalgt.apps.cases.queries import caseload, unit_caseload
from velvalgt.apps.duties.choices import LeaveOutReason
from velvalgt.apps.meetings.models import MeetingQuerySet, Outcome
from velvalgt.apps.meetings.queries import meetings_of_staff, meetings_of_unit
from velvalgt.apps.people.choices import Form
from velvalgt.apps.priorities.queries import AnswerLine, answered
from velvalgt.apps.staff.models import User


class Scope(TextChoices):
    """Whose cases the worklist shows."""

    MINE = "mine", _("My cases")
    UNIT = "unit", _("The unit’s cases")


class Page(TextChoices):
    """Where the caseworker stands, and is led back to."""

    WORKLIST = "worklist", _("Worklist")
    CITIZEN = "citizen", _("The citizen")


class Day(forms.DateInput):
    """A day, written as the browser's own control wants it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class InterviewForm(forms.Form):
    """One interview that was held (afholdt samtale): in which form, on which day."""

    # A control named "form" would hide the element's own property of that name from htmx.
    how = forms.ChoiceField(label=_("Form"))
    on = forms.DateField(label=_("Day"), widget=Day)
    page = forms.ChoiceField(choices=Page, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        permitted: Sequence[Form],
        on: date,
        page: Page | None = None,
        key: object = "interview",
    ) -> None:
        initial = {"how": permitted[0] if permitted else "", "on": on, "page": page}
        super().__init__(data, auto_id=f"{key}-%s", initial=initial)
        choice = cast("forms.ChoiceField", self.fields["how"])
        choice.choices = [(form.value, form.label) for form in permitted]


def page_named_in(data: QueryDict) -> Page:
    """Read from which page something was sent; the worklist where none is named."""
    name = data.get("page", "")
    return Page(name) if name in Page.values else Page.WORKLIST


class LeaveOutForm(forms.Form):
    """A caseworker's own assessment that somebody will find work alone (fritagelse fra samtale)."""

    reason = forms.ChoiceField(
        label=_("Why will the citizen find work alone?"),
        choices=LeaveOutReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    words = forms.CharField(
        label=_("In your own words"),
        help_text=_("The citizen reads the same words."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write a sentence.")},
    )
    heard_on = forms.DateField(
        label=_("Heard on"),
        help_text=_("The day you talked with the citizen about it."),
        widget=Day,
        error_messages={"required": _("Choose a day.")},
    )
    until = forms.DateField(
        label=_("Lasts until"),
        help_text=_("From this day interviews are owed again."),
        widget=Day,
        error_messages={"required": _("Choose a day.")},
    )


class ShownForm(forms.Form):
    """What an address asks to have shown: whose cases, and what was just written."""

    scope = forms.ChoiceField(choices=Scope, required=False)
    entry = forms.UUIDField(required=False)
    outcome = forms.UUIDField(required=False)
    answer = forms.UUIDField(required=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """Whose cases are shown, and what was just written."""

    scope: Scope
    entry: Entry | None
    outcome: Outcome | None
    answer: AnswerLine | None


def shown(request: HttpRequest) -> Shown:
    """Read what the address asks to have shown; what it asks wrongly is left out."""
    form = ShownForm(request.GET)
    form.is_valid()
    key = form.cleaned_data.get("entry")
    entry = Entry.objects.select_related("citizen").filter(pk=key).first() if key else None
    key = form.cleaned_data.get("outcome")
    told = Outcome.objects.select_related("citizen", "meeting", "entry")
    outcome = told.filter(pk=key).first() if key else None
    key = form.cleaned_data.get("answer")
    answer = answered(key) if key else None
    scope = Scope(form.cleaned_data.get("scope") or Scope.MINE)
    return Shown(scope, entry, outcome, answer)


def cases_shown(scope: Scope, user: User) -> CaseQuerySet:
    """Give the open cases that a scope names: the user's own, or those of the unit they work in."""
    unit = current().unit_id
    return unit_caseload(unit) if scope == Scope.UNIT and unit else caseload(user.pk)


def meetings_shown(scope: Scope, user: User) -> MeetingQuerySet:
    """Give the meetings as agreed now that a scope names, as with cases."""
    unit = current().unit_id
    if scope == Scope.UNIT and unit:
        return meetings_of_unit(unit)
    return meetings_of_staff(user.pk)


class SearchForm(forms.Form):
    """A citizen's name, or some letters of it; never sent in an address."""

    name = forms.CharField(label=_("Name"), min_length=2, max_length=100)
