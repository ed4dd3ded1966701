"""A sandbox: rooms that do not exist, for tests and for trying the pages out."""

from velvalgt.apps.meetings.models import Meeting


class Recorded:
    """Gives each party an address that says what was asked for, and leads nowhere (RFC 2606)."""

    def room(self, meeting: Meeting, *, is_staff: bool) -> str:
        """Give the address that was recorded for a party."""
        return f"https://video.invalid/{meeting.uid}/{'staff' if is_staff else 'citizen'}"
