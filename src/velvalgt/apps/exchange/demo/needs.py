"""How the demo's caseworkers have seen their citizens' need, as the lab drew it from the lives."""

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

import yaml

from velvalgt.apps.cases.choices import NeedLevel
from velvalgt.apps.cases.models import Case
from velvalgt.apps.cases.services import Seen, assess_need, receive_need_assessments
from velvalgt.apps.exchange.demo.files import key_of
from velvalgt.apps.exchange.demo.municipality import Municipality
from velvalgt.apps.exchange.demo.places import story
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Tenant, User
from velvalgt.core.calendar import COPENHAGEN

AFTER_THE_TALK = time(15)


@cache
def _said() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(
        files(__package__).joinpath("needs.yaml").read_text("utf-8")
    )
    return content


def assess(tenant: Tenant, municipality: Municipality) -> None:
    """Write how each citizen was seen on the day of the last talk, by their own caseworker.

    Those whom the story tells of have words of their own; the others share a few.
    """
    named = {municipality.named[name]: words for name, words in _said()["named"].items()
             if name in municipality.named}  # fmt: skip
    users = {user.initials: user for user in User.objects.filter(tenant=tenant)}
    receive_need_assessments(
        tenant_id=tenant.pk, seen=_seen(municipality, set(named), _assessors(tenant, users))
    )
    tine = users[story(tenant.code)["caseworker"]]
    for number, level, day in municipality.needs.iter_rows():
        if number in named:
            assess_need(
                citizen=Citizen.objects.get(external_key=key_of(number)),
                level=NeedLevel(level),
                words=named[number],
                by=tine,
                at=_after(day),
            )


def _assessors(tenant: Tenant, users: dict[str, User]) -> dict[str, tuple[UUID, UUID]]:
    """By a citizen's key in the files: the citizen, and who has seen their need."""
    by_unit = {
        unit: users[initials].pk for unit, initials in story(tenant.code)["assessed_by"].items()
    }
    cases = Case.objects.open().values_list(
        "citizen__external_key", "citizen_id", "caseworker_id", "unit__code"
    )
    return {key: (pk, own or by_unit[unit]) for key, pk, own, unit in cases}


def _seen(
    municipality: Municipality, but: set[int], assessors: dict[str, tuple[UUID, UUID]]
) -> Iterator[Seen]:
    words = _said()["words"]
    for number, level, day in municipality.needs.iter_rows():
        if number not in but:
            citizen, assessor = assessors[key_of(number)]
            chosen = words[level][number % len(words[level])]
            yield Seen(citizen, NeedLevel(level), chosen, assessor, _after(day))


def _after(day: date) -> datetime:
    return datetime.combine(day, AFTER_THE_TALK, COPENHAGEN)
