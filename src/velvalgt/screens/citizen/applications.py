"""Applying for an offer in one form; following an application, and taking it back."""

from typing import cast
from uuid import UUID

from django import forms
from django.db import DatabaseError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from velvalgt.apps.cases.requests import no_cpr
from velvalgt.apps.offers import queries, services
from velvalgt.apps.offers.models import Start
from velvalgt.apps.offers.queries import ApplicationStory, OfferLine, StartLine
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.screens.citizen.offers import found
from velvalgt.web.templatetags.web import weekday

LONGEST = 4000


class ApplicationForm(forms.Form):
    """One application: when, and the citizen's own words."""

    start = forms.ChoiceField(
        label=gettext_lazy("When do you want to start?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a start.")},
    )
    words = forms.CharField(
        validators=[no_cpr],
        label=gettext_lazy("Why do you want it?"),
        help_text=gettext_lazy("A few words are enough. You may also leave it empty."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: object, line: OfferLine, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._starts = {str(each.start.pk): each.start for each in line.starts}
        if not line.starts:
            del self.fields["start"]
        else:
            choice = cast("forms.ChoiceField", self.fields["start"])
            choice.choices = [(str(each.start.pk), _said(each)) for each in line.starts]
            if len(line.starts) == 1:
                choice.initial = str(line.starts[0].start.pk)

    @property
    def chosen(self) -> Start | None:
        """The start that was chosen; none where the offer has none."""
        return self._starts.get(self.cleaned_data.get("start", ""))


class AdditionForm(forms.Form):
    """What the citizen writes besides."""

    words = forms.CharField(
        validators=[no_cpr],
        label=gettext_lazy("Write to us"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write a few words.")},
    )


@for_citizen(Area.OFFERS)
@require_http_methods(["GET", "POST"])
def apply(request: CitizenRequest, offer_id: UUID) -> HttpResponse:
    """The form to apply; a POST applies and leads on to the receipt."""
    line, status = found(request, offer_id), 200
    form = ApplicationForm(request.POST if request.method == "POST" else None, line=line)
    if form.is_valid():
        try:
            receipt = services.apply(
                citizen=request.citizen,
                offer=line.offer,
                start=form.chosen,
                words=form.cleaned_data["words"],
                today=request.today,
                by=request.user,
                at=request.at,
            )
        except services.CannotApply as error:
            form.add_error(None, str(error))
        except DatabaseError:  # nothing is half done, and what was typed comes back
            form.add_error(
                None, _("We could not save it just now. Your words stand here: try again.")
            )
            status = 503
        else:
            return redirect("citizen:receipt", receipt.pk)
    context = {"form": form, "line": line, "offer": line.offer}
    status = 422 if form.errors and status == 200 else status
    return render(request, "citizen/offer_apply.html", context, status=status)


@for_citizen(Area.OFFERS)
@require_GET
def applications(request: CitizenRequest) -> HttpResponse:
    """All that the citizen has applied for, newest first."""
    lines = queries.applications_of(request.citizen)
    return render(request, "citizen/applications.html", {"lines": lines})


@for_citizen(Area.OFFERS)
@require_GET
def application(request: CitizenRequest, application_id: UUID) -> HttpResponse:
    """One application: how it stands, what was answered and why, and what one can do."""
    story = _mine(request, application_id)
    return render(request, "citizen/application.html", _context(story, AdditionForm()))


@for_citizen(Area.OFFERS)
@require_POST
def additions(request: CitizenRequest, application_id: UUID) -> HttpResponse:
    """A POST writes more to an application, and leads on to the receipt."""
    story, form = _mine(request, application_id), AdditionForm(request.POST)
    if form.is_valid():
        try:
            receipt = services.add_words(
                application=story.line.application,
                words=form.cleaned_data["words"],
                by=request.user,
                at=request.at,
            )
        except (services.NothingWritten, services.WithdrawnAlready) as error:
            form.add_error("words", str(error))
        else:
            return redirect("citizen:receipt", receipt.pk)
    return render(request, "citizen/application.html", _context(story, form), status=422)


@for_citizen(Area.OFFERS)
@require_POST
def withdrawal(request: CitizenRequest, application_id: UUID) -> HttpResponse:
    """A POST takes an application back, and leads on to the receipt."""
    story = _mine(request, application_id)
    receipt = services.withdraw_application(
        application=story.line.application, by=request.user, at=request.at
    )
    return redirect("citizen:receipt", receipt.pk)


def _mine(request: CitizenRequest, application_id: UUID) -> ApplicationStory:
    story = queries.application_story(request.citizen, application_id)
    if story is None:
        raise Http404
    return story


def _context(story: ApplicationStory, form: AdditionForm) -> dict[str, object]:
    return {"story": story, "line": story.line, "application": story.line.application, "form": form}


def _said(each: StartLine) -> str:
    """A start as one says it: the day, and whether there is a seat."""
    left = each.seats.left
    if not left:
        seats = _("no free seats, you get on the waiting list")
    else:
        seats = ngettext("%(n)s free seat", "%(n)s free seats", left) % {"n": left}
    return f"{weekday(each.start.starts_on)}: {seats}"


urls = [
    path("offers/<uuid:offer_id>/applications/", apply, name="apply"),
    path("applications/", applications, name="applications"),
    path("applications/<uuid:application_id>/", application, name="application"),
    path("applications/<uuid:application_id>/additions/", additions, name="additions"),
    path("applications/<uuid:application_id>/withdrawal/", withdrawal, name="withdrawal"),
]
