"""The form in which a manager writes what there is of hours, seats and money."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from velvalgt.apps.cases.choices import NeedLevel
from velvalgt.apps.priorities import queries
from velvalgt.apps.priorities.services import CapacityDraft
from velvalgt.screens.manager.crises import day

NO_NUMBER = gettext_lazy("Write a number.")
FEWEST_FLOORS = 2
ORE = 100


def number(kind: type[forms.Field], label: Any, *, required: bool = True) -> Any:
    """A number, as one writes it in the reader's language."""
    messages = {"required": gettext_lazy("Write a number; 0 where there is none.")}
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return kind(
        label=label,
        required=required,
        widget=widget,
        localize=True,
        error_messages={**messages, "invalid": NO_NUMBER},
    )


def plain(figure: float | None) -> float | None:
    """A figure as one writes it: 22 and not 22.0."""
    return int(figure) if figure is not None and figure == int(figure) else figure


class CapacityForm(forms.Form):
    """What there is in the period; begun with the figures that hold, or with those last tried."""

    starts_on = day(gettext_lazy("It holds from"), gettext_lazy("Choose the first day."))
    weeks = number(forms.IntegerField, gettext_lazy("How many weeks are planned?"))
    budget = number(
        forms.DecimalField, gettext_lazy("Kroner for offers with a price"), required=False
    )
    words = forms.CharField(
        label=gettext_lazy("Why these figures?"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Your colleagues read it, such as: a caseworker comes in January."),
    )

    def __init__(
        self, data: Any, *, on: date, at: datetime, figures: Mapping[str, Any], beside: Any
    ) -> None:
        oere = figures.get("budget_oere")
        begun = {
            "starts_on": beside.get("starts_on") or on,
            "words": beside.get("words", ""),
            "weeks": figures.get("weeks", queries.PERIOD),
            "budget": None if oere is None else plain(oere / ORE),
        }
        super().__init__(data, initial=begun)
        self.on = on
        planned = figures.get("unit_hours", {})
        units = {str(unit.pk): unit.name for unit in queries.units_to_plan(at, planned)}
        self._many("unit_hours", units, figures, forms.FloatField)
        self._many("effort_hours", queries.effort_names(), figures, forms.FloatField)
        offers = queries.offers_to_plan(on, figures.get("seats", {}))
        named = {offer.key: queries.offer_name(offer) for offer in offers}
        self._many("seats", named, figures, forms.IntegerField)
        self._floors(figures.get("floors", []))

    def _many(
        self, name: str, named: dict[str, str], figures: Mapping[str, Any], kind: type[forms.Field]
    ) -> None:
        """A number for each; hours begin at 0, and seats at nothing, which is no limit."""
        said, is_needed = figures.get(name, {}), name != "seats"
        for key, label in named.items():
            field = number(kind, label, required=is_needed)
            field.initial = plain(said.get(key, 0 if is_needed else None))
            self.fields[f"{name}-{key}"] = field

    def _floors(self, floors: list[dict[str, Any]]) -> None:
        """A row for each floor, and an empty one more."""
        efforts = queries.effort_names()
        whom = {level.value: level.label for level in NeedLevel} | queries.group_names()
        self.rows = range(max(FEWEST_FLOORS, len(floors) + 1))
        for row in self.rows:
            floor = floors[row] if row < len(floors) else {}
            chosen = ",".join(floor.get("efforts", ()))
            several = {chosen: " / ".join(efforts.get(e, e) for e in chosen.split(","))}
            what = {"": _("any effort"), **(several if chosen else {}), **efforts}
            who = floor.get("level") or floor.get("group") or ""
            self.fields[f"floors-{row}-who"] = _choice(_("For whom?"), {"": "–", **whom}, who)
            self.fields[f"floors-{row}-efforts"] = _choice(_("Which effort?"), what, chosen)
            least = number(forms.IntegerField, _("How many at least?"), required=False)
            least.initial = floor.get("at_least")
            self.fields[f"floors-{row}-at_least"] = least

    def clean_starts_on(self) -> date:
        """Figures are for what is ahead; what has been planned stays as it was planned."""
        starts_on: date = self.cleaned_data["starts_on"]
        if starts_on < self.on:
            raise forms.ValidationError(_("Choose today or a later day."))
        return starts_on

    @property
    def units(self) -> list[BoundField]:
        return self._named("unit_hours-")

    @property
    def efforts(self) -> list[BoundField]:
        return self._named("effort_hours-")

    @property
    def seats(self) -> list[BoundField]:
        return self._named("seats-")

    @property
    def floors(self) -> list[list[BoundField]]:
        return [self._named(f"floors-{row}-") for row in self.rows]

    def _named(self, begin: str) -> list[BoundField]:
        return [self[name] for name in self.fields if name.startswith(begin)]

    @property
    def draft(self) -> CapacityDraft:
        """What is said, as the service wants it."""
        given = self.cleaned_data
        budget = given["budget"]
        return CapacityDraft(
            starts_on=given["starts_on"],
            weeks=given["weeks"],
            unit_hours=self._said("unit_hours"),
            effort_hours=self._said("effort_hours"),
            seats={key: seats for key, seats in self._given("seats") if seats is not None},
            budget_oere=None if budget is None else int(budget * ORE),
            floors=[self._floor(row) for row in self._rows_filled()],
            words=given["words"],
        )

    def _given(self, name: str) -> list[tuple[str, Any]]:
        begin = f"{name}-"
        return [
            (key.removeprefix(begin), value)
            for key, value in self.cleaned_data.items()
            if key.startswith(begin)
        ]

    def _said(self, name: str) -> dict[str, float]:
        """The hours that are any; 0 is the same as not written."""
        return {key: hours for key, hours in self._given(name) if hours}

    def _rows_filled(self) -> list[int]:
        parts = ("who", "efforts", "at_least")
        given = self.cleaned_data
        return [row for row in self.rows if any(given[f"floors-{row}-{part}"] for part in parts)]

    def _floor(self, row: int) -> dict[str, Any]:
        who, efforts, least = (
            self.cleaned_data[f"floors-{row}-{part}"] for part in ("who", "efforts", "at_least")
        )
        return {
            "level": who if who in NeedLevel.values else None,
            "group": who if who and who not in NeedLevel.values else None,
            "efforts": efforts.split(",") if efforts else [],
            "at_least": least,
        }

    def refuse(self, errors: Mapping[str, str]) -> None:
        """Put what the service refuses beside the fields."""
        rows = self._rows_filled()
        for place, words in errors.items():
            self.add_error(self._field(place, rows), words)

    def _field(self, place: str, rows: list[int]) -> str | None:
        name, _hyphen, which = place.partition("-")
        if name == "floors":
            return f"floors-{rows[int(which)]}-who"
        field = {"budget_oere": "budget"}.get(place, place)
        return field if field in self.fields else None


def _choice(label: str, named: Mapping[str, Any], begun: str) -> forms.ChoiceField:
    choices = cast("list[tuple[str, Any]]", [*named.items()])
    return forms.ChoiceField(label=label, choices=choices, required=False, initial=begun)
