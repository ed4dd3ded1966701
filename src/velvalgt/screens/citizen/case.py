"""My case: everything that has happened, who did it, and where the fact comes from."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.screens.citizen.happenings import STATIONS
from velvalgt.screens.citizen.timeline import (
    FIRST_DAY,
    LAST_DAY,
    Position,
    Topic,
    Window,
    page_of,
)


class Day(forms.DateInput):
    """A day, written as the browser's own control wants it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day of a time in which anybody here can have lived."""

    widget = Day

    def validate(self, value: Any) -> None:
        """Refuse what is no day of such a time."""
        super().validate(value)
        if value and not FIRST_DAY < value < LAST_DAY:
            raise forms.ValidationError(_("Look at the year."))


class ShownForm(forms.Form):
    """What the reader wants to see: a topic, and from which day to which."""

    topic = forms.ChoiceField(label=gettext_lazy("About"), required=False)
    first_day = DayField(label=gettext_lazy("From day"), required=False)
    last_day = DayField(label=gettext_lazy("To day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = [(topic.value, topic.label) for topic in Topic]
        self.fields["topic"].choices = [("", _("everything")), *topics]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse days that are the wrong way round."""
        given = self.cleaned_data
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("Choose a day that is not before the first."))
        return given

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for, to keep in the addresses of the pages that follow."""
        return {name: value for name in self.fields if (value := self.data.get(name))}

    def window(self, below: Position | None) -> Window:
        """Give what is to be shown; everything, where the question makes no sense."""
        if not self.is_valid():
            return Window(below=below)
        topic = self.cleaned_data["topic"]
        return Window(
            topics=frozenset({Topic(topic)} if topic else Topic),
            first_day=self.cleaned_data["first_day"],
            last_day=self.cleaned_data["last_day"],
            below=below,
        )


@for_citizen(Area.CASE)
@require_GET
def case(request: CitizenRequest) -> HttpResponse:
    """The timeline, newest first, a page at a time."""
    form = ShownForm(request.GET)
    below = Position.read(request.GET.get("below", ""))
    page = page_of(STATIONS, request, form.window(below))
    further = {**form.asked, "below": str(page.goes_on)} if page.goes_on else None
    context = {
        "form": form,
        "page": page,
        "is_filtered": bool(form.asked),
        "is_further": below is not None,
        "newest": urlencode(form.asked),
        "further": urlencode(further) if further else "",
    }
    status = 422 if form.errors else 200
    return render(request, "citizen/case.html", context, status=status)


urls = [path("case/", case, name="case")]
