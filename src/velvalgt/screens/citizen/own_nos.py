"""What the citizen does not want: said here, and taken back at any time."""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from velvalgt.apps.cases.choices import Side
from velvalgt.apps.cases.requests import no_cpr
from velvalgt.apps.cases.services import HoldsCpr
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.apps.priorities import queries, services
from velvalgt.apps.priorities.models import OwnNo
from velvalgt.apps.priorities.queries import Option


class OwnNoForm(forms.Form):
    """What one does not want, with a few words if one likes."""

    choice = forms.ChoiceField(
        label=_("What do you not want?"),
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )
    words = forms.CharField(
        label=_("Do you want to say why?"),
        help_text=_("You do not have to. Your caseworker can read it."),
        max_length=1000,
        required=False,
        validators=[no_cpr],
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, data: QueryDict | None, *, options: Sequence[Option], chosen: str = ""
    ) -> None:
        super().__init__(data, initial={"choice": chosen})
        self._options = {each.key: each for each in options}
        field = cast("forms.ChoiceField", self.fields["choice"])
        field.choices = [("", _("Choose")), *((each.key, each.title) for each in options)]

    @property
    def chosen(self) -> Option:
        """What was chosen."""
        return self._options[self.cleaned_data["choice"]]


@for_citizen(Area.DATA)
@require_http_methods(["GET", "POST"])
def own_no(request: CitizenRequest) -> HttpResponse:
    """Choose what one does not want; a POST says the no, once."""
    citizen = request.citizen
    form = OwnNoForm(
        request.POST or None,
        options=_may_refuse(request),
        chosen=request.GET.get("choice", ""),
    )
    if form.is_valid():
        try:
            services.say_no(
                citizen=citizen,
                effort=form.chosen.effort,
                offer=form.chosen.offer,
                words=form.cleaned_data["words"],
                side=Side.CITIZEN,
                by=request.user,
                at=request.at,
            )
        except (services.NoSuchEffort, HoldsCpr) as error:
            form.add_error(None, str(error))
        else:
            return redirect("citizen:data_need")
    return render(
        request, "citizen/data_no.html", {"form": form}, status=422 if form.errors else 200
    )


@for_citizen(Area.DATA)
@require_POST
def own_no_end(request: CitizenRequest, own_no: UUID) -> HttpResponse:
    """A POST takes a no back."""
    said = OwnNo.objects.select_related("citizen", "offer")
    found = get_object_or_404(said, pk=own_no, citizen=request.citizen)
    services.take_no_back(own_no=found, side=Side.CITIZEN, by=request.user, at=request.at)
    return redirect("citizen:data_need")


def _may_refuse(request: CitizenRequest) -> list[Option]:
    """The efforts, and of the offers what is suggested or was weighed beside it."""
    options = queries.may_be_refused(request.citizen, request.today)
    line = queries.suggestion_for(request.citizen, request.today)
    suggested = {line.option.key, *(each.option.key for each in line.others)} if line else set()
    return [each for each in options if each.offer is None or each.key in suggested]


HERE = "data/need/no/"
urls = [
    path(HERE, own_no, name="own_no"),
    path(f"{HERE}<uuid:own_no>/end/", own_no_end, name="own_no_end"),
]
