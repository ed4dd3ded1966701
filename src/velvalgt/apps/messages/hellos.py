"""Saying hello to citizens who steer themselves, on the days that were agreed."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from velvalgt.apps.cases.queries import check_ins_due
from velvalgt.apps.messages.choices import Occasion
from velvalgt.apps.messages.models import Notice
from velvalgt.apps.messages.services import tell
from velvalgt.apps.messages.speaking import language_of
from velvalgt.apps.people.models import Citizen

CATCH_UP = timedelta(days=7)
"""How late a hello may be when the mornings in between were missed; after that it is no hello."""


def say_hello(*, on: date, at: datetime) -> int:
    """Say hello (hilse) to whoever of the acting tenant is to hear from us by a day, each once.

    Returns:
        How many heard from us.
    """
    said = 0
    for late in range(CATCH_UP.days, -1, -1):
        day = on - timedelta(days=late)
        for due in check_ins_due(day):
            said += _say(due.agreement.citizen, day, at)
    return said


def _say(citizen: Citizen, day: date, at: datetime) -> bool:
    heard = Notice.objects.filter(citizen=citizen, occasion=Occasion.AGREEMENT)
    if heard.filter(told_at__date__gte=day).exists():
        return False
    with override(language_of(citizen)):
        title = _("How is your search going? Write to us, or change your agreement.")
        tell(citizen=citizen, occasion=Occasion.AGREEMENT, title=title, by=None, at=at)
    return True
