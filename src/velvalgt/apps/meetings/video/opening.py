"""When a video room is open."""

from datetime import datetime, timedelta

from velvalgt.apps.meetings.models import Meeting

BEFORE = timedelta(minutes=15)
"""How long before the meeting its room can be entered; a starting value."""


def opens_at(meeting: Meeting) -> datetime:
    """From when a meeting's room can be entered."""
    return meeting.starts_at - BEFORE


def closes_at(meeting: Meeting) -> datetime:
    """Until when."""
    return meeting.ends_at
