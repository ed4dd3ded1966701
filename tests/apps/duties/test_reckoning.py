"""Duties follow the facts: recomputed for all, refreshed for one, never stale or doubled."""

from datetime import date

import pytest
from django.db import connection

from tests.world.factories import LONG_AGO, EntryFactory, SpellFactory
from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt.apps.cases.queries import caseload
from velvalgt.apps.duties import queries
from velvalgt.apps.duties.models import Duty
from velvalgt.apps.duties.services import recompute
from velvalgt.apps.people.choices import Form
from velvalgt.apps.people.models import Spell

MONDAY = date(2026, 11, 23)


@pytest.fixture
def joern_arrived(world: World) -> World:
    """Jørn asked for help on Monday and is job-ready on cash benefit."""
    with world.building():
        SpellFactory(citizen=world.joern, starts_on=MONDAY)
        EntryFactory(citizen=world.joern, kind="first_contact", on=MONDAY, actor="citizen", form="")
    return world


def reckoned(world: World) -> list[tuple[str, str, date | None]]:
    with as_role("worker"):
        recompute(tenant=world.tenant, on=MONDAY, at=LONG_AGO)
    with world.as_tine():
        duties = Duty.objects.of_citizen(world.joern.pk).order_by("rule_id")
        return [(d.rule_id, d.status, d.due) for d in duties]


def test_joern_owes_his_first_interview_within_a_week(joern_arrived: World) -> None:
    assert ("k3_first_for_all", "upcoming", date(2026, 11, 30)) in reckoned(joern_arrived)


def test_reckoning_twice_changes_nothing(joern_arrived: World) -> None:
    assert reckoned(joern_arrived) == reckoned(joern_arrived)


def test_a_page_never_shows_duties_older_than_the_facts(joern_arrived: World) -> None:
    reckoned(joern_arrived)
    with joern_arrived.building():
        EntryFactory(citizen=joern_arrived.joern, on=MONDAY)

    with joern_arrived.as_tine():
        lines = queries.duties_of(joern_arrived.joern, MONDAY)

    first = next(line for line in lines if line.duty.rule_id == "k3_first_for_all")
    assert (first.duty.status, first.duty.done) == ("met", 1)


def test_duties_follow_the_day(joern_arrived: World) -> None:
    reckoned(joern_arrived)

    with joern_arrived.as_tine():
        lines = queries.duties_of(joern_arrived.joern, date(2026, 12, 1))

    first = next(line for line in lines if line.duty.rule_id == "k3_first_for_all")
    assert first.duty.status == "overdue"


def test_what_is_as_it_was_is_not_written_again(joern_arrived: World) -> None:
    def versions() -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("select xmin::text || ctid::text from duties_duty order by id")
            return [row[0] for row in cursor.fetchall()]

    reckoned(joern_arrived)
    with joern_arrived.as_tine():
        before = versions()
    reckoned(joern_arrived)
    with joern_arrived.as_tine():
        assert versions() == before


def test_a_duty_goes_when_its_fact_goes(joern_arrived: World) -> None:
    reckoned(joern_arrived)
    with joern_arrived.building():
        Spell.objects.filter(citizen=joern_arrived.joern).delete()

    assert reckoned(joern_arrived) == []


def test_the_next_step_is_the_first_interview_and_not_the_quota(joern_arrived: World) -> None:
    with joern_arrived.as_tine():
        step = queries.next_step(queries.duties_of(joern_arrived.joern, MONDAY))

        assert step is not None
        assert (step.duty.rule_id, step.days_left) == ("k3_first_for_all", 7)
        assert step.forms == [Form.IN_PERSON]
        assert step.explanation.rule.id == "k3_first_for_all"
        assert "30. november 2026" in "".join(line.text for line in step.explanation.lines)


def test_the_worklist_has_what_is_due_soon_among_ones_own(joern_arrived: World) -> None:
    with joern_arrived.as_tine():
        lines = queries.pressing(cases=caseload(joern_arrived.tine.pk), on=MONDAY)

    assert [(w.citizen.name, w.line.duty.rule_id) for w in lines] == [("Jørn", "k3_first_for_all")]


def test_the_ledger_counts_people_the_reader_cannot_see(joern_arrived: World) -> None:
    with joern_arrived.building():
        SpellFactory(citizen=joern_arrived.elsewhere, starts_on=MONDAY)
    reckoned(joern_arrived)

    with joern_arrived.as_tine():
        ledgers = queries.ledgers(joern_arrived.tenant)
        counted = {line.rule_key: line.ledger.population for line in ledgers}
        seen = Duty.objects.values("citizen_id").distinct().count()

    assert (counted["municipality_interviews"], seen) == (2, 1)


def test_a_cohort_closes_when_its_last_has_had_six_months(joern_arrived: World) -> None:
    reckoned(joern_arrived)

    with joern_arrived.as_tine():
        closing = {line.rule_key: line.closes_on for line in queries.ledgers(joern_arrived.tenant)}

    assert closing["municipality_interviews"] == date(2027, 5, 30)
