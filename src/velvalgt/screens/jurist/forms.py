"""What the jurist submits: a day and a regime to read the book by, and what the State has given."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from velvalgt.apps.duties import queries as duties
from velvalgt.apps.duties.choices import Effect
from velvalgt.apps.duties.queries import RuleChoice
from velvalgt.apps.duties.services import SHORTEST_NUMBER, Draft
from velvalgt.apps.people.choices import Form
from velvalgt.web.templatetags.words import said, word

LAW = "law"
"""In place of a regime: what is law on the day."""
Choices = list[tuple[str, str]]
OTHER_FORMS = [Form.PHONE.value, Form.VIDEO.value]
"""What an order that allows more forms has allowed so far."""


def in_time(day: date) -> None:
    """Refuse a day that no case can reach: a slip of the keyboard."""
    first, last = duties.possible_days()
    if not first <= day <= last:
        raise forms.ValidationError(_("Look at the year."))


class Day(forms.DateInput):
    """A day, written as the browser's own control wants it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class Asked:
    """A day and a regime's id to read the book by; None is the law of the day."""

    on: date
    regime: str | None


class BookForm(forms.Form):
    """The day and the regime by which the book is read."""

    on = forms.DateField(
        label=gettext_lazy("On the day"),
        widget=Day,
        validators=[in_time],
        error_messages={
            "required": gettext_lazy("Choose a day."),
            "invalid": gettext_lazy("That is no day. Write it as 2026-11-23."),
        },
    )
    regime = forms.ChoiceField(
        label=gettext_lazy("By the rules"),
        error_messages={"invalid_choice": gettext_lazy("There are no such rules.")},
    )

    def __init__(self, data: QueryDict | None, *, on: date) -> None:
        given = data.copy() if data else QueryDict(mutable=True)
        given.setdefault("on", on.isoformat())
        given.setdefault("regime", LAW)
        super().__init__(given)
        choice = cast("forms.ChoiceField", self.fields["regime"])
        choice.choices = [
            (LAW, _("those in force on the day")),
            *((each.id, said(each.name)) for each in duties.regimes()),
        ]

    def asked(self, today: date) -> Asked:
        """What is asked for; the law of today where it cannot be."""
        if not self.is_valid():
            return Asked(today, None)
        regime = self.cleaned_data["regime"]
        return Asked(self.cleaned_data["on"], None if regime == LAW else regime)


