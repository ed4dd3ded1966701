"""What meetings with a citizen need for the safety of staff, and who may not interpret for them."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from velvalgt.apps.cases.requests import no_cpr
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.models import Interpreter, SafetyNote
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.screens.caseworker.forms import Day


class SafetyForm(forms.Form):
    """What meetings need (sikkerhedsnotat), why, when to look again, and when it ends."""

    needs_two = forms.BooleanField(
        label=_("Two of us"),
        help_text=_("A meeting in person is booked only when two of us are free."),
        required=False,
    )
    needs_alarm = forms.BooleanField(
        label=_("A room with an alarm"),
        help_text=_("No meeting at the citizen’s home or on a walk."),
        required=False,
    )
    why = forms.CharField(
        validators=[no_cpr],
        label=_("What has happened?"),
        help_text=_("Write what you saw and heard, and when. No guesses about the person."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write a sentence.")},
    )
    review_on = forms.DateField(
        label=_("When do you look again?"),
        widget=Day,
        error_messages={"required": _("Choose a day.")},
    )
    last_day = forms.DateField(
        label=_("The last day"),
        help_text=_("Then it ends by itself."),
        widget=Day,
        error_messages={"required": _("Choose a day.")},
    )

    def needs(self) -> services.SafetyNeeds:
        """What was written."""
        said = dict(self.cleaned_data)
        ends_on = said.pop("last_day") + timedelta(days=1)
        return services.SafetyNeeds(**said, ends_on=ends_on)


class RelationForm(forms.Form):
    """Which interpreter is close to the citizen."""

    interpreter = forms.UUIDField()


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def safety(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """The note that stands, and a form that writes one or writes it anew."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    told = queries.safety_note_of(citizen, request.today)
    form = SafetyForm(request.POST or None, initial=_said_before(told))
    if form.is_valid() and _wrote(request, citizen, form):
        return redirect("caseworker:safety", citizen_id)
    able, close = queries.interpreters_of(citizen)
    context = {
        "citizen": citizen,
        "told": told,
        "on": request.today,
        "form": form,
        "able": able,
        "close": close,
    }
    status = 422 if form.errors else 200
    return render(request, "caseworker/safety.html", context, status=status)


def _said_before(told: queries.SafetyTold | None) -> dict[str, object]:
    """What a note that is written anew begins with; its days are chosen anew."""
    if told is None:
        return {}
    note = told.note
    return {"needs_two": note.needs_two, "needs_alarm": note.needs_alarm, "why": told.why}


def _wrote(request: StaffRequest, citizen: Citizen, form: SafetyForm) -> bool:
    try:
        services.write_safety_note(
            citizen=citizen,
            needs=form.needs(),
            by=request.user,
            on=request.today,
            at=request.moment,
        )
    except services.CannotNote as error:
        form.add_error(error.field, str(error))
        return False
    return True


@for_role(Role.CASEWORKER)
@require_POST
def safety_end(request: StaffRequest, citizen_id: UUID, note_id: UUID) -> HttpResponse:
    """The end of a note that is needed no more."""
    note = get_object_or_404(SafetyNote, pk=note_id, citizen_id=citizen_id)
    services.end_safety_note(note=note, by=request.user, at=request.moment)
    return redirect("caseworker:safety", citizen_id)


@for_role(Role.CASEWORKER)
@require_POST
def relations(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """That an interpreter is close to the citizen."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    form = RelationForm(request.POST)
    if not form.is_valid():
        raise Http404
    interpreter = get_object_or_404(Interpreter, pk=form.cleaned_data["interpreter"])
    services.tell_relation(
        citizen=citizen, interpreter=interpreter, by=request.user, at=request.moment
    )
    return redirect("caseworker:safety", citizen_id)


HERE = "citizens/<uuid:citizen_id>/safety/"
urls = [
    path(HERE, safety, name="safety"),
    path(f"{HERE}relations/", relations, name="safety_relations"),
    path(f"{HERE}<uuid:note_id>/end/", safety_end, name="safety_end"),
]
