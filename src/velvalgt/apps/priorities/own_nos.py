"""What citizens do not want: said by them or on their word, and taken back at any time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from velvalgt.apps.cases.choices import Deed, Side
from velvalgt.apps.cases.services import give_receipt, one_at_a_time, refuse_cpr
from velvalgt.apps.offers.models import Offer
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.priorities.efforts import NoSuchEffort, Option, check_effort, touching
from velvalgt.apps.priorities.models import OwnNo, OwnNoEnd
from velvalgt.apps.staff.models import User


@transaction.atomic
def say_no(  # noqa: PLR0913 - who says no to what, in which words, by whose hand
    *,
    citizen: Citizen,
    effort: str,
    offer: Offer | None,
    words: str,
    side: Side,
    by: User,
    at: datetime,
) -> OwnNo:
    """Write that a citizen does not want an effort (borgerens eget nej); it is not suggested again.

    A no to an effort holds for every offer of it; the same no again gives the first.

    Raises:
        NoSuchEffort: nobody knows it; or it is to be left alone, which nobody is suggested.
        HoldsCpr: a CPR number stands in the words.
    """
    refuse_cpr(words)
    if not Option(effort, offer).is_help:
        raise NoSuchEffort(_("Choose what the citizen does not want."))
    check_effort(effort, offer, by.tenant.working_day(timezone.localdate(at)))
    one_at_a_time(citizen.pk)
    first = own_nos_of(citizen).filter(effort=effort, offer=offer).first()
    if first is not None:
        return first
    if side == Side.CITIZEN:
        title = _("No to: %(what)s") % {"what": Option(effort, offer).title}
        give_receipt(citizen=citizen, deed=Deed.OBJECTION, by=by, at=at, title=title)
    return OwnNo.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        effort=effort,
        offer=offer,
        words=words,
        side=side,
        said_by=by,
        said_at=at,
    )


class TheCitizensOwn(Exception):
    """A citizen said no themself, so nobody else takes it back."""


@transaction.atomic
def take_no_back(*, own_no: OwnNo, side: Side, by: User, at: datetime) -> OwnNoEnd:
    """Write that a citizen has changed their mind (fortrudt nej); once.

    Raises:
        TheCitizensOwn: the municipality would take back what the citizen said themself.
    """
    if side != Side.CITIZEN and own_no.side == Side.CITIZEN:
        raise TheCitizensOwn(_("The citizen said no here. Only the citizen takes it back."))
    one_at_a_time(own_no.citizen_id)
    ended = OwnNoEnd.objects.filter(own_no=own_no).first()
    if ended is not None:
        return ended
    if side == Side.CITIZEN:
        title = _("No to: %(what)s, taken back") % {
            "what": Option(own_no.effort, own_no.offer).title
        }
        give_receipt(citizen=own_no.citizen, deed=Deed.OBJECTION, by=by, at=at, title=title)
    return OwnNoEnd.objects.create(
        tenant_id=own_no.tenant_id,
        own_no=own_no,
        citizen_id=own_no.citizen_id,
        side=side,
        ended_by=by,
        ended_at=at,
    )


def own_nos_of(citizen: Citizen) -> QuerySet[OwnNo]:
    """Give what a citizen has said no to and not taken back, newest first."""
    standing = OwnNo.objects.standing().filter(citizen=citizen)
    return standing.select_related("offer", "said_by").order_by("-said_at", "-pk")


@dataclass(frozen=True, slots=True)
class NoLine:
    """A citizen's no with what it is to, in words."""

    own_no: OwnNo
    title: str

    @property
    def is_theirs(self) -> bool:
        """Whether the citizen said it themself, and not somebody on their word."""
        return self.own_no.side == Side.CITIZEN


def nos_in_words(citizen: Citizen) -> list[NoLine]:
    """Give what a citizen has said no to, as a page shows it, newest first."""
    return [NoLine(each, Option(each.effort, each.offer).title) for each in own_nos_of(citizen)]


def has_said_no(citizen_id: UUID, effort: str, offer: Offer | None) -> bool:
    """Whether a citizen's no stands in the way of an effort, or of this offer of it."""
    standing = OwnNo.objects.standing().filter(citizen_id=citizen_id)
    return standing.filter(touching(effort, offer)).exists()
