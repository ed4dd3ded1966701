"""A meeting by its signed link: look at it, move it, call it off, without signing in.

The pages say when, in which way and whom to call; never who, nor what the meeting is about. A link
that fails is answered with one page, whatever is the matter with it. Nothing is kept by a browser
or found by a search, and the address is told to no other site.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, wraps

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from velvalgt.apps.audit.reading import gathering
from velvalgt.apps.audit.services import trace_reads
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import Way, WhyCancelled
from velvalgt.apps.meetings.models import Meeting
from velvalgt.apps.meetings.queries import MeetingLink, Slot
from velvalgt.apps.meetings.services import Hand
from velvalgt.apps.staff.models import Tenant

DAYS = 3
"""Of so many days times are shown at once, the first, the middle and the last of each."""

NOT_CHOSEN = _("Choose one of the times.")


@dataclass(frozen=True)
class Linked:
    """A request by a link: which meeting it leads to, by which token, at which moment."""

    request: HttpRequest
    token: str
    link: MeetingLink
    moment: datetime

    @cached_property
    def meeting(self) -> Meeting:
        """The meeting as it is agreed now."""
        return queries.meeting_by(self.link, self.moment)

    @property
    def hand(self) -> Hand:
        """Nobody's by name: whoever has the link."""
        return Hand(by=None, at=self.moment, is_staff=False)

    def render(self, template: str, status: int = 200, **context: object) -> HttpResponse:
        told = {"token": self.token, "meeting": self.meeting} | context
        return render(self.request, template, told, status=status)


def by_link(view: Callable[[Linked], HttpResponse]) -> Callable[[HttpRequest, str], HttpResponse]:
    """Act for the citizen whose link it is, and leave the reads in the log."""

    @wraps(view)
    def linked(request: HttpRequest, token: str) -> HttpResponse:
        try:
            response = _answered(view, request, token)
        except services.LinkOver:
            response = render(request, "site/meeting_link_over.html", status=404)
        add_never_cache_headers(response)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        # A form needs the page's own address as its origin; other sites are told nothing.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return linked


def _answered(
    view: Callable[[Linked], HttpResponse], request: HttpRequest, token: str
) -> HttpResponse:
    link, at = queries.read_link(token), timezone.now()
    with services.acting_by(link), gathering() as seen:
        tenant = Tenant.objects.filter(pk=link.tenant_id).first()
        if tenant is None:
            raise services.LinkOver
        response = view(Linked(request, token, link, tenant.working_moment(at)))
        trace_reads(seen=seen, what=f"site:{view.__name__}", at=at)
    return response


class TimeForm(forms.Form):
    """Another time for a meeting."""

    starts_at = forms.DateTimeField(
        label=_("New time"),
        widget=forms.RadioSelect,
        error_messages={"required": NOT_CHOSEN, "invalid": NOT_CHOSEN},
    )

    def __init__(self, data: object, slots: list[Slot]) -> None:
        """Offer some times."""
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["starts_at"].widget.choices = [
            (each.starts_at.isoformat(), _when(each.starts_at)) for each in slots
        ]


class WhyForm(forms.Form):
    """Why a meeting is called off."""

    why = forms.ChoiceField(
        label=_("Why can you not come?"),
        choices=[(WhyCancelled.ILL, _("I am ill")), (WhyCancelled.CITIZEN, _("Something else"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )


@require_GET
@by_link
def meeting_link(linked: Linked) -> HttpResponse:
    """When and how one meets, and the two ways on."""
    may_move = queries.may_move_by_link(linked.meeting, linked.moment)
    is_moved = "moved" in linked.request.GET
    return linked.render("site/meeting_link.html", may_move=may_move, is_moved=is_moved)


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def meeting_link_time(linked: Linked) -> HttpResponse:
    """The times that are free; a POST moves the meeting to one."""
    request, meeting = linked.request, linked.meeting
    wanted = queries.as_agreed(meeting)
    free = queries.times_on_offer(meeting.citizen, wanted, linked.moment, besides=meeting).slots()
    others = [each for each in free if each.starts_at != meeting.starts_at]
    slots, later = _few_days(others, _since(request))
    form = TimeForm(request.POST if request.method == "POST" else None, slots)
    status, refusal = 200, ""
    if form.is_valid():
        try:
            services.move(
                meeting=meeting,
                wanted=wanted,
                starts_at=form.cleaned_data["starts_at"],
                permitted=frozenset({Way(meeting.way)}),  # only the hour changes
                hand=linked.hand,
            )
        except services.TimeTaken as taken:
            form, later = TimeForm(None, list(taken.nearest)), None
            status, refusal = 409, str(taken)
        except services.CannotBook as error:
            status, refusal = 422, str(error)
        else:
            return redirect(f"{reverse('site:meeting_link', args=[linked.token])}?moved")
    context = {"form": form, "later": later, "refusal": refusal}
    return linked.render("site/meeting_link_time.html", 422 if form.errors else status, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def meeting_link_cancellation(linked: Linked) -> HttpResponse:
    """Calling the meeting off; a second click comes to the same page as the first."""
    request = linked.request
    if queries.was_called_off(linked.link) and request.method == "POST":
        return redirect("site:meeting_called_off")
    form = WhyForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if form.is_valid():
        why = WhyCancelled(form.cleaned_data["why"])
        try:
            services.cancel(meeting=linked.meeting, why=why, hand=linked.hand)
        except services.CannotBook as error:
            refusal = str(error)
        else:
            return redirect("site:meeting_called_off")
    status = 422 if form.errors or refusal else 200
    return linked.render("site/meeting_link_cancellation.html", status, form=form, refusal=refusal)


@require_GET
def meeting_called_off(request: HttpRequest) -> HttpResponse:
    """What is said to whoever called a meeting off; it tells of nobody's."""
    return render(request, "site/meeting_called_off.html")


def _few_days(free: Sequence[Slot], since: date | None) -> tuple[list[Slot], date | None]:
    """The times of the next few days, spread over each, and the day after which there are more."""
    days = [(day, slots) for day, slots in queries.by_day(free) if not since or day > since]
    shown = [slot for _, slots in days[:DAYS] for slot in _spread(slots)]
    return shown, days[DAYS - 1][0] if len(days) > DAYS else None


def _spread(slots: list[Slot]) -> list[Slot]:
    last = len(slots) - 1
    return [slots[place] for place in sorted({0, last // 2, last})]


def _since(request: HttpRequest) -> date | None:
    try:
        return parse_date(request.GET.get("since", ""))
    except ValueError:
        return None


def _when(at: datetime) -> str:
    local = timezone.localtime(at)
    day = f"{date_format(local, 'l')} {date_format(local, 'MONTH_DAY_FORMAT')}"
    return _("%(day)s at %(time)s") % {"day": day, "time": date_format(local, "TIME_FORMAT")}


urls = [
    path("m/called-off/", meeting_called_off, name="meeting_called_off"),
    path("m/<str:token>/", meeting_link, name="meeting_link"),
    path("m/<str:token>/time/", meeting_link_time, name="meeting_link_time"),
    path(
        "m/<str:token>/cancellation/",
        meeting_link_cancellation,
        name="meeting_link_cancellation",
    ),
]
