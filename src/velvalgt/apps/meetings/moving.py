"""What a meeting needs at another time."""

from dataclasses import replace

from velvalgt.apps.cases.queries import open_case_of
from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.meetings.gathering import Wanted
from velvalgt.apps.meetings.models import Meeting
from velvalgt.apps.meetings.types import type_of


def as_it_is(meeting: Meeting) -> Wanted:
    """Give what is looked for when all but the hour stays: with the same caseworker, too."""
    return Wanted(
        type=type_of(meeting.type),
        way=Way(meeting.way),
        unit_id=meeting.unit_id,
        caseworker_id=meeting.caseworker_id,
        language=meeting.language,
        has_companion=meeting.has_companion,
    )


def as_agreed(meeting: Meeting) -> Wanted:
    """Give what is looked for when only the hour changes: same type, same way, same unit.

    Who meets their own caseworker keeps them; anybody else may meet anybody in the unit.
    """
    case = open_case_of(meeting.citizen)
    is_own = case is not None and case.caseworker_id == meeting.caseworker_id
    same = as_it_is(meeting)
    return same if is_own else replace(same, caseworker_id=None)
