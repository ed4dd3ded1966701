"""The nightly replan: whole or not at all, the same from the same, and seen by whom it may."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.apps.priorities.conftest import AT, Planned
from tests.world.factories import LONG_AGO, MONDAY, EntryFactory
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Action, Purpose
from velvalgt.apps.audit.models import Trace
from velvalgt.apps.cases.queries import PROFILING
from velvalgt.apps.priorities import queries, storing
from velvalgt.apps.priorities.choices import Ended, Mode
from velvalgt.apps.priorities.frames_file import folder_of
from velvalgt.apps.priorities.models import Attempt, CurrentRun, Run, Suggestion, WorkLine
from velvalgt.apps.priorities.services import PlanRefused


def test_without_a_ground_everybody_has_a_place_and_nobody_a_suggestion(planned: Planned) -> None:
    run = planned.plan()

    with planned.world.building():
        places = list(WorkLine.objects.order_by("place").values_list("citizen__name", "place"))
        assert (run.mode, run.citizens, run.weighed) == (Mode.PLAIN, 3, 0)
        assert not Suggestion.objects.exists()
    assert [place for _, place in places] == [1, 2, 3]
    assert places[0][0] == "Jørn"  # the law asks for his first talk within a week


def test_with_a_ground_what_helps_is_suggested_with_interval_and_cost(weighed: Planned) -> None:
    run = weighed.plan()

    with weighed.world.building():
        told = Suggestion.objects.get(citizen=weighed.world.joern)
        assert run.mode == Mode.JUDGEMENT
        assert told.low <= told.gain_weeks <= told.high
        assert told.facts > 0
        assert run.gap is not None


def test_a_run_tells_what_it_was_made_from(weighed: Planned) -> None:
    run = weighed.plan()

    assert set(run.inputs) == {"citizens", "duties", "options", "capacities", "settings"}
    assert {"numpy", "polars", "velvalgt"} <= set(run.software)
    assert set(run.timings) == {"duties", "gathering", "planning", "writing", "keeping"}
    assert run.law_version
    assert run.evidence_version


def test_the_run_stands_in_the_log_and_its_attempt_is_done(planned: Planned) -> None:
    run = planned.plan()

    with planned.world.building():
        assert Trace.objects.get(action=Action.RUN, what="replan").count == 3
        assert queries.last_attempt() == run.attempt
        assert run.attempt.ended == Ended.DONE
        assert queries.current_run() == run


def test_the_same_day_planned_twice_gives_the_same_plan(weighed: Planned) -> None:
    def told(run: Run) -> list[tuple[object, ...]]:
        with weighed.world.building():
            suggested = storing.stored_suggestions(run).drop("is_new", "reasons")
            return suggested.rows() + storing.stored_lines(run).rows()

    first = told(weighed.plan())

    assert told(weighed.plan()) == first


def test_a_plan_is_made_again_from_its_frames_row_for_row(weighed: Planned) -> None:
    run = weighed.plan()

    with weighed.world.building():
        assert queries.differences(run) == []


def test_a_row_that_somebody_changed_is_told_of(weighed: Planned) -> None:
    run = weighed.plan()
    with as_role("owner"), acting(run.tenant_id, weighed.world.tine.pk, Purpose.CASE_WORK):
        Suggestion.objects.filter(run=run).update(hours=99)

    with weighed.world.building():
        assert queries.differences(run)


def test_a_new_plan_takes_the_place_of_the_one_before(planned: Planned) -> None:
    planned.plan()
    run = planned.plan()

    with planned.world.building():
        assert CurrentRun.objects.get().run == run
        assert {line.run for line in WorkLine.objects.all()} == {run}


def test_a_plan_that_cannot_be_made_leaves_the_one_before_and_says_why(planned: Planned) -> None:
    run = planned.plan()
    planned.records_basis()  # and nobody has written the capacities

    with pytest.raises(PlanRefused, match="Skriv"):
        planned.plan()

    with planned.world.building():
        assert queries.current_run() == run
        assert WorkLine.objects.filter(run=run).count() == 3
        refused = Attempt.objects.get(ended=Ended.REFUSED)
        assert "Skriv" in refused.words


def test_floors_that_cannot_be_met_are_a_refusal_in_words(weighed: Planned) -> None:
    run = weighed.plan()
    floor = {"level": "at_risk", "group": None, "efforts": ["frequent_contact"], "at_least": 900}
    weighed.writes_capacities(floors=[floor])

    with pytest.raises(PlanRefused):
        weighed.plan()

    with weighed.world.building():
        assert queries.current_run() == run


def test_who_objects_to_profiling_is_not_weighed(weighed: Planned) -> None:
    with weighed.world.building():
        EntryFactory(
            citizen=weighed.world.joern,
            kind="objection",
            detail=PROFILING,
            actor="citizen",
            form="",
        )

    weighed.plan()

    with weighed.world.building():
        assert not Suggestion.objects.filter(citizen=weighed.world.joern).exists()
        assert WorkLine.objects.filter(citizen=weighed.world.joern).exists()


def test_a_caseworker_sees_the_suggestions_of_their_own_a_manager_none(weighed: Planned) -> None:
    weighed.plan()
    tenant, karin = weighed.world.tenant.pk, weighed.world.karin.pk

    with weighed.world.as_tine():
        assert {each.citizen.name for each in Suggestion.objects.select_related("citizen")} <= {
            "Jørn", "Amalie",
        }  # fmt: skip
        assert Suggestion.objects.exists()
        assert not WorkLine.objects.filter(citizen=weighed.world.elsewhere).exists()
    with acting(tenant, karin, Purpose.STEERING):
        assert not Suggestion.objects.exists()
        assert not WorkLine.objects.exists()
        assert Run.objects.exists()


def test_the_neighbour_sees_nothing_of_it(weighed: Planned) -> None:
    weighed.plan()

    with as_role("worker"), acting(weighed.world.neighbour.pk, "system", Purpose.CASE_WORK):
        assert not Run.objects.exists()
        assert not Suggestion.objects.exists()
        assert not Attempt.objects.exists()


def test_an_attempt_that_was_killed_is_ended_by_the_next(planned: Planned) -> None:
    with planned.world.building():
        killed = Attempt.objects.create(
            tenant_id=planned.world.tenant.pk, on=MONDAY, started_at=LONG_AGO
        )

    planned.plan()

    with planned.world.building():
        killed.refresh_from_db()
        assert killed.ended == Ended.BROKEN_OFF


def test_the_frames_lie_sealed_and_closed_to_others(planned: Planned) -> None:
    run = planned.plan()
    folder = folder_of(run.tenant_id) / str(run.pk)

    assert folder.stat().st_mode & 0o077 == 0
    for file in folder.iterdir():
        assert file.stat().st_mode & 0o077 == 0
        assert not file.read_bytes().startswith(b"PAR1")


def test_what_a_broken_off_run_left_is_swept(planned: Planned) -> None:
    home = folder_of(planned.world.tenant.pk)
    (home / ".unfinished-x").mkdir(parents=True)
    (home / "11111111-1111-7111-8111-111111111111").mkdir()

    run = planned.plan()

    assert [each.name for each in home.iterdir()] == [str(run.pk)]


def test_after_thirteen_months_a_plan_and_its_frames_are_gone(weighed: Planned) -> None:
    from velvalgt.apps.priorities.services import forget_old_plans

    old, new = weighed.plan(), weighed.plan()

    with as_role("worker"):
        forgotten = forget_old_plans(
            tenant=weighed.world.tenant, at=AT + timedelta(days=13 * 31 + 1)
        )

    with weighed.world.building():
        assert [run.pk for run in Run.objects.all()] == [new.pk]
        assert [each.pk for each in Attempt.objects.all()] == [new.attempt_id]
        assert not Suggestion.objects.filter(run_id=old.pk).exists()
    assert forgotten == 1
    assert [each.name for each in folder_of(new.tenant_id).iterdir()] == [str(new.pk)]


def test_a_faulty_table_of_studies_refuses_the_plan_and_says_where(
    weighed: Planned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gains.yaml").write_text("rows: [", "utf-8")
    monkeypatch.setattr("velvalgt.apps.priorities.evidence.theirs", lambda: tmp_path)

    with pytest.raises(PlanRefused, match="gains"):
        weighed.plan()

    with weighed.world.building():
        assert "gains" in Attempt.objects.get().words
