"""The journal, told to the citizen it is about: what stands, what was corrected, what was wrong."""

from collections.abc import Iterator, Mapping

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from velvalgt.apps.cases.choices import Actor, Kind
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.people.requests import CitizenRequest
from velvalgt.core.calendar import midnight
from velvalgt.screens.citizen.timeline import Happening, Topic, Window
from velvalgt.web.templatetags.web import day
from velvalgt.web.templatetags.words import DETAILS, detail, word

TOLD: Mapping[str, tuple[Topic, Promise]] = {
    Kind.REGISTRATION: (Topic.CONTACT, gettext_lazy("You registered as a jobseeker")),
    Kind.BENEFIT_PERIOD: (Topic.BENEFIT, gettext_lazy("You were placed in a benefit period")),
    Kind.FIRST_CONTACT: (Topic.CONTACT, gettext_lazy("You asked for help")),
    Kind.INTERVIEW: (Topic.CONTACT, gettext_lazy("You had a talk")),
    Kind.FOLLOW_UP: (Topic.CONTACT, gettext_lazy("You had a talk about your sick leave")),
    Kind.GROUP_MEETING: (Topic.CONTACT, gettext_lazy("You were at a meeting with others")),
    Kind.OFFER_GIVEN: (Topic.DECISION, gettext_lazy("You were given an offer")),
    Kind.OFFER_START: (Topic.WORK, gettext_lazy("Your offer began")),
    Kind.OFFER_END: (Topic.WORK, gettext_lazy("Your offer ended")),
    Kind.REQUEST: (Topic.CONTACT, gettext_lazy("You asked for something")),
    Kind.EXEMPTION: (Topic.DECISION, gettext_lazy("You need not do all that the law asks")),
    Kind.LEAVE_OUT: (Topic.DECISION, gettext_lazy("You steer yourself, without interviews")),
    Kind.OBJECTION: (Topic.CONTACT, gettext_lazy("You said no")),
    Kind.FLAG: (Topic.CONTACT, gettext_lazy("A mark was put on your case")),
    Kind.SICK_REPORT: (Topic.CONTACT, gettext_lazy("You reported sick")),
    Kind.WELL_REPORT: (Topic.CONTACT, gettext_lazy("You reported well")),
    Kind.LEAVE: (Topic.CONTACT, gettext_lazy("You were on leave")),
    Kind.WORK_START: (Topic.WORK, gettext_lazy("You began work")),
    Kind.WORK_END: (Topic.WORK, gettext_lazy("Your work ended")),
    Kind.MOVED: (Topic.CONTACT, gettext_lazy("You moved")),
    Kind.EMIGRATED: (Topic.CONTACT, gettext_lazy("You left the country")),
    Kind.DIED: (Topic.CONTACT, gettext_lazy("A death was recorded")),
}
WITH_SOMEBODY = {Kind.INTERVIEW, Kind.FOLLOW_UP, Kind.GROUP_MEETING}


def journal(request: CitizenRequest, window: Window) -> Iterator[Happening]:
    """What happened, as the journal has it; what was taken back stands struck through."""
    kinds = [kind for kind, (topic, _title) in TOLD.items() if topic in window.topics]
    mine = Entry.objects.filter(citizen=request.citizen, kind__in=kinds, is_withdrawal=False)
    entries = mine.select_related("recorded_by", "corrects", "correction__recorded_by")
    for entry in window.rows(entries, "on", "journal"):
        topic, title = TOLD[entry.kind]
        correction = getattr(entry, "correction", None)
        yield Happening(
            topic=topic,
            at=midnight(entry.on),
            key=f"journal:{entry.pk}",
            title=str(title),
            words=tuple(_words(entry, correction)),
            who=_who(entry),
            by=entry.recorded_by,
            source=origin(entry.source),
            is_void=correction is not None,
        )


def origin(source: str) -> str:
    """Say where a fact comes from: written here, or another system by its name."""
    return _("from another system: %(name)s") % {"name": source} if source else _("written here")


def _words(entry: Entry, correction: Entry | None) -> Iterator[str]:
    """What else there is to say of an entry: how, with whom, until when, and what was wrong."""
    if facts := _facts(entry):
        yield f"{capfirst(facts)}."
    if entry.corrects is not None:
        before = ", ".join(filter(None, (day(entry.corrects.on), _facts(entry.corrects))))
        yield _("Corrected. Before, it said: %(before)s.") % {"before": before}
    if correction is not None:
        told = {"day": day(timezone.localdate(correction.recorded_at))}
        by = correction.recorded_by
        told["name"] = by.name if by else _("another system")
        if correction.is_withdrawal:
            yield _("This was wrong. %(name)s took it back on %(day)s.") % told
        else:
            yield _("This was wrong. %(name)s corrected it on %(day)s.") % told


def _facts(entry: Entry) -> str:
    """How something went: "by phone, with the a-kasse", "until 1 February 2027"."""
    return ", ".join(filter(None, _each_fact(entry)))


def _each_fact(entry: Entry) -> Iterator[str]:
    yield word(entry.form, "form")
    if entry.kind in WITH_SOMEBODY and entry.actor != Actor.CITIZEN:
        yield _("with %(somebody)s") % {"somebody": word(entry.actor, "actor")}
    if entry.detail and entry.kind in DETAILS:
        yield detail(entry.detail, entry.kind)
    if entry.until:
        yield _("until %(day)s") % {"day": day(entry.until)}


def _who(entry: Entry) -> str:
    """Who did it, where nobody who is known here wrote it."""
    return "" if entry.recorded_by else capfirst(_actor(entry.actor))


def _actor(actor: str) -> str:
    return _("you") if actor == Actor.CITIZEN else word(actor, "actor")
