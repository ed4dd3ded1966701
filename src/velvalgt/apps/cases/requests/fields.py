"""The fields that people write in, and how a refusal is said on a form."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from velvalgt.apps.cases.ownwords import HoldsCpr, refuse_cpr
from velvalgt.apps.cases.planwriting import CannotChange, PastDay
from velvalgt.apps.cases.steering import CannotAgree, ChecksInWrong, EndsWrong

FIELDS: dict[type[Exception], str] = {
    PastDay: "due_on",
    EndsWrong: "ends_on",
    ChecksInWrong: "check_in_on",
}
"""Where on a form a refusal belongs; the others are about the whole."""


def sent(form: forms.Form, do: Callable[[], object]) -> bool:
    """Do what a form asks for; say on it what is wrong, or why it was refused."""
    if not form.is_valid():
        return False
    try:
        do()
    except (CannotChange, CannotAgree, HoldsCpr) as error:
        form.add_error(FIELDS.get(type(error)), str(error))
        return False
    return True


def no_cpr(text: str) -> None:
    """Say beside the field that a CPR number does not belong in it."""
    try:
        refuse_cpr(text)
    except HoldsCpr as error:
        raise ValidationError(str(error), code="cpr") from error


class OwnWords(forms.CharField):
    """Somebody's own words, of one line or several."""

    default_validators = [no_cpr]

    def __init__(self, *, rows: int = 1, **kwargs: object) -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
        errors = {"required": _("Write something here.")}
        super().__init__(widget=widget, error_messages=errors, **kwargs)  # type: ignore[arg-type]


class DayField(forms.DateField):
    """A day, written as the browser's own control wants it."""

    def __init__(self, **kwargs: object) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        errors = {"required": _("Choose a day."), "invalid": _("Write a day, such as 31.12.2026.")}
        super().__init__(widget=widget, error_messages=errors, **kwargs)  # type: ignore[arg-type]
