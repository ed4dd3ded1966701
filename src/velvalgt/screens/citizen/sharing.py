"""Letting a company see items of the CV: chosen one by one, shown just as it will see them."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from velvalgt.apps.cases import services as journal
from velvalgt.apps.cases.requests import no_cpr
from velvalgt.apps.people import queries as people
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.models import CvEntry, CvShare
from velvalgt.apps.people.queries import Item
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.apps.people.services import CannotShare

PLACES = {"items": "chosen", "until": "last_day"}


class SharingForm(forms.Form):
    """What a company may see, which company, and until when (dele cv)."""

    company = forms.CharField(
        validators=[no_cpr],
        label=_("Which company?"),
        max_length=200,
        error_messages={"required": _("Write the company's name.")},
    )
    chosen = forms.MultipleChoiceField(
        label=_("What may they see?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one item.")},
    )
    last_day = forms.DateField(
        label=_("The last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Write a day.")},
    )

    def __init__(self, data: QueryDict | None, *, items: Sequence[Item]) -> None:
        super().__init__(data)
        chosen: forms.MultipleChoiceField = self.fields["chosen"]  # type: ignore[assignment]
        chosen.choices = [(item.key, f"{item.heading}: {item.text}") for item in items]


def items_of(entries: Sequence[CvEntry]) -> list[Item]:
    """Give the lines of a CV as what can be shared."""
    return [Item(str(each.pk), str(each.get_kind_display()), _line(each)) for each in entries]


def _line(entry: CvEntry) -> str:
    years = "–".join(str(year) for year in (entry.from_year, entry.to_year) if year)
    return ", ".join(filter(None, (entry.title, entry.place, years, entry.words)))


@for_citizen(Area.DATA)
@require_http_methods(["GET", "POST"])
def sharing(request: CitizenRequest) -> HttpResponse:
    """What companies may see; a POST shows it first, and shares it when it is sent again."""
    items = items_of(people.cv_of(request.citizen))
    form = SharingForm(request.POST or None, items=items)
    preview: list[Item] = []
    if form.is_valid():
        preview = [item for item in items if item.key in form.cleaned_data["chosen"]]
        if "share" in request.POST:
            try:
                return _shared(request, form, preview)
            except CannotShare as error:
                form.add_error(PLACES[error.field], str(error))
    standing = set(CvShare.objects.standing(request.today).filter(citizen=request.citizen))
    shares = people.cv_shares_of(request.citizen)
    context = {
        "form": form,
        "items": items,
        "preview": preview if not form.errors else [],
        "now": [share for share in shares if share in standing],
        "before": [share for share in shares if share not in standing],
    }
    status = 422 if form.errors else 200
    return render(request, "citizen/data_sharing.html", context, status=status)


def _shared(request: CitizenRequest, form: SharingForm, items: Sequence[Item]) -> HttpResponse:
    share, _receipt = journal.let_company_see(
        citizen=request.citizen,
        company=form.cleaned_data["company"],
        items=items,
        until=form.cleaned_data["last_day"] + timedelta(days=1),
        today=request.today,
        by=request.user,
        at=request.at,
    )
    return redirect("citizen:data_share", share.pk)


@for_citizen(Area.DATA)
@require_GET
def share(request: CitizenRequest, share_id: UUID) -> HttpResponse:
    """The extract that the citizen hands over: what the company sees, and nothing else."""
    mine = CvShare.objects.filter(citizen=request.citizen).prefetch_related("items")
    found = get_object_or_404(mine.select_related("end"), pk=share_id)
    is_standing = CvShare.objects.standing(request.today).filter(pk=found.pk).exists()
    context = {"share": found, "is_standing": is_standing}
    return render(request, "citizen/data_share.html", context)


@for_citizen(Area.DATA)
@require_POST
def share_end(request: CitizenRequest, share_id: UUID) -> HttpResponse:
    """The end of a sharing."""
    mine = CvShare.objects.filter(citizen=request.citizen).select_related("citizen")
    found = get_object_or_404(mine, pk=share_id)
    receipt = journal.stop_sharing(share=found, by=request.user, at=request.at)
    return redirect("citizen:receipt", receipt.pk) if receipt else redirect("citizen:data_sharing")


urls = [
    path("data/sharing/", sharing, name="data_sharing"),
    path("data/sharing/<uuid:share_id>/", share, name="data_share"),
    path("data/sharing/<uuid:share_id>/end/", share_end, name="data_share_end"),
]
