"""After a contact: two questions that may be skipped, and thanks for the answer."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import Helpful, OwnChoice
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.screens.citizen.waits import waits_for


class AnswerForm(forms.Form):
    """What somebody thought of a contact."""

    helpful = forms.ChoiceField(
        label=_("Did the talk help you?"),
        choices=Helpful,
        required=False,
        widget=forms.RadioSelect,
    )
    own_choice = forms.ChoiceField(
        label=_("Did you choose yourself how and when to meet?"),
        choices=OwnChoice,
        required=False,
        widget=forms.RadioSelect,
    )


@for_citizen(Area.MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def contact_answer(request: CitizenRequest, uid: UUID) -> HttpResponse:
    """The two questions about one contact; a POST answers them."""
    _only_the_citizens_side(request)
    meeting = queries.meeting_of(request.citizen, uid)
    if meeting is None or meeting.ends_at > request.moment:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.answer_contact(
                meeting=meeting, **form.cleaned_data, by=request.user, at=request.moment
            )
        except services.NothingSaid as refusal:
            form.add_error(None, str(refusal))
        except services.NotHeld:
            raise Http404 from None
        else:
            return redirect("citizen:contact_answers")
    elif hasattr(meeting, "answer"):
        return redirect("citizen:contact_answers")
    elif meeting not in queries.contacts_to_ask(request.citizen, request.moment):
        raise Http404
    context = {"form": form, "meeting": meeting}
    status = 422 if form.errors else 200
    return render(request, "citizen/meeting_answer.html", context, status=status)


@for_citizen(Area.MEETINGS)
@require_GET
def contact_answers(request: CitizenRequest) -> HttpResponse:
    """Thanks for an answer, and what else about meetings waits for one."""
    _only_the_citizens_side(request)
    context = {"waits": waits_for(request, has_meeting=True)}
    return render(request, "citizen/meeting_answered.html", context)


def _only_the_citizens_side(request: CitizenRequest) -> None:
    """Staff who sit at a citizen's page do not answer what one thinks of staff."""
    if not (request.standing.is_own or request.standing.is_by_power):
        raise Http404


urls = [
    path("meetings/answers/", contact_answers, name="contact_answers"),
    path("meetings/<uuid:uid>/answer/", contact_answer, name="contact_answer"),
]
