"""The citizen's documents: read them, hand some in, keep them all."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from velvalgt.apps.cases import services
from velvalgt.apps.cases.models import Receipt
from velvalgt.apps.cases.queries import (
    content_of,
    document_of,
    documents_of,
    packed,
    parts_of,
    receipt_of,
)
from velvalgt.apps.cases.requests import no_cpr
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.web.downloads import download
from velvalgt.web.fields import FilesField


class HandInForm(forms.Form):
    """One errand: what it is in words, and the files."""

    title = forms.CharField(
        validators=[no_cpr],
        label=gettext_lazy("What is it?"),
        help_text=gettext_lazy("For example: a letter from my doctor."),
        max_length=200,
        error_messages={"required": gettext_lazy("Write what it is.")},
    )
    file = FilesField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("PDF, picture, Word or text. At most 10 MB each, 5 at a time."),
        required=True,
    )


class PartForm(forms.Form):
    """Which part of the whole an address asks for."""

    part = forms.IntegerField(required=False, min_value=1)


class SentForm(forms.Form):
    """Whose receipt an address asks to have shown: that of what was just sent."""

    receipt = forms.UUIDField(required=False)


@for_citizen(Area.CASE)
@require_http_methods(["GET", "POST"])
def documents(request: CitizenRequest) -> HttpResponse:
    """All the citizen's documents; a POST hands some in."""
    form = HandInForm(request.POST, request.FILES) if request.method == "POST" else HandInForm()
    if form.is_bound:
        receipt = _handed_in(request, form)
        if receipt is not None:
            return redirect(f"{reverse('citizen:documents')}?receipt={receipt.pk}")
    status = 422 if form.errors else 200
    return render(request, "citizen/documents.html", _page(request, form), status=status)


@for_citizen(Area.CASE)
@require_GET
def document(request: CitizenRequest, document_id: UUID) -> HttpResponse:
    """One document to save; what may not be opened leads back to the list, which says why."""
    held = document_of(request.citizen, document_id)
    if held is None:
        raise Http404
    if not held.is_ready:
        return redirect("citizen:documents")
    file = held.document
    return download(content_of(file), name=file.name, media_type=file.media_type)


@for_citizen(Area.CASE)
@require_GET
def everything(request: CitizenRequest) -> HttpResponse:
    """All documents in one file to keep, or one of its parts where they are many."""
    held = documents_of(request.citizen)
    parts, form = parts_of(held), PartForm(request.GET)
    number = (form.cleaned_data["part"] or 1) if form.is_valid() else 0
    if not 1 <= number <= len(parts):
        raise Http404
    content = packed(parts[number - 1], [each for each in held if not each.is_ready])
    name = f"{_('documents')}-{request.today}-{number}.zip"
    return download(content, name=name, media_type="application/zip")


def _handed_in(request: CitizenRequest, form: HandInForm) -> Receipt | None:
    """Hand in what the form holds, or have the form say what is wrong."""
    if form.is_valid():
        title, chosen = form.cleaned_data["title"], form.cleaned_data["file"]
        files = [services.File(each.name, each.read()) for each in chosen]
        try:
            return services.hand_in(
                citizen=request.citizen, files=files, title=title, by=request.user, at=request.at
            )
        except services.CannotKeep as error:
            for reason in error.reasons:
                form.add_error("file", reason)
    elif request.FILES and "file" not in form.errors:
        form.add_error("file", _("Choose the file again: your browser has let go of it."))
    return None


def _page(request: CitizenRequest, form: HandInForm) -> dict[str, Any]:
    held = documents_of(request.citizen)
    sent = SentForm(request.GET)
    key = sent.cleaned_data["receipt"] if sent.is_valid() else None
    return {
        "held": held,
        "parts": range(1, len(parts_of(held)) + 1),
        "form": form,
        "may_send": Area.CASE in request.standing.acts,
        "receipt": receipt_of(request.citizen, key) if key else None,
    }


urls = [
    path("documents/", documents, name="documents"),
    path("documents/all/", everything, name="documents_all"),
    path("documents/<uuid:document_id>/", document, name="document"),
]
