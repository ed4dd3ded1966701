"""What came of meetings: who did not come, and what citizens themselves had asked for."""

from datetime import datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from velvalgt.apps.meetings import queries
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.core.calendar import midnight, monday_of

WEEKS_BACK = 12
"""How many whole weeks are counted: enough for numbers that say something."""


def period(moment: datetime) -> tuple[datetime, datetime]:
    """From which Monday to which other, the running week's, meetings are counted.

    Numbers that rolled on with the clock would tell, before and after, of the one who came.
    """
    today = timezone.localdate(moment)
    monday = monday_of(today)
    begins = monday - timedelta(weeks=WEEKS_BACK)
    return midnight(begins), midnight(monday)


@require_GET
@for_role(Role.MANAGER)
def meetings(request: StaffRequest) -> HttpResponse:
    """No-shows by words and way, with the share that citizens had asked for."""
    begins, ends = period(request.moment)
    rows = queries.no_shows(begins, ends)
    context = {
        "answers": queries.answers_by_form(begins.date(), ends.date()),
        "rows": rows,
        "shares": queries.shares(rows),
        "hides": any(row.share is None for row in rows),
        "fewest": queries.FEWEST,
        "begins": begins,
        "last": ends - timedelta(days=1),
    }
    return render(request, "manager/meetings.html", context)
