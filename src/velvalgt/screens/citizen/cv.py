"""The citizen's CV: a line at a time, in their own words."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from velvalgt.apps.cases import services as cases
from velvalgt.apps.cases.requests import no_cpr
from velvalgt.apps.people.choices import Area, CvKind
from velvalgt.apps.people.models import CvEntry
from velvalgt.apps.people.queries import at_jobnet, cv_of
from velvalgt.apps.people.requests import CitizenRequest, for_citizen

FIRST_YEAR, YEARS_AHEAD = 1930, 10


class Year(forms.IntegerField):
    """A year of somebody's working life."""

    def __init__(self, **more: Any) -> None:
        digits = forms.NumberInput(attrs={"inputmode": "numeric"})
        wrong = {"invalid": gettext_lazy("Write the year with four digits, such as 2019.")}
        super().__init__(required=False, widget=digits, error_messages=wrong, **more)


class CvForm(forms.Form):
    """A line of a CV."""

    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=CvKind)
    title = forms.CharField(
        validators=[no_cpr],
        label=gettext_lazy("In a few words"),
        help_text=gettext_lazy("Such as: shop assistant, welding course, English."),
        max_length=200,
        error_messages={"required": gettext_lazy("Write a few words, so that you know it again.")},
    )
    place = forms.CharField(
        validators=[no_cpr], label=gettext_lazy("Where?"), max_length=200, required=False
    )
    from_year = Year(label=gettext_lazy("From the year"))
    to_year = Year(
        label=gettext_lazy("To the year"),
        help_text=gettext_lazy("Leave it empty if it is still so."),
    )
    words = forms.CharField(
        validators=[no_cpr],
        label=gettext_lazy("More about it"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )

    def __init__(
        self, data: QueryDict | None = None, *, today: date, entry: CvEntry | None = None
    ) -> None:
        super().__init__(data, initial=entry.facts if entry else None)
        self._last = today.year + YEARS_AHEAD

    def clean(self) -> dict[str, Any]:
        """The years lie in somebody's life, and in order."""
        told = super().clean() or self.cleaned_data
        begun, ended = told.get("from_year"), told.get("to_year")
        for name in ("from_year", "to_year"):
            if told.get(name) is not None and not FIRST_YEAR <= told[name] <= self._last:
                self.add_error(name, _("Look at the year."))
        if begun is not None and ended is not None and ended < begun:
            self.add_error("to_year", _("It ends before it begins. Look at the two years."))
        return told


@for_citizen(Area.JOBS)
@require_http_methods(["GET", "POST"])
def cv(request: CitizenRequest) -> HttpResponse:
    """The CV; a POST writes a line."""
    form = CvForm(request.POST or None, today=request.today)
    if form.is_valid():
        entry = cases.write_cv(
            citizen=request.citizen,
            line=cases.CvLine(**form.cleaned_data),
            by=request.user,
            at=request.at,
        )
        return _back(entry)
    lines = cv_of(request.citizen)
    context = {
        "form": form,
        "lines": lines,
        "state": at_jobnet(request.citizen).get("cv"),
        "saved": saved_among(lines, request.GET),
    }
    return render(request, "citizen/cv.html", context, status=422 if form.errors else 200)


@for_citizen(Area.JOBS)
@require_http_methods(["GET", "POST"])
def cv_entry(request: CitizenRequest, entry_id: UUID) -> HttpResponse:
    """One line of the CV; a POST writes another instead of it."""
    entry = get_object_or_404(CvEntry, citizen=request.citizen, pk=entry_id, is_withdrawal=False)
    form = CvForm(request.POST or None, today=request.today, entry=entry)
    if form.is_valid():
        try:
            line = cases.write_cv(
                citizen=request.citizen,
                line=cases.CvLine(**form.cleaned_data),
                instead_of=entry,
                by=request.user,
                at=request.at,
            )
        except cases.ChangedMeanwhile as error:
            form.add_error(None, str(error))
        else:
            return _back(line)
    context = {"form": form, "entry": entry}
    return render(request, "citizen/cv_entry.html", context, status=422 if form.errors else 200)


@for_citizen(Area.JOBS)
@require_POST
def cv_withdrawals(request: CitizenRequest, entry_id: UUID) -> HttpResponse:
    """Take a line out of the CV."""
    entry = get_object_or_404(CvEntry, citizen=request.citizen, pk=entry_id, is_withdrawal=False)
    try:
        cases.take_back(entry=entry, by=request.user, at=request.at)
    except cases.ChangedMeanwhile as error:
        form = CvForm(today=request.today, entry=entry)
        context = {"form": form, "entry": entry, "refusal": str(error)}
        return render(request, "citizen/cv_entry.html", context, status=409)
    return redirect(f"{reverse('citizen:cv')}?removed=yes")


def saved_among(lines: Iterable[Any], asked: QueryDict) -> Any:
    """The line that was saved just now, by the address; None where none was."""
    return next((line for line in lines if str(line.pk) == asked.get("saved")), None)


def _back(entry: CvEntry) -> HttpResponse:
    return redirect(f"{reverse('citizen:cv')}?saved={entry.pk}")


urls = [
    path("jobs/cv/", cv, name="cv"),
    path("jobs/cv/<uuid:entry_id>/", cv_entry, name="cv_entry"),
    path("jobs/cv/<uuid:entry_id>/withdrawal/", cv_withdrawals, name="cv_withdrawals"),
]
