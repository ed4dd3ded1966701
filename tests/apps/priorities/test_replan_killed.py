"""A replan that is killed in the middle loses nothing, and two at once take turns."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

from tests.apps.priorities.conftest import AT, Planned, weighing
from tests.world.factories import MONDAY
from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt.apps.priorities import queries, storing
from velvalgt.apps.priorities.choices import Ended
from velvalgt.apps.priorities.frames_file import folder_of, inputs_of
from velvalgt.apps.priorities.models import Attempt, Run, Suggestion, WorkLine
from velvalgt.apps.priorities.replanning import PARTS
from velvalgt.apps.priorities.services import PlanUnderWay, replan

KILLED_AFTER = """
import os, signal, sys
import django
django.setup()
from datetime import date, datetime, UTC
from velvalgt.apps.priorities.services import replan
from velvalgt.apps.staff.models import Tenant

def show(done, of):
    if done == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

replan(
    tenant=Tenant.objects.get(pk=sys.argv[1]),
    on=date(2026, 11, 23),
    at=datetime(2026, 11, 23, 5, tzinfo=UTC),
    progress=show,
)
"""


def killed_after(part: str, world: World) -> int:
    """Plan in a process of its own, which is killed as soon as a part is done."""
    done = str(PARTS.index(part) + 1)
    command = [sys.executable, "-c", KILLED_AFTER, str(world.tenant.pk), done]
    env = {**os.environ, "VELVALGT_ROLE": "worker"}
    return subprocess.run(command, check=False, env=env, capture_output=True).returncode


def standing(world: World) -> list[tuple[object, ...]]:
    """The plan that holds, row for row."""
    with world.building():
        run = queries.current_run()
        assert run is not None
        rows = storing.stored_lines(run).rows() + storing.stored_suggestions(run).rows()
        return [(run.pk, str(row)) for row in rows]


@pytest.mark.parametrize("part", ["duties", "writing", "keeping"])
def test_yesterdays_plan_stands_whatever_was_killed(lasting: World, part: str) -> None:
    planned = weighing(lasting)
    first = planned.plan()
    before = standing(lasting)

    assert killed_after(part, lasting) == -signal.SIGKILL

    assert standing(lasting) == before
    with lasting.building():
        assert Attempt.objects.get(ended="").started_at > AT
        assert Run.objects.get() == first
        assert inputs_of(first).citizens.height == 3
    assert_the_next_is_clean(planned)


def assert_the_next_is_clean(planned: Planned) -> None:
    run = planned.plan()

    with planned.world.building():
        ended = Attempt.objects.order_by("pk").values_list("ended", flat=True)
        assert list(ended) == [Ended.DONE, Ended.BROKEN_OFF, Ended.DONE]
        assert Suggestion.objects.current().exists()
        assert {line.run_id for line in WorkLine.objects.all()} == {run.pk}
        assert queries.differences(run) == []
        kept = {str(each.pk) for each in Run.objects.all()}
    assert {each.name for each in folder_of(run.tenant_id).iterdir()} == kept


def test_while_one_is_under_way_another_waits_or_says_since_when(lasting: World) -> None:
    weighing(lasting)
    begun, go_on = Event(), Event()

    def slowly(done: int, of: int) -> None:
        if done == 1:
            begun.set()
            go_on.wait(timeout=60)

    def planning(**how: object) -> Run:
        try:
            with as_role("worker"):
                return replan(tenant=lasting.tenant, on=MONDAY, at=AT, **how)  # type: ignore[arg-type]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(planning, progress=slowly)
        begun.wait(timeout=60)
        with pytest.raises(PlanUnderWay, match=r"siden kl\. 05:30"):
            planning(wait=False)
        second = pool.submit(planning)
        go_on.set()
        made = [first.result(timeout=60), second.result(timeout=60)]

    with lasting.building():
        assert queries.current_run() == made[1]
        assert {line.run_id for line in WorkLine.objects.all()} == {made[1].pk}
