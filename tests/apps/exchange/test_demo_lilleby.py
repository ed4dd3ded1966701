"""Lilleby: the small municipality of the demo, one of each who works there, without profiling."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.apps.exchange.test_demo import AT
from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.models import Case, NeedAssessment
from velvalgt.apps.duties.tasks import reckon_tenant
from velvalgt.apps.exchange import demo
from velvalgt.apps.meetings.tasks import morning_of_tenant, offer_earlier_of_tenant
from velvalgt.apps.messages.tasks import say_hello_of_tenant
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.priorities.queries import current_run, mode_on
from velvalgt.apps.priorities.tasks import replan_tenant
from velvalgt.apps.staff.models import Tenant
from velvalgt.apps.staff.queries import user_known_as
from velvalgt.core.lab import Municipality, synthesize


@pytest.fixture(scope="module")
def lives() -> Municipality:
    """A municipality of 60, and none of the story's people."""
    return synthesize("096", 60, 2, demo.day(), has_story=False)


@pytest.fixture
def lilleby(db: None, lives: Municipality, settings: Any, tmp_path: Path) -> Tenant:
    """Lilleby, built from it."""
    settings.HOME = tmp_path
    with as_role("worker"):
        return demo.build(lives, at=AT)


def test_every_case_is_elses(lilleby: Tenant, lives: Municipality) -> None:
    with as_role("worker"), acting(lilleby.pk, SYSTEM, Purpose.IMPORT):
        held = {(case.caseworker.initials, case.unit.code) for case in Case.objects.all()}
        names = set(Citizen.objects.values_list("name", flat=True))

    assert held == {("ELSE", "TEAM")}
    assert len(names) > lives.people.height / 2


def test_need_is_assessed_and_nobody_is_weighed_by_gain(
    lilleby: Tenant, lives: Municipality
) -> None:
    with as_role("worker"), acting(lilleby.pk, SYSTEM, Purpose.CASE_WORK):
        assert NeedAssessment.objects.count() == lives.needs.height > 10
        assert mode_on(demo.day()) == "plain"


@pytest.mark.parametrize("subject", ["else", "viggo", "rita"])
def test_whoever_works_there_can_sign_in(lilleby: Tenant, subject: str) -> None:
    known = user_known_as("demo", subject)

    assert known is not None
    assert known.tenant_id == lilleby.pk


@pytest.fixture
def both(lilleby: Tenant) -> list[Tenant]:
    """Lilleby, and Velby beside it."""
    with as_role("worker"):
        return [lilleby, demo.build(synthesize("099", 300, 1, demo.day()), at=AT)]


def test_it_lies_beside_velby(both: list[Tenant], settings: Any) -> None:
    with as_role("worker"):
        assert demo.exists("096")
        assert demo.exists("099")
    assert {tenant.working_day(AT.date()) for tenant in both} == {demo.day()}
    assert {path.name for path in Path(settings.HOME).iterdir()} >= {"demo", "demo-lilleby"}


def test_the_first_page_lets_one_in_there_below_the_others(both: list[Tenant]) -> None:
    page = Client().get("/").content.decode()

    assert page.index('value="grethe"') < page.index('value="else"')
    assert Client().post("/session/", {"persona": "else"}).headers["Location"] == "/caseworker/"


def test_the_first_page_says_nothing_of_it_where_it_was_not_built(world: World) -> None:
    assert 'value="else"' not in Client().get("/").content.decode()


def test_the_jobs_of_the_night_and_the_morning_run_for_both(both: list[Tenant]) -> None:
    with as_role("worker"):
        for tenant in both:
            day = demo.day().isoformat()
            reckon_tenant(tenant_id=str(tenant.pk), day=day)
            replan_tenant(tenant_id=str(tenant.pk), day=day)
            morning_of_tenant(tenant_id=str(tenant.pk))
            offer_earlier_of_tenant(tenant_id=str(tenant.pk))
            say_hello_of_tenant(tenant_id=str(tenant.pk), day=day)
            with acting(tenant.pk, SYSTEM, Purpose.CASE_WORK):
                made = current_run()
                assert made is not None
                assert made.mode == ("judgement" if tenant.code == "099" else "plain")
