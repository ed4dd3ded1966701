"""What is agreed, for the first page: the meetings to come, and the talk that could be booked."""

from collections.abc import Sequence
from dataclasses import dataclass

from velvalgt.apps.cases.models import Case, Entry
from velvalgt.apps.duties.queries import DutyLine
from velvalgt.apps.meetings import queries
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest
from velvalgt.screens.citizen.meetings import Line, line_of


@dataclass(frozen=True, slots=True)
class Arranged:
    """What is agreed with a citizen, and which talk they could book for what the law asks next."""

    coming: tuple[Line, ...] = ()
    is_for_step: bool = False
    type_to_book: str = ""

    @property
    def next(self) -> Line | None:
        """The next meeting."""
        return self.coming[0] if self.coming else None


def arranged(
    request: CitizenRequest,
    told: Sequence[Entry],
    lines: Sequence[DutyLine],
    step: DutyLine | None,
    case: Case | None,
) -> Arranged:
    """Gather what is agreed, in one question.

    Args:
        request: whose page it is.
        told: what stands in the journal.
        lines: the citizen's duties.
        step: the one that waits next, where there is one.
        case: the citizen's open case.
    """
    if Area.MEETINGS not in request.standing.sees:
        return Arranged()
    at = request.moment
    found = queries.coming_meetings(request.citizen, at)
    coming = tuple(line_of(each, lines, at) for each in found)
    is_asked = step is not None and bool(step.forms) and step.is_ours
    is_for_step = is_asked and any(queries.is_asked_by_law(line.type) for line in coming)
    may_book = case is not None and Area.MEETINGS in request.standing.acts
    is_open = is_asked and not is_for_step and may_book
    return Arranged(coming, is_for_step, _type_to_book(request, told, lines) if is_open else "")


def _type_to_book(request: CitizenRequest, told: Sequence[Entry], lines: Sequence[DutyLine]) -> str:
    """The type that answers what the law asks; one made for the citizen's own group goes first."""
    types = queries.types_for_citizen(request.citizen, told, lines, booked_by="citizen")
    asked = [each for each in types if queries.is_asked_by_law(each)]
    return min(asked, key=lambda each: not each.groups).key if asked else ""
