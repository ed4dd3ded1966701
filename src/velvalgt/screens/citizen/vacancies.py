"""Vacancies near the citizen: what is asked for stands in the address, and is kept nowhere."""

from datetime import date
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from velvalgt.apps.cases import services as cases
from velvalgt.apps.companies.choices import Category
from velvalgt.apps.companies.models import Vacancy
from velvalgt.apps.companies.queries import Place, Search, demands_for, places, search, vacancies_of
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.queries import job_log_of
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.screens.citizen.job_log import back_to_job_log

A_PAGE = 5
FARTHEST_KM = 500


class SearchForm(forms.Form):
    """What to look for, from where and how far; all of it may be left out."""

    words = forms.CharField(
        label=gettext_lazy("Words"),
        help_text=gettext_lazy("A job, a company or a town."),
        max_length=100,
        required=False,
    )
    start = forms.ChoiceField(
        label=gettext_lazy("I start from"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("There are no jobs on the map there.")},
    )
    km = forms.IntegerField(
        label=gettext_lazy("At most this many kilometres away"),
        help_text=gettext_lazy("As the crow flies. By road it is longer."),
        min_value=1,
        max_value=FARTHEST_KM,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        required=False,
    )

    def __init__(self, data: QueryDict, places: list[Place]) -> None:
        super().__init__(data)
        self._places = {place.postcode: place for place in places}
        choice = cast("forms.ChoiceField", self.fields["start"])
        choice.choices = [
            ("", _("anywhere")),
            *((place.postcode, f"{place.postcode} {place.city}") for place in places),
        ]

    def clean(self) -> dict[str, Any]:
        """A distance is from somewhere."""
        told = super().clean() or self.cleaned_data
        if told.get("km") and not told.get("start") and "start" not in self.errors:
            self.add_error("start", _("Choose where you start from."))
        return told

    def found(self, on: date) -> Search:
        """What is found; nothing where the question does not hold."""
        if not self.is_valid():
            return Search([])
        place = self._places.get(self.cleaned_data["start"])
        return search(
            on=on,
            words=self.cleaned_data["words"],
            start=place.point if place else None,
            within_km=self.cleaned_data["km"],
        )

    @property
    def address(self) -> str:
        """What is asked for, for the address of the next page."""
        told = {name: value for name, value in self.cleaned_data.items() if value}
        return f"{urlencode(told)}&" if told else ""


@for_citizen(Area.JOBS)
@require_GET
def vacancies(request: CitizenRequest) -> HttpResponse:
    """The vacancies that are open, a few at a time."""
    form = SearchForm(request.GET, places(request.today))
    found = form.found(request.today)
    page = Paginator(found.hits, A_PAGE).get_page(request.GET.get("page"))
    shown = vacancies_of(list(page.object_list))
    demands = demands_for({vacancy.occupation for vacancy, _ in shown}, on=request.today)
    noted = {line.url for line in job_log_of(request.citizen)}
    context = {
        "form": form,
        "page": page,
        "without_place": found.without_place,
        "categories": list(Category) if demands else [],
        "lines": [
            (vacancy, km, demands.get(vacancy.occupation), vacancy.url in noted)
            for vacancy, km in shown
        ],
    }
    return render(request, "citizen/vacancies.html", context, status=422 if form.errors else 200)


@for_citizen(Area.JOBS)
@require_POST
def vacancy_log_entries(request: CitizenRequest, vacancy_id: UUID) -> HttpResponse:
    """Put a vacancy in the job log."""
    vacancy = get_object_or_404(Vacancy.objects.open(request.today), pk=vacancy_id)
    entry = cases.note_job(
        citizen=request.citizen,
        title=vacancy.title,
        company=vacancy.employer,
        url=vacancy.url,
        by=request.user,
        at=request.at,
    )
    return back_to_job_log(entry)


urls = [
    path("jobs/vacancies/", vacancies, name="vacancies"),
    path(
        "jobs/vacancies/<uuid:vacancy_id>/log-entry/",
        vacancy_log_entries,
        name="vacancy_log_entries",
    ),
]
