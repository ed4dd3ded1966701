"""Looking for a job: the way to the CV, the job log and the vacancies, and what counts where."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.queries import at_jobnet, cv_of, job_log_of
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.screens.citizen import cv, job_log, vacancies


@for_citizen(Area.JOBS)
@require_GET
def jobs(request: CitizenRequest) -> HttpResponse:
    """The three errands, each with how it stands here and at Jobnet."""
    context = {
        "cv": cv_of(request.citizen),
        "job_log": list(job_log_of(request.citizen)),
        "at_jobnet": at_jobnet(request.citizen),
    }
    return render(request, "citizen/jobs.html", context)


urls = [path("jobs/", jobs, name="jobs"), *cv.urls, *job_log.urls, *vacancies.urls]
