"""What is used by law, what takes a yes in the case, and what is the citizen's free choice."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from velvalgt.apps.cases import services as journal
from velvalgt.apps.cases.requests import no_cpr
from velvalgt.apps.people import queries as people
from velvalgt.apps.people.choices import Area, Choice
from velvalgt.apps.people.models import Consent
from velvalgt.apps.people.requests import CitizenRequest, for_citizen


class ConsentForm(forms.Form):
    """A yes in the case (samtykke): to what, from or to whom, and which information."""

    choice = forms.ChoiceField(
        label=_("What do you say yes to?"),
        choices=[(each.value, each.label) for each in Choice if not each.is_free],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    party = forms.CharField(
        validators=[no_cpr],
        label=_("From whom, or to whom?"),
        max_length=200,
        error_messages={"required": _("Write who it is.")},
    )
    what = forms.CharField(
        validators=[no_cpr],
        label=_("Which information, and what for?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write which information.")},
    )


@for_citizen(Area.DATA)
@require_http_methods(["GET", "POST"])
def grounds(request: CitizenRequest) -> HttpResponse:
    """The three kinds of ground; a POST says yes in the case."""
    form = ConsentForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data | {"choice": Choice(form.cleaned_data["choice"])}
        receipt = journal.say_yes(citizen=request.citizen, by=request.user, at=request.at, **said)
        return (
            redirect("citizen:receipt", receipt.pk) if receipt else redirect("citizen:data_grounds")
        )
    consents = people.consents_of(request.citizen)
    standing = {each.choice: each for each in reversed(consents) if not hasattr(each, "withdrawal")}
    told = people.grounds()
    context = {
        "form": form,
        "grounds": told,
        "free": [(each, standing.get(each.choice)) for each in told.free],
        "in_the_case": [
            each
            for each in consents
            if not Choice(each.choice).is_free and not hasattr(each, "withdrawal")
        ],
        "withdrawn": [each for each in consents if hasattr(each, "withdrawal")],
    }
    status = 422 if form.errors else 200
    return render(request, "citizen/data_grounds.html", context, status=status)


class ChoiceForm(forms.Form):
    """Something that is the citizen's free choice."""

    choice = forms.ChoiceField(choices=[(each.value, "") for each in Choice if each.is_free])


@for_citizen(Area.DATA)
@require_POST
def consents(request: CitizenRequest) -> HttpResponse:
    """The citizen's free choices; a POST says yes to one."""
    form = ChoiceForm(request.POST)
    receipt = None
    if form.is_valid():
        choice = Choice(form.cleaned_data["choice"])
        receipt = journal.say_yes(
            citizen=request.citizen, choice=choice, by=request.user, at=request.at
        )
    return redirect("citizen:receipt", receipt.pk) if receipt else redirect("citizen:data_grounds")


@for_citizen(Area.DATA)
@require_POST
def withdrawal(request: CitizenRequest, consent_id: UUID) -> HttpResponse:
    """The withdrawal of a yes, as easy as giving it."""
    mine = Consent.objects.filter(citizen=request.citizen).select_related("citizen")
    consent = get_object_or_404(mine, pk=consent_id)
    receipt = journal.take_yes_back(consent=consent, by=request.user, at=request.at)
    return redirect("citizen:receipt", receipt.pk) if receipt else redirect("citizen:data_grounds")


urls = [
    path("data/grounds/", grounds, name="data_grounds"),
    path("data/consents/", consents, name="data_consents"),
    path("data/consents/<uuid:consent_id>/withdrawal/", withdrawal, name="data_withdrawal"),
]
