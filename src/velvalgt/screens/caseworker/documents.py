"""A citizen's documents for the caseworker: see them, read them, add one."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from velvalgt.apps.cases import services
from velvalgt.apps.cases.choices import DocumentKind
from velvalgt.apps.cases.queries import content_of, document_of, documents_of
from velvalgt.apps.cases.requests import no_cpr
from velvalgt.apps.messages import services as messages
from velvalgt.apps.messages.choices import Occasion
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.web.downloads import download
from velvalgt.web.fields import FilesField


class DocumentForm(forms.Form):
    """What is added to the case: whose paper it is, what it is in words, the files."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is added?"),
        choices=[
            (DocumentKind.UPLOAD, gettext_lazy("something the citizen has given us")),
            (DocumentKind.LETTER, gettext_lazy("a letter from us")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    title = forms.CharField(
        validators=[no_cpr],
        label=gettext_lazy("What is it, in a few words?"),
        help_text=gettext_lazy("The citizen reads the same words."),
        max_length=200,
        error_messages={"required": gettext_lazy("Write what it is.")},
    )
    file = FilesField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("PDF, picture, Word or text. At most 10 MB each, 5 at a time."),
        required=True,
    )


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def documents(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """The documents that case work may see; a POST adds some."""
    citizen = get_object_or_404(Citizen.objects.select_related("user"), pk=citizen_id)
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    if form.is_bound and _added(request, citizen, form):
        return redirect(f"{reverse('caseworker:documents', args=[citizen.pk])}?added=yes")
    context: dict[str, Any] = {
        "citizen": citizen,
        "form": form,
        "held": documents_of(citizen),
        "was_added": "added" in request.GET and not form.is_bound,
    }
    status = 422 if form.errors else 200
    return render(request, "caseworker/documents.html", context, status=status)


@for_role(Role.CASEWORKER)
@require_GET
def document(request: StaffRequest, citizen_id: UUID, document_id: UUID) -> HttpResponse:
    """One document to save; what may not be opened leads back to the list, which says why."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    held = document_of(citizen, document_id)
    if held is None:
        raise Http404
    if not held.is_ready:
        return redirect("caseworker:documents", citizen.pk)
    file = held.document
    return download(content_of(file), name=file.name, media_type=file.media_type)


def _added(request: StaffRequest, citizen: Citizen, form: DocumentForm) -> bool:
    """Add what the form holds, or have the form say what is wrong."""
    if form.is_valid():
        given = form.cleaned_data
        added: dict[str, Any] = {
            "citizen": citizen,
            "files": [services.File(each.name, each.read()) for each in given["file"]],
            "title": given["title"],
            "by": request.user,
            "at": request.at,
        }
        try:
            if given["kind"] == DocumentKind.UPLOAD:  # theirs: they get a receipt
                services.hand_in(**added)
            elif services.add_documents(kind=DocumentKind.LETTER, **added):
                _tell(request, citizen, given["title"])
        except services.CannotKeep as error:
            for reason in error.reasons:
                form.add_error("file", reason)
        else:
            return True
    elif request.FILES and "file" not in form.errors:
        form.add_error("file", _("Choose the file again: the browser has let go of it."))
    return False


def _tell(request: StaffRequest, citizen: Citizen, title: str) -> None:
    """Tell the citizen that there is a letter; a second click tells nothing twice."""
    messages.tell(
        citizen=citizen, occasion=Occasion.LETTER, title=title, by=request.user, at=request.at
    )


urls = [
    path("citizens/<uuid:citizen_id>/documents/", documents, name="documents"),
    path("citizens/<uuid:citizen_id>/documents/<uuid:document_id>/", document, name="document"),
]
