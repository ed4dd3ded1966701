"""Lilleby: the small municipality of the demo, one of each who works there, without profiling."""

from pathlib import Path
from typing import Any

import pytest

from tests.apps.exchange.test_demo import AT
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.models import Case, NeedAssessment
from velvalgt.apps.exchange import demo
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.priorities.queries import mode_on
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


def test_it_lies_beside_velby(lilleby: Tenant, settings: Any) -> None:
    with as_role("worker"):
        velby = demo.build(synthesize("099", 100, 1, demo.day()), at=AT)

        assert demo.exists("096")
        assert demo.exists("099")
    assert velby.working_day(AT.date()) == lilleby.working_day(AT.date()) == demo.day()
    assert {path.name for path in Path(settings.HOME).iterdir()} >= {"demo", "demo-lilleby"}
