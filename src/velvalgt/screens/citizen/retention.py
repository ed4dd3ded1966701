"""What is deleted when, as each station says of its own records."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from velvalgt.apps.exchange.queries import kept
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen


@for_citizen(Area.DATA)
@require_GET
def retention(request: CitizenRequest) -> HttpResponse:
    """How long each thing is kept, and by which rule."""
    return render(request, "citizen/data_retention.html", {"kept": kept()})


urls = [path("data/retention/", retention, name="data_retention")]
