"""What the caseworker submits about a suggestion: something else, later, what is not wanted."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from velvalgt.apps.cases.requests import DayField, no_cpr
from velvalgt.apps.priorities.choices import Because, Reply
from velvalgt.apps.priorities.queries import Option, SuggestionLine

USUAL_WAIT = timedelta(weeks=2)
"""How long one waits where one says nothing else; a starting value of the form's."""


class Words(forms.CharField):
    """A few words of one's own, that may be left out."""

    default_validators = [no_cpr]

    def __init__(self) -> None:
        super().__init__(
            label=_("In your own words"),
            help_text=_("May be left out. The citizen can read it."),
            max_length=1000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )


class ReasonField(forms.ChoiceField):
    """The reason for an answer, the most usual one chosen beforehand."""

    def __init__(self, reply: Reply) -> None:
        reasons = Because.of(reply)
        super().__init__(
            label=_("Why?"),
            choices=[(reason.value, reason.label) for reason in reasons],
            initial=reasons[0],
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose a reason.")},
        )


class ChoiceOfOption(forms.ChoiceField):
    """One of what may be chosen for a citizen, grouped as the table and the catalogue have it."""

    def __init__(self, label: Any) -> None:
        errors = {"required": _("Choose one."), "invalid_choice": _("Choose one of the list.")}
        super().__init__(label=label, error_messages=errors)

    def offer(self, options: Sequence[Option], first: Sequence[Option] = ()) -> None:
        """Fill in the list, with what comes first of all on top."""
        keys = {option.key for option in first}
        rest = [option for option in options if option.key not in keys]
        groups = (
            (_("Next best in the plan"), first),
            (_("Efforts"), [option for option in rest if option.offer is None]),
            (_("From the catalogue"), [option for option in rest if option.offer]),
        )
        self.choices = [
            ("", _("Choose")),
            *(
                (name, [(option.key, option.title) for option in group])
                for name, group in groups
                if group
            ),
        ]


class OtherForm(forms.Form):
    """Something else than what is suggested, and why."""

    choice = ChoiceOfOption(_("What do you choose?"))
    because = ReasonField(Reply.OTHER)
    words = Words()

    def __init__(
        self, data: QueryDict | None, *, line: SuggestionLine, options: Sequence[Option]
    ) -> None:
        super().__init__(data)
        self._options = {each.key: each for each in options if each.key != line.option.key}
        next_best = [each.option for each in line.others if each.option.key in self._options]
        field = cast("ChoiceOfOption", self.fields["choice"])
        field.offer(list(self._options.values()), next_best)

    @property
    def chosen(self) -> Option:
        """What was chosen."""
        return self._options[self.cleaned_data["choice"]]


class LaterForm(forms.Form):
    """That one waits, until when and why."""

    until = DayField(label=_("Show it again on"))
    because = ReasonField(Reply.POSTPONED)
    words = Words()


class NoForm(forms.Form):
    """What a citizen has said no to."""

    choice = ChoiceOfOption(_("What does the citizen not want?"))
    words = Words()

    def __init__(self, data: QueryDict | None = None, *, options: Sequence[Option]) -> None:
        super().__init__(data)
        self._options = {each.key: each for each in options if each.is_help}
        cast("ChoiceOfOption", self.fields["choice"]).offer(list(self._options.values()))

    @property
    def chosen(self) -> Option:
        """What was chosen."""
        return self._options[self.cleaned_data["choice"]]
