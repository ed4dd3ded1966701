"""Recording an interview that was held, and taking a wrong one back."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from velvalgt.apps.cases import services as journal
from velvalgt.apps.cases.choices import Kind
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.duties import queries as duties
from velvalgt.apps.duties import services as law
from velvalgt.apps.meetings import services as meetings
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.screens.caseworker.citizens import citizen_page
from velvalgt.screens.caseworker.forms import InterviewForm, Page, page_named_in
from velvalgt.screens.caseworker.worklist import worklist_page

PAGES: Mapping[Page, Callable[..., HttpResponse]] = {
    Page.WORKLIST: worklist_page,
    Page.CITIZEN: citizen_page,
}


@require_POST
@for_role(Role.CASEWORKER)
def interviews(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """Record an interview with a citizen."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    on, at = request.today, request.at
    permitted = duties.permitted_forms(duties.duties_of(citizen, on))
    form, page = (
        InterviewForm(request.POST, permitted=permitted, on=on),
        page_named_in(request.POST),
    )
    if form.is_valid():
        held = {"on": form.cleaned_data["on"], "form": form.cleaned_data["how"]}
        try:
            entry = journal.record_interview(
                citizen=citizen, today=on, by=request.user, at=at, **held
            )
        except journal.NotThatDay as error:
            form.add_error("on", str(error))
        else:
            law.follow(citizen=citizen, on=on)
            return _shown(request, page, entry)
    return PAGES[page](request, citizen, rejected=form)


@require_POST
@for_role(Role.CASEWORKER)
def withdrawals(request: StaffRequest, entry_id: UUID) -> HttpResponse:
    """Take back an interview recorded here by mistake; both entries stay in the journal."""
    recorded_here = Entry.objects.of_kind(Kind.INTERVIEW).filter(source="", is_withdrawal=False)
    entry = get_object_or_404(recorded_here.select_related("citizen"), pk=entry_id)
    page = page_named_in(request.POST)
    try:
        withdrawal = meetings.withdraw_interview(
            entry=entry, by=request.user, at=request.at, today=request.today
        )
    except journal.AlreadyCorrected as error:
        return PAGES[page](request, entry.citizen, refusal=str(error))
    return _shown(request, page, withdrawal)


def _shown(request: StaffRequest, page: Page, entry: Entry) -> HttpResponse:
    """Answer htmx with the page's part; lead a plain browser back, so a reload records nothing."""
    if request.htmx:
        return PAGES[page](request, entry.citizen, entry=entry)
    places = {
        Page.WORKLIST: reverse("caseworker:home"),
        Page.CITIZEN: reverse("caseworker:citizen", args=[entry.citizen_id]),
    }
    query = urlencode({**request.GET.dict(), "entry": entry.pk})
    return redirect(f"{places[page]}?{query}")
