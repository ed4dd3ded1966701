"""What each station tells of a case: add a function and a line in `STATIONS` for a new one."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from velvalgt.apps.cases.choices import Deed, DocumentKind, Side
from velvalgt.apps.cases.models import Document
from velvalgt.apps.cases.queries import held
from velvalgt.apps.meetings.choices import Result
from velvalgt.apps.meetings.models import Cancellation, Meeting, Outcome
from velvalgt.apps.meetings.queries import type_of
from velvalgt.apps.messages.models import Message
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.models import CitizenFact
from velvalgt.apps.people.requests import CitizenRequest
from velvalgt.apps.staff.models import User
from velvalgt.core.calendar import midnight
from velvalgt.screens.citizen.journal import journal, origin
from velvalgt.screens.citizen.receipts import deeds_shown
from velvalgt.screens.citizen.timeline import Happening, Station, Topic, Window
from velvalgt.web.templatetags.web import near_moment
from velvalgt.web.templatetags.words import word


def documents(request: CitizenRequest, window: Window) -> Iterator[Happening]:
    """Letters, decisions, and what the citizen sent."""
    mine = Document.objects.filter(citizen=request.citizen).with_verdict()
    for each in window.rows(mine.select_related("added_by"), "added_at", "document"):
        shelf = held(each)
        is_decision, is_sent = (
            each.kind == kind for kind in (DocumentKind.DECISION, DocumentKind.UPLOAD)
        )
        kind = _("sent in") if is_sent else each.get_kind_display()
        yield Happening(
            topic=Topic.DECISION if is_decision else Topic.DOCUMENT,
            at=each.added_at,
            is_timed=True,
            key=f"document:{each.pk}",
            title=capfirst(f"{kind}: {each.heading}"),
            words=() if shelf.is_ready else (capfirst(f"{shelf.availability.label}."),),
            by=each.added_by,
            who="" if each.added_by else _("The municipality"),
            url=reverse("citizen:document", args=[each.pk]) if shelf.is_ready else "",
        )


def receipts(request: CitizenRequest, window: Window) -> Iterator[Happening]:
    """What the citizen did here, or somebody for them."""
    mine = request.citizen.receipts.filter(deed__in=deeds_shown(request.standing))
    for each in window.rows(mine.select_related("done_by"), "given_at", "receipt"):
        yield Happening(
            topic=Topic.DEED,
            at=each.given_at,
            is_timed=True,
            key=f"receipt:{each.pk}",
            title=_("Receipt: %(deed)s") % {"deed": each.get_deed_display()},
            words=(each.title,) if each.title else (),
            by=each.done_by,
            url=reverse("citizen:receipt", args=[each.pk]),
        )


def messages(request: CitizenRequest, window: Window) -> Iterator[Happening]:
    """What we wrote to the citizen; what they wrote has a receipt."""
    if Area.MESSAGES not in request.standing.sees:
        return
    ours = Message.objects.of_citizen(request.citizen).by(Side.MUNICIPALITY)
    for each in window.rows(ours.select_related("author"), "sent_at", "message"):
        yield Happening(
            topic=Topic.MESSAGE,
            at=each.sent_at,
            is_timed=True,
            key=f"message:{each.pk}",
            title=_("A message from us"),
            by=each.author,
            url=reverse("citizen:messages"),
        )


def plan(request: CitizenRequest, window: Window) -> Iterator[Happening]:
    """What we wrote in the plan; what the citizen wrote has a receipt."""
    if Area.PLAN not in request.standing.sees:
        return
    ours = request.citizen.plan_changes.filter(side=Side.MUNICIPALITY)
    for each in window.rows(ours.select_related("proposed_by"), "proposed_at", "plan"):
        yield Happening(
            topic=Topic.PLAN,
            at=each.proposed_at,
            is_timed=True,
            key=f"plan:{each.pk}",
            title=_("The plan: %(change)s") % {"change": each.get_what_display()},
            words=(each.words,) if each.words else (),
            by=each.proposed_by,
            url=reverse("citizen:plan"),
        )


def meetings(request: CitizenRequest, window: Window) -> Iterator[Happening]:
    """Meetings that others booked or changed; what was done on these pages has a receipt."""
    if Area.MEETINGS not in request.standing.sees:
        return
    done_here = request.citizen.receipts.filter(deed=Deed.MEETING, given_at=OuterRef("booked_at"))
    agreed = Meeting.objects.filter(~Exists(done_here), citizen=request.citizen)
    for each in window.rows(agreed.select_related("booked_by"), "booked_at", "meeting"):
        yield _of_meeting(
            each,
            at=each.booked_at,
            key=f"meeting:{each.pk}",
            title=f"{type_of(each.type).name}: {each.get_change_display()}",
            by=each.booked_by,
        )


def meetings_off(request: CitizenRequest, window: Window) -> Iterator[Happening]:
    """Meetings that others called off."""
    if Area.MEETINGS not in request.standing.sees:
        return
    done_here = request.citizen.receipts.filter(
        deed=Deed.MEETING, given_at=OuterRef("cancelled_at")
    )
    called_off = Cancellation.objects.filter(~Exists(done_here), citizen=request.citizen)
    told = called_off.select_related("meeting", "cancelled_by")
    for each in window.rows(told, "cancelled_at", "meeting-off"):
        yield _of_meeting(
            each.meeting,
            at=each.cancelled_at,
            key=f"meeting-off:{each.pk}",
            title=_("%(meeting)s: called off") % {"meeting": type_of(each.meeting.type).name},
            by=each.cancelled_by,
        )


def meetings_held(request: CitizenRequest, window: Window) -> Iterator[Happening]:
    """Meetings that were held and that the journal does not tell of."""
    if Area.MEETINGS not in request.standing.sees:
        return
    held = Outcome.objects.filter(
        citizen=request.citizen, result=Result.HELD, entry__isnull=True, correction__isnull=True
    )
    for each in window.rows(held.select_related("meeting", "said_by"), "said_at", "meeting-held"):
        yield _of_meeting(
            each.meeting,
            at=each.said_at,
            key=f"meeting-held:{each.pk}",
            title=_("%(meeting)s: held") % {"meeting": type_of(each.meeting.type).name},
            by=each.said_by,
        )


def _of_meeting(
    meeting: Meeting, *, at: datetime, key: str, title: str, by: User | None
) -> Happening:
    how = f"{near_moment(meeting.starts_at)}, {meeting.get_way_display()}."
    return Happening(
        topic=Topic.CONTACT,
        at=at,
        is_timed=True,
        key=key,
        title=title,
        words=(capfirst(how),),
        by=by,
        who="" if by else _("The municipality"),
        url=reverse("citizen:meeting", args=[meeting.uid]),
    )


def spells(request: CitizenRequest, window: Window) -> Iterator[Happening]:
    """When benefits began and ended."""
    for each in request.citizen.spells.all():
        benefit = word(each.benefit, "benefit")
        begun = _("You began on %(benefit)s") % {"benefit": benefit}
        ended = _("The last day on %(benefit)s") % {"benefit": benefit}
        yield from _began_and_ended(request, Topic.BENEFIT, "spell", each, begun, ended)


def work(request: CitizenRequest, window: Window) -> Iterator[Happening]:
    """When jobs began and ended."""
    for each in request.citizen.works.all():
        named = {"work": word(each.kind, "work_kind"), "hours": floatformat(each.hours_week, -2)}
        begun = _("You began in %(work)s, %(hours)s hours a week") % named
        ended = _("The last day in %(work)s") % named
        yield from _began_and_ended(request, Topic.WORK, "work", each, begun, ended)


def _began_and_ended(
    request: CitizenRequest, topic: Topic, station: str, fact: CitizenFact, begun: str, ended: str
) -> Iterator[Happening]:
    """Tell the first and last day of a period, as far as they have come."""
    days = [(fact.starts_on, begun, "began")]  # type: ignore[attr-defined] # both kinds have it
    if fact.ends_on:  # type: ignore[attr-defined]
        days.append((fact.ends_on - timedelta(days=1), ended, "ended"))  # type: ignore[attr-defined]
    for day, title, end in days:
        if day <= request.today:
            yield Happening(
                topic=topic,
                at=midnight(day),
                key=f"{station}-{end}:{fact.pk}",
                title=title,
                source=origin(fact.source),
            )


STATIONS: tuple[tuple[Station, frozenset[Topic]], ...] = (
    (journal, frozenset({Topic.CONTACT, Topic.DECISION, Topic.BENEFIT, Topic.WORK})),
    (documents, frozenset({Topic.DOCUMENT, Topic.DECISION})),
    (receipts, frozenset({Topic.DEED})),
    (messages, frozenset({Topic.MESSAGE})),
    (plan, frozenset({Topic.PLAN})),
    (meetings, frozenset({Topic.CONTACT})),
    (meetings_off, frozenset({Topic.CONTACT})),
    (meetings_held, frozenset({Topic.CONTACT})),
    (spells, frozenset({Topic.BENEFIT})),
    (work, frozenset({Topic.WORK})),
)
"""Who is asked, and about what each can tell."""
