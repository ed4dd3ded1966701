"""What is known of the citizen and where it comes from; changing how we reach them."""

from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from velvalgt.apps.cases import queries as cases
from velvalgt.apps.cases import services as journal
from velvalgt.apps.cases.requests import no_cpr
from velvalgt.apps.exchange.queries import with_days
from velvalgt.apps.people import queries as people
from velvalgt.apps.people.choices import Area, Fact
from velvalgt.apps.people.models import Correction
from velvalgt.apps.people.queries import Known
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.apps.people.services import NoSuchAddress


@dataclass(frozen=True, slots=True)
class Line:
    """A fact with the requests to correct it, newest first."""

    known: Known
    corrections: tuple[Correction, ...]


@for_citizen(Area.DATA)
@require_GET
def data(request: CitizenRequest) -> HttpResponse:
    """Every fact with its source and its day, and a way to have it corrected."""
    asked = people.corrections_of(request.citizen)
    lines = [
        Line(known, tuple(each for each in asked if each.key == known.key))
        for known in with_days(facts(request))
    ]
    shown = {correction.pk for line in lines for correction in line.corrections}
    context = {"lines": lines, "others": [each for each in asked if each.pk not in shown]}
    return render(request, "citizen/data.html", context)


def facts(request: CitizenRequest) -> list[Known]:
    """Give what is known of the citizen, as the page tells it; money to who may see money."""
    known = [*people.known_of(request.citizen, request.today), *_case(request)]
    sees_money = Area.MONEY in request.standing.sees
    return [each for each in known if sees_money or each.fact != Fact.PAYMENT]


def _case(request: CitizenRequest) -> list[Known]:
    case = cases.open_case_of(request.citizen)
    if case is None:
        return []
    words = [case.unit.name, case.caseworker.name if case.caseworker else ""]
    return [Known(Fact.CASE, ", ".join(filter(None, words)))]


class ContactForm(forms.Form):
    """How the citizen wants to be reached (kontaktoplysninger)."""

    phone = forms.CharField(
        label=_("Phone"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@for_citizen(Area.DATA)
@require_http_methods(["GET", "POST"])
def contact(request: CitizenRequest) -> HttpResponse:
    """The citizen's phone number and e-mail address; a POST changes them, at once."""
    reach = people.reachable_at(request.citizen)
    form = ContactForm(request.POST or None, initial=reach._asdict())
    if form.is_valid():
        try:
            receipt = journal.change_contact_details(
                citizen=request.citizen, by=request.user, at=request.at, **form.cleaned_data
            )
        except NoSuchAddress as error:
            form.add_error(error.field, str(error))
        else:
            return redirect("citizen:receipt", receipt.pk) if receipt else redirect("citizen:data")
    status = 422 if form.errors else 200
    return render(request, "citizen/data_contact.html", {"form": form}, status=status)


class CorrectionForm(forms.Form):
    """What is wrong about one fact (anmodning om berigtigelse)."""

    should_be = forms.CharField(
        validators=[no_cpr],
        label=_("What should it say?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write what it should say.")},
    )
    why = forms.CharField(
        validators=[no_cpr],
        label=_("How do you know?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@for_citizen(Area.DATA)
@require_http_methods(["GET", "POST"])
def correction(request: CitizenRequest, key: str) -> HttpResponse:
    """One fact of the citizen's; a POST asks for it to be corrected."""
    known = _fact(request, key)
    form = CorrectionForm(request.POST or None)
    if form.is_valid():
        receipt = journal.request_correction(
            citizen=request.citizen,
            known=known,
            by=request.user,
            at=request.at,
            **form.cleaned_data,
        )
        return redirect("citizen:receipt", receipt.pk) if receipt else redirect("citizen:data")
    status = 422 if form.errors else 200
    context = {"form": form, "known": known}
    return render(request, "citizen/data_correction.html", context, status=status)


def _fact(request: CitizenRequest, key: str) -> Known:
    if key == Fact.OTHER:
        return Known(Fact.OTHER, "")
    for known in facts(request):
        if known.key == key:
            return known
    raise Http404


urls = [
    path("data/", data, name="data"),
    path("data/contact/", contact, name="data_contact"),
    path("data/corrections/<slug:key>/", correction, name="data_correction"),
]