class DispensationForm(forms.Form):
    """What the State has given, as it is written (dispensation).

    What can be chosen follows from what was chosen before: the rules in force in its days, for
    what it does. `so_far` is what it says before the order itself is quoted.
    """

    effect = forms.ChoiceField(
        label=gettext_lazy("What does it do?"), choices=Effect, widget=forms.RadioSelect
    )
    first_day = forms.DateField(
        label=gettext_lazy("First day"),
        widget=Day,
        validators=[in_time],
        error_messages={
            "required": gettext_lazy("Choose the first day."),
            "invalid": gettext_lazy("That is no day. Write it as 2026-11-23."),
        },
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Leave it empty where the order names none."),
        widget=Day,
        validators=[in_time],
        required=False,
        error_messages={"invalid": gettext_lazy("That is no day. Write it as 2026-11-23.")},
    )
    rules = forms.MultipleChoiceField(
        label=gettext_lazy("Which rules?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose at least one rule."),
            "invalid_choice": gettext_lazy("A rule on the list is not in force in these days."),
        },
    )
    allowed = forms.MultipleChoiceField(
        label=gettext_lazy("Which forms are allowed as well?"),
        choices=Form,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one form.")},
    )
    clocks = forms.MultipleChoiceField(
        label=gettext_lazy("Which clock stops?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one clock.")},
    )
    regions = forms.MultipleChoiceField(
        label=gettext_lazy("Only in these regions"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy(
                "There is no %(value)s on the first day. Take it off, or choose another day."
            )
        },
    )
    municipalities = forms.CharField(
        label=gettext_lazy("Only in these municipalities"),
        help_text=gettext_lazy("Their names, with a comma between."),
        required=False,
    )
    instrument = forms.CharField(
        label=gettext_lazy("The order’s number and day, as written"),
        help_text=gettext_lazy("Such as: BEK nr. 1234 af 20/11/2026"),
        min_length=SHORTEST_NUMBER,
        max_length=120,
        error_messages={
            "required": gettext_lazy("Write the order’s number and day."),
            "min_length": gettext_lazy("That is too short to be an order’s number and day."),
        },
    )
    paragraph = forms.CharField(
        label=gettext_lazy("Its paragraph"),
        help_text=gettext_lazy("Such as: § 1, stk. 2"),
        max_length=80,
        error_messages={"required": gettext_lazy("Write the paragraph.")},
    )
    url = forms.URLField(
        label=gettext_lazy("The page where you read it"),
        max_length=300,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("That is no address of a page.")},
    )
    words_da = forms.CharField(
        label=gettext_lazy("What the citizen reads, in Danish"),
        help_text=gettext_lazy("One short sentence: what is different, and why."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "da"}),
        error_messages={"required": gettext_lazy("Write a sentence.")},
    )
    words_en = forms.CharField(
        label=gettext_lazy("The same in English"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "en"}),
        error_messages={"required": gettext_lazy("Write a sentence.")},
    )

    WINDOW = ("effect", "first_day", "last_day")
    CHOSEN = ("allowed", "clocks", "rules")
    FOLLOWS = ("clocks", "rules")
    PLACES = ("regions", "municipalities")
    WRITTEN = ("instrument", "paragraph", "url", "words_da", "words_en")
    TAKES = {
        Effect.DUTY_SUSPENDED: ("rules",),
        Effect.FORM_RELAXED: ("allowed", "rules"),
        Effect.CLOCK_EXCLUDED: ("clocks",),
    }

    def __init__(self, data: QueryDict | None, *, on: date, saving: bool) -> None:
        self.is_saving = saving
        given = data.copy() if data else None
        super().__init__(given, initial={"effect": Effect.DUTY_SUSPENDED, "first_day": on})
        self.chosen_effect = _effect(given)
        first = _day(given, "first_day") or on
        self._offer(first, _day(given, "last_day"))
        if given is not None:
            self._show_regions_that_are_gone(given)
        if given is not None and not saving:
            self._keep_what_is_offered(given)

    def _offer(self, first_day: date, last_day: date | None) -> None:
        """Offer what may be chosen for this effect, in these days."""
        for name in {*self.CHOSEN} - {*self.TAKES[self.chosen_effect]}:
            del self.fields[name]
        rules = duties.rules_to_change(self.chosen_effect, first_day, last_day)
        offered: dict[str, Choices] = {
            "rules": [(" ".join(each.ids), _line(each)) for each in rules],
            "clocks": [(each.id, said(each.name)) for each in duties.clocks_to_stop()],
            "regions": [(each, each) for each in duties.regions_on(first_day)],
        }
        self._offered = {name: offered[name] for name in offered.keys() & self.fields.keys()}
        for name, choices in self._offered.items():
            cast("forms.MultipleChoiceField", self.fields[name]).choices = choices

    def _show_regions_that_are_gone(self, given: QueryDict) -> None:
        """Keep its box in sight: where none is chosen, the whole country is meant."""
        offered = self._offered["regions"]
        gone = [each for each in given.getlist("regions") if (each, each) not in offered]
        boxes = cast("forms.CheckboxSelectMultiple", self.fields["regions"].widget)
        boxes.choices = [*offered, *((each, each) for each in gone)]

    def _keep_what_is_offered(self, given: QueryDict) -> None:
        """While one still chooses, forget rules and clocks that other effects or days offered."""
        for name in self.fields.keys() & {*self.FOLLOWS}:
            offered = {value for value, _label in self._offered[name]}
            given.setlist(name, [value for value in given.getlist(name) if value in offered])
        if "allowed" in self.fields and given.get("shown") != self.chosen_effect:
            given.setlist("allowed", OTHER_FORMS)

    def clean_rules(self) -> tuple[str, ...]:
        """Each name stands for one rule or more."""
        return tuple(key for value in self.cleaned_data["rules"] for key in value.split())

    def clean_municipalities(self) -> tuple[str, ...]:
        """The codes of the municipalities that are named."""
        codes = {name.casefold(): code for name, code in duties.municipality_codes().items()}
        names = [each.strip() for each in self.cleaned_data["municipalities"].split(",")]
        unknown = [name for name in names if name and name.casefold() not in codes]
        if unknown:
            told = _("There is no municipality called %(names)s.")
            raise forms.ValidationError(told % {"names": ", ".join(unknown)})
        return tuple(codes[name.casefold()] for name in names if name)

    def clean(self) -> dict[str, Any]:
        """Leave what is not asked for yet unjudged, and hold the days in order."""
        first, last = (self.cleaned_data.get(name) for name in ("first_day", "last_day"))
        if first and last and last < first:
            self.add_error("last_day", _("Choose a last day that is not before the first."))
        if not self.is_saving:
            for name in (*self.WRITTEN, *self.CHOSEN):
                self.errors.pop(name, None)
        return self.cleaned_data

    @property
    def draft(self) -> Draft:
        """All that is said."""
        given = dict(self.cleaned_data)
        given["forms"] = tuple(given.pop("allowed", ()))
        lists = {name: tuple(given.get(name, ())) for name in ("clocks", "regions")}
        return Draft(**given | lists | {"effect": self.chosen_effect})

    @property
    def so_far(self) -> Draft | None:
        """What can be reckoned with before anything is written; None while one still chooses."""
        if not self.is_bound or any(self.errors.get(name) for name in (*self.WINDOW, *self.PLACES)):
            return None
        if not all(self.cleaned_data.get(each) for each in self.TAKES[self.chosen_effect]):
            return None
        return replace(self.draft, instrument="", paragraph="", url="", words_da="", words_en="")


def _line(rule: RuleChoice) -> str:
    """A rule by name and paragraph, and by whom it is for where that tells it from another."""
    groups = ", ".join(f"{group} {word(group, 'group')}" for group in rule.groups)
    return f"{rule.name} ({rule.paragraph}{': ' if groups else ''}{groups})"


def _effect(given: QueryDict | None) -> Effect:
    chosen = given.get("effect") if given else None
    return Effect(chosen) if chosen in Effect.values else Effect.DUTY_SUSPENDED


def _day(given: QueryDict | None, name: str) -> date | None:
    try:
        field = forms.DateField(required=False, validators=[in_time])
        day: date | None = field.clean(given.get(name) if given else None)
    except forms.ValidationError:
        return None
    return day


class WithdrawalForm(forms.Form):
    """Why a dispensation is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write why.")},
    )
