"""What a citizen has asked to have corrected, and the caseworker's answer."""

from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from velvalgt.apps.cases.requests import no_cpr
from velvalgt.apps.people import queries as people
from velvalgt.apps.people import services
from velvalgt.apps.people.choices import Outcome
from velvalgt.apps.people.models import Citizen, Correction
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role


class AnswerForm(forms.Form):
    """What came of one request (svar på berigtigelse)."""

    outcome = forms.ChoiceField(
        label=_("What have you done?"),
        choices=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    words = forms.CharField(
        validators=[no_cpr],
        label=_("To the citizen"),
        help_text=_("Where it was passed on to, or why not."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: QueryDict | None = None, *, key: UUID) -> None:
        super().__init__(data, auto_id=f"{key}-%s")


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def corrections(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """The citizen's requests, newest first; a POST answers the one it names."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    rejected = None
    if request.method == "POST":
        rejected = _answered(request, citizen)
        if rejected is None:
            return redirect("caseworker:corrections", citizen.pk)
    rows = [
        (each, rejected[1] if rejected and rejected[0] == each else AnswerForm(key=each.pk))
        for each in people.corrections_of(citizen)
    ]
    context = {"citizen": citizen, "rows": rows, "form": rejected[1] if rejected else None}
    status = 422 if rejected else 200
    return render(request, "caseworker/corrections.html", context, status=status)


def _answered(request: StaffRequest, citizen: Citizen) -> tuple[Correction, AnswerForm] | None:
    """Answer a request; what could not be answered comes back with its form."""
    form_of = get_object_or_404(citizen.corrections, pk=_key(request))
    form = AnswerForm(request.POST, key=form_of.pk)
    if not form.is_valid():
        return form_of, form
    try:
        services.answer_correction(
            correction=form_of,
            outcome=Outcome(form.cleaned_data["outcome"]),
            words=form.cleaned_data["words"],
            by=request.user,
            at=request.at,
        )
    except services.NeedsReason as error:
        form.add_error("words", str(error))
        return form_of, form
    return None


def _key(request: StaffRequest) -> UUID | None:
    asked = forms.UUIDField(required=False)
    try:
        key: UUID | None = asked.clean(request.POST.get("correction"))
    except forms.ValidationError:
        return None
    return key


urls = [path("citizens/<uuid:citizen_id>/corrections/", corrections, name="corrections")]
