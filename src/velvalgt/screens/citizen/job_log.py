"""The citizen's job log: which jobs they want, have applied for, and how it went."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from velvalgt.apps.cases import services as cases
from velvalgt.apps.cases.requests import no_cpr
from velvalgt.apps.people.choices import Area, JobLogHow, JobLogState
from velvalgt.apps.people.models import JobLogEntry
from velvalgt.apps.people.queries import at_jobnet, job_log_of
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.screens.citizen.cv import saved_among

A_PAGE = 10


class JobLogForm(forms.Form):
    """A line of a job log."""

    title = forms.CharField(
        validators=[no_cpr],
        label=gettext_lazy("Which job?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write which job it is.")},
    )
    company = forms.CharField(
        validators=[no_cpr],
        label=gettext_lazy("Where?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write the name of the company.")},
    )
    state = forms.ChoiceField(
        label=gettext_lazy("How does it stand?"),
        choices=JobLogState,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    applied_on = forms.DateField(
        label=gettext_lazy("Which day did you apply?"),
        help_text=gettext_lazy("We need it when you have applied."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
        error_messages={"invalid": gettext_lazy("That is no day. Write it as 2026-11-23.")},
    )
    how = forms.ChoiceField(
        label=gettext_lazy("How did you apply?"),
        choices=[("", gettext_lazy("Choose")), *JobLogHow.choices],
        required=False,
    )
    url = forms.URLField(
        label=gettext_lazy("Link to the job"),
        assume_scheme="https",
        max_length=400,
        required=False,
        error_messages={
            "invalid": gettext_lazy("That is no link. Copy it from the top of the page.")
        },
    )

    def __init__(self, data: QueryDict | None = None, *, entry: JobLogEntry | None = None) -> None:
        super().__init__(data, initial=entry.facts if entry else {"state": JobLogState.APPLIED})

    def clean(self) -> dict[str, Any]:
        """What has been applied for was so on some day."""
        told = super().clean() or self.cleaned_data
        is_applied = told.get("state") not in {None, "", JobLogState.WANTED}
        if is_applied and not told.get("applied_on") and "applied_on" not in self.errors:
            self.add_error("applied_on", _("Choose the day you applied."))
        return told


@for_citizen(Area.JOBS)
@require_http_methods(["GET", "POST"])
def job_log(request: CitizenRequest) -> HttpResponse:
    """The job log, the newest first; a POST writes a line."""
    form = JobLogForm(request.POST or None)
    if entry := _written(request, form):
        return back_to_job_log(entry)
    page = Paginator(job_log_of(request.citizen), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "state": at_jobnet(request.citizen).get("job_log"),
        "saved": saved_among(page.object_list, request.GET),
    }
    return render(request, "citizen/job_log.html", context, status=422 if form.errors else 200)


@for_citizen(Area.JOBS)
@require_http_methods(["GET", "POST"])
def job_log_entry(request: CitizenRequest, entry_id: UUID) -> HttpResponse:
    """One line of the job log; a POST writes how it stands now."""
    entry = _found(request, entry_id)
    form = JobLogForm(request.POST or None, entry=entry)
    if line := _written(request, form, entry):
        return back_to_job_log(line)
    context = {"form": form, "entry": entry}
    status = 422 if form.errors else 200
    return render(request, "citizen/job_log_entry.html", context, status=status)


@for_citizen(Area.JOBS)
@require_POST
def job_log_withdrawals(request: CitizenRequest, entry_id: UUID) -> HttpResponse:
    """Take a line out of the job log."""
    entry = _found(request, entry_id)
    try:
        cases.take_back(entry=entry, by=request.user, at=request.at)
    except cases.ChangedMeanwhile as error:
        context = {"form": JobLogForm(entry=entry), "entry": entry, "refusal": str(error)}
        return render(request, "citizen/job_log_entry.html", context, status=409)
    return redirect(f"{reverse('citizen:job_log')}?removed=yes")


def back_to_job_log(entry: JobLogEntry) -> HttpResponse:
    """Lead to the job log, which says that the line was saved."""
    return redirect(f"{reverse('citizen:job_log')}?saved={entry.pk}")


def _written(
    request: CitizenRequest, form: JobLogForm, instead_of: JobLogEntry | None = None
) -> JobLogEntry | None:
    """Write what was submitted; None where it cannot be, which then stands on the form."""
    if not form.is_valid():
        return None
    try:
        return cases.write_job_log(
            citizen=request.citizen,
            line=cases.JobLine(**form.cleaned_data),
            instead_of=instead_of,
            today=request.today,
            by=request.user,
            at=request.at,
        )
    except cases.NotAppliedYet as error:
        form.add_error("applied_on", str(error))
    except cases.ChangedMeanwhile as error:
        form.add_error(None, str(error))
    return None


def _found(request: CitizenRequest, entry_id: UUID) -> JobLogEntry:
    lines = JobLogEntry.objects.filter(citizen=request.citizen, is_withdrawal=False)
    return get_object_or_404(lines, pk=entry_id)


urls = [
    path("jobs/log/", job_log, name="job_log"),
    path("jobs/log/<uuid:entry_id>/", job_log_entry, name="job_log_entry"),
    path("jobs/log/<uuid:entry_id>/withdrawal/", job_log_withdrawals, name="job_log_withdrawals"),
]
