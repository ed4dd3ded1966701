"""A copy of everything that is known of the citizen: as a file for machines, and as PDF."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from velvalgt.apps.audit.choices import Action
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.audit.services import trace
from velvalgt.apps.exchange.queries import copy_of, copy_words, tables_of
from velvalgt.apps.meetings.models import SafetyNote, SafetyNoteEnd
from velvalgt.apps.messages.services import LettersMissing, pdf_of
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.models import Payment, Residence
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.web.templatetags.web import day

COPY_CSS = "citizen/data_copy.css"
WITHOUT_MEANING = {"id", "external_key"}
"""Columns that say nothing to a reader; they are in the file for machines."""


@for_citizen(Area.DATA)
@require_GET
def download(request: CitizenRequest) -> HttpResponse:
    """What the copy holds, and the two ways to get it."""
    return render(request, "citizen/data_download.html")


@for_citizen(Area.DATA)
@require_GET
def download_json(request: CitizenRequest) -> HttpResponse:
    """The copy as JSON."""
    copy = copy_of(
        request.citizen, tenant=request.user.tenant, at=request.at, without=_hidden(request)
    )
    text = json.dumps(copy, ensure_ascii=False, indent=2)
    return _sent(request, text, "application/json", "json")


@for_citizen(Area.DATA)
@require_GET
def download_pdf(request: CitizenRequest) -> HttpResponse:
    """The copy as tagged PDF, in words."""
    context = {
        "citizen": request.citizen,
        "tenant": request.user.tenant,
        "today": request.today,
        "tables": [
            (copy_words("tables", table.name), [list(_lines(row)) for row in table.rows])
            for table in tables_of(request.citizen, without=_hidden(request))
        ],
    }
    try:
        page = render_to_string("citizen/data_copy.html", context, request)
        pdf = pdf_of(page, render_to_string(COPY_CSS))
    except LettersMissing as error:
        refusal = {"refusal": str(error)}
        return render(request, "citizen/data_download.html", refusal, status=503)
    return _sent(request, pdf, "application/pdf", "pdf")


def _hidden(request: CitizenRequest) -> set[type[CitizenRecord]]:
    """What whoever stands in for the citizen may not take along.

    Money only by a power that opens it; and a protected address is told to nobody else, a parent
    who is not to find the child included. What staff note for their own safety is no part of the
    citizen's pages, and is not when staff sit at them either.
    """
    hidden: set[type[CitizenRecord]] = {SafetyNote, SafetyNoteEnd}
    if Area.MONEY not in request.standing.sees:
        hidden.add(Payment)
    if request.citizen.address_is_protected and request.standing.is_on_behalf:
        hidden.add(Residence)
    return hidden


def _sent(
    request: CitizenRequest, content: str | bytes, media_type: str, ending: str
) -> HttpResponse:
    trace(
        action=Action.EXPORT,
        what=f"subject_access_{ending}",
        citizen_id=request.citizen.pk,
        at=request.at,
    )
    name = f"velvalgt-{request.today.isoformat()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)


def _lines(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The columns of a row that hold something, in words."""
    for column, value in row.items():
        if column not in WITHOUT_MEANING and value not in ("", None, [], {}):
            yield copy_words("columns", column), _words(value)


def _words(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return str(value.get("words") or value.get("name") or "")
    if isinstance(value, list | tuple):
        return ", ".join(_words(each) for each in value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return day(value) if isinstance(value, date | datetime) else str(value)


urls = [
    path("data/download/", download, name="data_download"),
    path("data/download/json/", download_json, name="data_download_json"),
    path("data/download/pdf/", download_pdf, name="data_download_pdf"),
]
