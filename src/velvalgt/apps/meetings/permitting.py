"""In which ways a meeting may be held (samtaleform): the type's, as far as the law allows them."""

from collections.abc import Sequence

from velvalgt.apps.duties.queries import DutyLine, permitted_forms
from velvalgt.apps.meetings.choices import Purpose, Way
from velvalgt.apps.meetings.types import MeetingType
from velvalgt.apps.people.choices import Form

COUNTED = {Purpose.INTERVIEW, Purpose.FOLLOW_UP}
"""The purposes whose form the law has a say in."""


def is_asked_by_law(meeting_type: MeetingType) -> bool:
    """Whether a meeting of a type can be one that the law asks for."""
    return meeting_type.purpose in COUNTED


def permitted_ways(meeting_type: MeetingType, lines: Sequence[DutyLine]) -> frozenset[Way]:
    """Give the ways in which a meeting of a type may be held now (samtaleform).

    The first interview in person, then as the citizen chooses; a suspension opens more. The duties
    say which forms the law allows; what is no interview has the forms of its type.

    Args:
        meeting_type: which meeting.
        lines: the citizen's duties, as `duties.queries.duties_of` gives them.
    """
    return ways_by_forms(meeting_type, permitted_forms(lines))


def ways_by_forms(meeting_type: MeetingType, forms: Sequence[Form]) -> frozenset[Way]:
    """Give the same where the forms that the law allows are known; none known: all."""
    if not is_asked_by_law(meeting_type) or not forms:
        return frozenset(meeting_type.ways)
    return frozenset(way for way in meeting_type.ways if way.form in forms)
