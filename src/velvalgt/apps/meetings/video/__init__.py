"""Where a video meeting is held (videorum): a link that staff paste, or a room made for it."""

from typing import Protocol

from velvalgt.apps.meetings.models import Meeting


class VideoProvider(Protocol):
    """Whatever gives a meeting a room."""

    def room(self, meeting: Meeting, *, is_staff: bool) -> str:
        """Give the address at which one party enters a meeting's room; "" where it has none."""
