"""The plan is made each night after the duties, and a manager's forecast by the same queue."""

from datetime import UTC, datetime

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.apps.priorities.conftest import AT, Planned
from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.priorities import queries
from velvalgt.apps.priorities.choices import Ended
from velvalgt.apps.priorities.models import Forecast, Run
from velvalgt.apps.priorities.tasks import plan_the_day, reckon_forecast, replan_tenant


@pytest.mark.parametrize(
    ("called_at", "runs"),
    [
        (datetime(2026, 11, 23, 2, 30, tzinfo=UTC), False),
        (datetime(2026, 11, 23, 3, 30, tzinfo=UTC), True),
        (datetime(2026, 7, 6, 2, 30, tzinfo=UTC), True),
        (datetime(2026, 7, 6, 3, 30, tzinfo=UTC), False),
    ],
)
def test_it_is_made_half_past_four_in_copenhagen(
    world: World, called_at: datetime, runs: bool
) -> None:
    with as_role("worker"):
        plan_the_day(timestamp=int(called_at.timestamp()))
        jobs = ProcrastinateJob.objects.filter(task_name=replan_tenant.name)
        asked = [job.args["day"] for job in jobs.filter(args__tenant_id=str(world.tenant.pk))]

    assert asked == ["2026-11-23"] * runs


def test_who_asked_for_a_plan_stands_on_its_attempt(planned: Planned) -> None:
    karin = planned.world.karin

    with as_role("worker"):
        replan_tenant(str(planned.world.tenant.pk), "2026-11-23", asked_by=str(karin.pk))

    with planned.world.building():
        attempt = queries.last_attempt()
        assert attempt is not None
        assert (attempt.asked_by, attempt.ended) == (karin, Ended.DONE)


def test_a_plan_that_cannot_be_made_does_not_fail_the_job(planned: Planned) -> None:
    planned.records_basis()

    with as_role("worker"):
        replan_tenant(str(planned.world.tenant.pk), "2026-11-23")

    with planned.world.building():
        attempt = queries.last_attempt()
        assert attempt is not None
        assert attempt.ended == Ended.REFUSED


def asked(planned: Planned, **figures: object) -> Forecast:
    """Karin asks what other figures would give."""
    said = {
        "weeks": 26,
        "unit_hours": {str(planned.world.team.pk): 30.0},
        "effort_hours": {"frequent_contact": 6.0},
        "seats": {},
        "budget_oere": None,
        "floors": [],
    }
    weights = {"close": 1.0, "some_help": 1.25, "at_risk": 1.75, "far": 2.0}
    with acting(planned.world.tenant.pk, planned.world.karin.pk, Purpose.STEERING):
        return Forecast.objects.create(
            tenant_id=planned.world.tenant.pk,
            draft={"capacity": said | figures, "weights": weights},
            asked_by=planned.world.karin,
            asked_at=AT,
        )


def reckoned(planned: Planned, forecast: Forecast) -> Forecast:
    with as_role("worker"):
        reckon_forecast(str(planned.world.tenant.pk), str(forecast.pk))
    with planned.world.building():
        forecast.refresh_from_db()
    return forecast


def test_the_figures_that_hold_would_give_what_the_plan_gives(weighed: Planned) -> None:
    weighed.plan()

    told = reckoned(weighed, asked(weighed))

    assert told.failed == ""
    assert told.result is not None
    assert told.result["before"] == told.result["after"]


def test_without_hours_less_is_given_and_nothing_is_stored(weighed: Planned) -> None:
    weighed.plan()

    told = reckoned(weighed, asked(weighed, unit_hours={}, seats={"data": 0}))

    assert told.result is not None
    assert told.result["after"]["weeks"] < told.result["before"]["weeks"]
    with weighed.world.building():
        assert Run.objects.count() == 1


def test_a_forecast_names_nobody(weighed: Planned) -> None:
    weighed.plan()

    told = reckoned(weighed, asked(weighed, weeks=13))

    assert told.result is not None
    for citizen in (weighed.world.joern, weighed.world.amalie):
        assert str(citizen.pk) not in str(told.result)


def test_before_the_first_plan_a_forecast_says_why_it_cannot_be(weighed: Planned) -> None:
    told = reckoned(weighed, asked(weighed))

    assert told.result is None
    assert "ingen plan" in told.failed
