"""The demo's first plans: Velby weighs by gain on a ground of its own, Lilleby does not."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.apps.exchange.test_demo import AT
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.queries import need_assessment_of
from velvalgt.apps.exchange import demo
from velvalgt.apps.exchange.demo.people import of_the_story
from velvalgt.apps.offers.queries import wish_list
from velvalgt.apps.priorities.choices import Reply
from velvalgt.apps.priorities.models import Suggestion, SuggestionAnswer, WorkLine
from velvalgt.apps.priorities.queries import basis_on, capacity_on, own_nos_of, weights_on
from velvalgt.apps.staff.models import Tenant
from velvalgt.core.lab import synthesize

pytestmark = pytest.mark.django_db


@pytest.fixture
def velby(settings: Any, tmp_path: Path) -> Iterator[Tenant]:
    """Velby, built from a municipality of 300, seen by the worker."""
    settings.HOME = tmp_path
    with as_role("worker"):
        tenant = demo.build(synthesize("099", 300, 1, demo.day()), at=AT)
        with acting(tenant.pk, SYSTEM, Purpose.CASE_WORK):
            yield tenant


def test_velby_has_a_ground_that_says_that_it_is_a_demos(velby: Tenant) -> None:
    line = basis_on(demo.day())

    assert line is not None
    assert line.basis.legal_ground.startswith("Kun demo")
    assert "ikke juridisk rådgivning" in line.basis.legal_ground
    assert (line.basis.recorded_by.initials, line.last_day) == ("METTE", date(2027, 6, 30))


def test_its_council_and_its_manager_have_decided_and_say_that_it_is_a_demo(velby: Tenant) -> None:
    weights, capacity = weights_on(demo.day()), capacity_on(demo.day())

    assert weights.decided is not None
    assert "demo" in weights.decided.decision
    assert capacity is not None
    assert capacity.words.startswith("Demo")


def test_joern_risks_getting_stuck_and_amalie_is_close_to_work_in_tines_words(
    velby: Tenant,
) -> None:
    seen = {name: need_assessment_of(of_the_story(name)) for name in ("Jørn", "Amalie", "Sara")}

    assert {name: each and each.level for name, each in seen.items()} == {
        "Jørn": "at_risk", "Amalie": "close", "Sara": "some_help",
    }  # fmt: skip
    assert {each and each.assessed_by.initials for each in seen.values()} == {"TINE"}


def test_peter_does_not_want_a_group_and_sara_wishes_to_weld(velby: Tenant) -> None:
    assert [each.effort for each in own_nos_of(of_the_story("Peter"))] == ["group_meetings"]
    assert [offer.key for offer in wish_list(of_the_story("Sara"))] == ["svejsning"]


def test_the_first_plan_suggests_and_tine_has_answered_two(velby: Tenant) -> None:
    run = demo.first_plan(tenant=velby, at=AT)

    replies = dict(SuggestionAnswer.objects.values_list("citizen__name", "reply"))
    assert (run.mode, run.weighed > 50) == ("judgement", True)
    joerns = Suggestion.objects.current().get(citizen=of_the_story("Jørn"))
    assert joerns.effort in {"frequent_contact", "wage_subsidy"}  # keys decide among equals
    assert {name.split()[0]: reply for name, reply in replies.items()} == {
        "Lone": Reply.ACCEPTED, "Bo": Reply.POSTPONED,
    }  # fmt: skip


def test_planned_again_the_answers_stand(velby: Tenant) -> None:
    for _ in range(2):
        demo.first_plan(tenant=velby, at=AT)

    assert SuggestionAnswer.objects.count() == 2


def test_lilleby_has_a_plan_without_a_single_gain(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    lives = synthesize("096", 60, 2, demo.day(), has_story=False)
    with as_role("worker"):
        lilleby = demo.build(lives, at=AT)
        run = demo.first_plan(tenant=lilleby, at=AT)
        with acting(lilleby.pk, SYSTEM, Purpose.CASE_WORK):
            assert (run.mode, run.weighed, run.gain) == ("plain", 0, None)
            assert WorkLine.objects.filter(run=run).count() == run.citizens > 20
            assert not Suggestion.objects.exists()
