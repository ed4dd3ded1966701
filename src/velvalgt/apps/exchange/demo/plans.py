"""What the demo's plans are made from, the first plan, and what Tine has answered to it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.choices import Side
from velvalgt.apps.exchange.demo.people import of_the_story
from velvalgt.apps.exchange.demo.places import story
from velvalgt.apps.exchange.services import Progress
from velvalgt.apps.priorities import services
from velvalgt.apps.priorities.choices import Because
from velvalgt.apps.priorities.models import Run, Suggestion, SuggestionAnswer
from velvalgt.apps.staff.models import Tenant, Unit, User


def tell(tenant: Tenant, at: datetime) -> None:
    """Write what there is; where people are weighed by gain, on what ground, and whose week counts.

    The manager's figures, the council's decision and the ground are the demo's own, and say so.
    """
    told, moment = story(tenant.code), tenant.working_moment(at)
    manager = _who(told, "manager")
    services.plan_capacity(tenant=tenant, draft=_capacity(told), by=manager, at=moment)
    if "weights" in told:
        draft = services.WeightsDraft(**told["weights"])
        services.decide_weights(tenant=tenant, draft=draft, by=manager, at=moment)
    if "own_no" in told:
        _say_no(told["own_no"], by=_who(told, "caseworker"), at=moment)
    if "ground" in told:
        _record_ground(tenant, told, moment)


def first_plan(*, tenant: Tenant, at: datetime, progress: Progress | None = None) -> Run:
    """Make the plan of the demo's Monday, and let two suggestions be answered where there are any.

    It is not part of building, for a plan holds its own turn, outside of any transaction.
    """
    told, day = story(tenant.code), tenant.working_day(timezone.localdate(at))
    run = services.replan(tenant=tenant, on=day, at=at, progress=progress)
    with acting(tenant.pk, SYSTEM, Purpose.CASE_WORK):
        _answer(told, _who(told, "caseworker"), at)
    return run


def _capacity(told: Mapping[str, Any]) -> services.CapacityDraft:
    units = {unit.code: str(unit.pk) for unit in Unit.objects.all()}
    said = dict(told["capacity"])
    hours = {units[code]: float(each) for code, each in said.pop("hours_week").items()}
    return services.CapacityDraft(starts_on=told["tenant"]["frozen_on"], unit_hours=hours, **said)


def _say_no(told: Mapping[str, str], *, by: User, at: datetime) -> None:
    services.say_no(
        citizen=of_the_story(told["name"]),
        effort=told["effort"],
        offer=None,
        words=told["words"],
        side=Side.MUNICIPALITY,
        by=by,
        at=at,
    )


def _record_ground(tenant: Tenant, told: Mapping[str, Any], at: datetime) -> None:
    """Let the jurist record it, as the one who checks the law for everybody."""
    jurist, office = _who(told, "jurist"), Unit.objects.get(code="JURA")
    with acting(tenant.pk, jurist.pk, Purpose.LEGAL_OVERSIGHT, unit=office.pk):
        services.record_basis(
            draft=services.BasisDraft(**told["ground"]),
            on=told["tenant"]["frozen_on"],
            by=jurist,
            at=at,
        )


def _answer(told: Mapping[str, Any], by: User, at: datetime) -> None:
    """Say yes to one suggestion and wait with another; a demo that has answers keeps them."""
    for name, said in told.get("answers", {}).items():
        citizen = of_the_story(name)
        suggestion = Suggestion.objects.current().filter(citizen=citizen).first()
        if suggestion is None or SuggestionAnswer.objects.filter(citizen=citizen).exists():
            continue
        because, words = Because(said["because"]), said["words"]
        if until := said.get("until"):
            services.postpone(
                suggestion=suggestion, until=until, because=because, words=words, by=by, at=at
            )
        else:
            services.accept(suggestion=suggestion, because=because, words=words, by=by, at=at)


def _who(told: Mapping[str, Any], role: str) -> User:
    """The first of those who work there in a role."""
    initials = next(each["initials"] for each in told["staff"] if each["role"] == role)
    return User.objects.get(initials=initials)
