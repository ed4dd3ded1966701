"""Busy times at a CalDAV server (RFC 4791), such as Nextcloud, Radicale or iCloud."""

from datetime import datetime
from typing import Any

from caldav.collection import Calendar
from caldav.davclient import DAVClient
from caldav.lib.error import AuthorizationError, DAVError

from velvalgt.apps.meetings.busy import Access, Busy, CannotRead
from velvalgt.apps.meetings.busy.door import door
from velvalgt.apps.meetings.busy.ics import NO_CALENDAR, busy_in_all
from velvalgt.apps.meetings.choices import Trouble


class CalDav:
    """One calendar at a CalDAV server; the server itself chooses what touches a stretch of time."""

    def __init__(self, access: Access) -> None:
        self.access = access

    def busy(self, begins: datetime, ends: datetime) -> list[Busy]:
        """Ask for what touches a stretch of time, and give the busy times in it."""
        with door() as session:
            client = DAVClient(
                url=self.access.address,
                username=self.access.user or None,
                password=self.access.password or None,
                enable_rfc6764=False,  # no looking around for other hosts
            )
            client.session.close()
            client.session = session
            calendar = Calendar(client=client, url=self.access.address)
            try:
                found: Any = calendar.search(event=True, start=begins, end=ends, expand=False)
            except AuthorizationError as error:
                raise CannotRead(Trouble.REFUSED) from error
            except (DAVError, *NO_CALENDAR) as error:
                raise CannotRead(Trouble.NOT_A_CALENDAR) from error
        return busy_in_all((each.data for each in found), begins, ends)
