"""After a citizen did not come: seek, hear, judge, guide, hand over; one step at a time."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from velvalgt.apps.cases.requests import no_cpr
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import MissedStep
from velvalgt.apps.meetings.models import AfterMissed, Meeting
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role

ASKED = {
    MissedStep.CONTACTED: _("How did you try to reach the citizen?"),
    MissedStep.HEARD: _("What did the citizen say?"),
    MissedStep.FAIR: _("What was the fair reason?"),
    MissedStep.NOT_FAIR: _("Why do you see no fair reason?"),
    MissedStep.GUIDED: _("What do you tell the citizen?"),
    MissedStep.HANDED_OVER: _("What do you hand over? Facts alone."),
}
DONE = {
    MissedStep.CONTACTED: _("I tried to reach the citizen"),
    MissedStep.HEARD: _("The citizen told why"),
    MissedStep.FAIR: _("There was a fair reason"),
    MissedStep.NOT_FAIR: _("I see no fair reason"),
    MissedStep.GUIDED: _("Tell of rights and duties"),
    MissedStep.HANDED_OVER: _("Hand over the facts"),
}


class StepForm(forms.Form):
    """One step, in words that the citizen reads, too."""

    words = forms.CharField(
        validators=[no_cpr],
        help_text=_("The citizen reads the same words."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write a sentence.")},
    )


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def missed(request: StaffRequest, uid: UUID) -> HttpResponse:
    """What was done after a missed meeting, and what comes next; a POST takes a step."""
    standing = Meeting.objects.select_related("citizen").filter(replacement__isnull=True)
    meeting = get_object_or_404(standing, uid=uid)
    if not queries.was_missed(meeting):
        raise Http404
    done = queries.done_after(meeting)
    open_ones = queries.steps_open(meeting, done)
    step = _chosen(request, open_ones)
    form = _form(request, meeting, step, done)
    if form.is_valid() and step is not None:
        try:
            services.follow_up_missed(
                meeting=meeting,
                step=step,
                words=form.cleaned_data["words"],
                by=request.user,
                at=request.moment,
            )
        except services.CannotBook as error:
            form.add_error(None, str(error))
        else:
            return redirect("caseworker:missed", uid)
    context = {
        "meeting": meeting,
        "meeting_type": queries.type_of(meeting.type),
        "citizen": meeting.citizen,
        "done": done,
        "step": step,
        "form": form,
        "button": DONE[step] if step else "",
        "may_be_handed_over": queries.may_be_handed_over(meeting),
        "others": [(each, DONE[each]) for each in open_ones if each != step],
        "guidance": queries.machine().guidance if step == MissedStep.GUIDED else (),
    }
    status = 422 if form.errors else 200
    return render(request, "caseworker/missed.html", context, status=status)


def _chosen(request: StaffRequest, open_ones: Sequence[MissedStep]) -> MissedStep | None:
    """The step that was asked for, where it may be taken; else what comes next."""
    asked = request.GET.get("step", "")
    return next((each for each in open_ones if each == asked), next(iter(open_ones), None))


def _form(
    request: StaffRequest, meeting: Meeting, step: MissedStep | None, done: list[AfterMissed]
) -> StepForm:
    """The form of a step, with the words that are ready for it."""
    ready: dict[str, Any] = {}
    if step == MissedStep.GUIDED:
        ready = {"words": queries.guidance_words()}
    if step == MissedStep.HANDED_OVER:
        ready = {"words": queries.facts_to_hand_over(meeting, done)}
    form = StepForm(request.POST if request.method == "POST" else None, initial=ready)
    form.fields["words"].label = ASKED[step] if step else ""
    return form


urls = [path("meetings/<uuid:uid>/missed/", missed, name="missed")]
