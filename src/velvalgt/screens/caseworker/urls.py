"""The caseworker's addresses."""

from django.urls import path

from velvalgt.screens.caseworker import (
    applications,
    behalf,
    calendar,
    conferences,
    corrections,
    documents,
    groups,
    hours,
    invitations,
    letters,
    meeting_times,
    meetings,
    missed,
    outcomes,
    own_nos,
    plan,
    powers,
    profile,
    safety,
    slots,
    steering,
    suggestion_answers,
    suggestions,
    summons,
    video,
)
from velvalgt.screens.caseworker.caseload import citizens
from velvalgt.screens.caseworker.citizens import citizen, duty
from velvalgt.screens.caseworker.interviews import interviews, withdrawals
from velvalgt.screens.caseworker.leave_out import end_of_leave_out, leave_out
from velvalgt.screens.caseworker.messages import messages, no_answer
from velvalgt.screens.caseworker.worklist import worklist

app_name = "caseworker"
urlpatterns = [
    path("", worklist, name="home"),
    path("citizens/", citizens, name="citizens"),
    path("citizens/<uuid:citizen_id>/", citizen, name="citizen"),
    path("citizens/<uuid:citizen_id>/duties/<slug:rule_id>/", duty, name="duty"),
    path("citizens/<uuid:citizen_id>/interviews/", interviews, name="interviews"),
    path("citizens/<uuid:citizen_id>/leave-out/", leave_out, name="leave_out"),
    path("citizens/<uuid:citizen_id>/leave-out/end/", end_of_leave_out, name="end_of_leave_out"),
    path("citizens/<uuid:citizen_id>/messages/", messages, name="messages"),
    path("messages/<uuid:message_id>/no-answer/", no_answer, name="no_answer"),
    path("citizens/<uuid:citizen_id>/on-behalf/", behalf.begin, name="on_behalf"),
    path("on-behalf/end/", behalf.end, name="on_behalf_end"),
    *documents.urls,
    *applications.urls,
    *corrections.urls,
    *hours.urls,
    *powers.urls,
    *safety.urls,
    path("entries/<uuid:entry_id>/withdrawal/", withdrawals, name="withdrawals"),
    *profile.urls,
    *plan.urls,
    *meeting_times.urls,
    *meetings.urls,
    *outcomes.urls,
    *groups.urls,
    *conferences.urls,
    *steering.urls,
    *slots.urls,
    *calendar.urls,
    *video.urls,
    *invitations.urls,
    *letters.urls,
    *summons.urls,
    *suggestions.urls,
    *suggestion_answers.urls,
    *own_nos.urls,
    *missed.urls,
]
