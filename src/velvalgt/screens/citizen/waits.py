"""What about meetings waits for the citizen, and what of it comes first."""

from dataclasses import dataclass

from velvalgt.apps.meetings import queries
from velvalgt.apps.meetings.models import EarlierOffer, Meeting
from velvalgt.apps.meetings.queries import InvitationLine
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits: a reason to tell, an earlier time to answer, a time to choose, a word to say."""

    missed: Meeting | None = None
    is_heard: bool = False
    offer: EarlierOffer | None = None
    invitation: InvitationLine | None = None
    to_answer: Meeting | None = None

    @property
    def first(self) -> str:
        """What the first page shows before all else, by the name of its template; "" for none."""
        asks_why = self.missed is not None and not self.is_heard
        found = [("missed", asks_why), ("earlier", self.offer), ("invitation", self.invitation)]
        return next((name for name, waits in found if waits), "")

    @property
    def has_more(self) -> bool:
        """Whether more waits than what is first."""
        all_of_it = (self.missed, self.offer, self.invitation, self.to_answer)
        return sum(each is not None for each in all_of_it) > bool(self.first)


def waits_for(request: CitizenRequest, *, has_meeting: bool) -> Waits:
    """Gather what waits; where nothing is agreed, no earlier time of it is asked for.

    Staff who sit at a citizen's page are not shown what one thinks of staff.
    """
    citizen, at, standing = request.citizen, request.moment, request.standing
    if Area.MEETINGS not in standing.sees:
        return Waits()
    lately = queries.held_lately(citizen, at)
    offers = queries.earlier_offers_to(citizen, at) if has_meeting else []
    return Waits(
        missed=lately.missed,
        is_heard=lately.is_heard,
        offer=offers[0] if offers else None,
        invitation=queries.open_invitation(citizen),
        to_answer=lately.to_answer if standing.is_own or standing.is_by_power else None,
    )
