"""What a caseworker submits about when they can be met: a week, a day besides, an absence."""

from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.meetings.models import Place
from velvalgt.apps.meetings.queries import open_places, recurrence_of
from velvalgt.apps.meetings.services import Besides, Week
from velvalgt.apps.staff.models import Unit
from velvalgt.screens.caseworker.forms import Day

WORKING_WEEK = 5


class Clock(forms.TimeInput):
    """A time of the day, written as the browser's own control wants it."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class ThereForm(forms.Form):
    """From when to when, where and in which ways somebody can be met."""

    opens = forms.TimeField(
        label=_("From"), widget=Clock, error_messages={"required": _("Choose a time.")}
    )
    closes = forms.TimeField(
        label=_("Until"), widget=Clock, error_messages={"required": _("Choose a time.")}
    )
    place = forms.ChoiceField(label=_("Where are you?"), required=False)
    ways = forms.MultipleChoiceField(
        label=_("In which ways can you be met?"),
        choices=Way,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )

    def __init__(self, data: QueryDict | None = None, *, on: date) -> None:
        self.places = {str(each.pk): each for each in open_places()}
        usual = {
            "day": on,
            "starts_on": on,
            "every": "1",
            "opens": time(9),
            "closes": time(15),
            "place": next(iter(self.places), ""),
            "ways": Way.values,
        }
        super().__init__(data, initial=usual)
        named = [(key, each.name) for key, each in self.places.items()]
        choice = cast("forms.ChoiceField", self.fields["place"])
        choice.choices = [("", _("Nowhere in particular")), *named]

    def clean(self) -> dict[str, Any]:
        """See that who is met at the office says at which."""
        said = super().clean() or {}
        if Way.OFFICE in said.get("ways", ()) and not said.get("place"):
            self.add_error("place", _("Choose an office, or take out “at our office”."))
        return said

    def where(self) -> Place | None:
        """The place that was chosen."""
        return self.places.get(self.cleaned_data["place"])

    def how(self) -> tuple[Way, ...]:
        """The ways that were chosen."""
        return tuple(Way(each) for each in self.cleaned_data["ways"])


class WeekForm(ThereForm):
    """Hours that come back (træffetid): on which days of the week, how often, from when."""

    days = forms.TypedMultipleChoiceField(
        label=_("On which days?"),
        choices=[(number, capfirst(WEEKDAYS[number])) for number in range(WORKING_WEEK)],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day of the week.")},
    )
    every = forms.TypedChoiceField(
        label=_("How often?"),
        choices=[("1", _("every week")), ("2", _("every second week"))],
        coerce=int,
        widget=forms.RadioSelect,
    )
    starts_on = forms.DateField(
        label=_("From which day?"),
        help_text=_("Every second week counts from the week of this day."),
        widget=Day,
        error_messages={"required": _("Choose a day.")},
    )
    field_order = ("days", "every", "opens", "closes", "place", "ways", "starts_on")

    def week(self) -> Week:
        """The hours as they were chosen."""
        said = self.cleaned_data
        return Week(
            recurrence=recurrence_of(said["days"], said["every"]),
            opens=said["opens"],
            closes=said["closes"],
            starts_on=said["starts_on"],
            place=self.where(),
            ways=self.how(),
        )


class ExtraForm(ThereForm):
    """One day on which somebody can be met besides the week (ekstra træffetid)."""

    day = forms.DateField(
        label=_("Which day?"),
        help_text=_("A holiday or a Saturday is fine, too."),
        widget=Day,
        error_messages={"required": _("Choose a day.")},
    )
    field_order = ("day", "opens", "closes", "place", "ways")

    def besides(self, unit: Unit) -> Besides:
        """The day as it was chosen."""
        said = self.cleaned_data
        return Besides(
            unit=unit,
            starts_at=_moment(said["day"], said["opens"]),
            ends_at=_moment(said["day"], said["closes"]),
            place=self.where(),
            ways=self.how(),
        )


class AwayForm(forms.Form):
    """From when to when somebody is away (fravær); why is not asked."""

    first_day = forms.DateField(
        label=_("First day"),
        help_text=_("You need not say why."),
        widget=Day,
        error_messages={"required": _("Choose a day.")},
    )
    last_day = forms.DateField(
        label=_("Last day"), widget=Day, error_messages={"required": _("Choose a day.")}
    )
    opens = forms.TimeField(
        label=_("From what time, if it is not the whole first day?"), widget=Clock, required=False
    )
    closes = forms.TimeField(
        label=_("Until what time, if it is not the whole last day?"), widget=Clock, required=False
    )

    def __init__(self, data: QueryDict | None = None, *, on: date) -> None:
        super().__init__(data, initial={"first_day": on, "last_day": on})

    def span(self) -> tuple[datetime, datetime]:
        """From which moment to which."""
        said = self.cleaned_data
        ends = (
            _moment(said["last_day"], said["closes"])
            if said["closes"]
            else _moment(said["last_day"] + timedelta(days=1), time())
        )
        return _moment(said["first_day"], said["opens"] or time()), ends


class EndForm(forms.Form):
    """The last day of weekly hours."""

    last_day = forms.DateField(
        label=_("Last day with these hours"),
        help_text=_("What is booked after that day stands until somebody moves it."),
        widget=Day,
        error_messages={"required": _("Choose a day.")},
    )

    def __init__(self, data: QueryDict | None = None, *, on: date) -> None:
        super().__init__(data, initial={"last_day": on})


def _moment(on: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(on, at))
