"""What Karin reads is what the job makes: a plan, and a forecast of other figures."""

import pytest
from django.test import Client

from tests.apps.priorities.conftest import Planned, weighing
from tests.world.municipality import World, steering
from tests.world.roles import as_role
from velvalgt.apps.priorities import queries
from velvalgt.apps.priorities.models import Forecast
from velvalgt.apps.priorities.tasks import reckon_forecast
from velvalgt.apps.staff.models import Unit


@pytest.fixture
def planned(world: World) -> Planned:
    """A municipality with a ground, figures and a plan made of them."""
    planned = weighing(world)
    planned.plan()
    return planned


def read(karin: Client, path: str) -> str:
    return " ".join(karin.get(path).content.decode().split())


def test_the_plan_is_read_as_it_was_made(karin: Client, planned: Planned) -> None:
    page = read(karin, "/manager/plan/")

    assert "LAB § 1" in page
    assert "weighed by expected gain" in page
    assert "780" in page  # 30 hours a week in 26 weeks
    assert "from the best possible" in page or "No plan can be better" in page


def test_the_weights_are_read_as_they_were_tried(karin: Client, planned: Planned) -> None:
    page = read(karin, "/manager/weights/")

    assert page.count('role="img"') == 2
    assert "too few to tell" in page


def test_a_forecast_is_reckoned_from_what_was_typed(
    karin: Client, planned: Planned, world: World
) -> None:
    with world.building():
        south = Unit.objects.get(code="SYD")
    said = {
        f"unit_hours-{south.pk}": "5",
        "starts_on": "2026-11-23", "weeks": "26", f"unit_hours-{world.team.pk}": "10",
        **{f"effort_hours-{effort}": "2" for effort in queries.effort_names()},
        "floors-0-who": "at_risk", "floors-0-efforts": "", "floors-0-at_least": "1", "try": "1",
    }  # fmt: skip

    address = karin.post("/manager/capacity/", said).headers["Location"]
    with steering(world):
        asked = Forecast.objects.get()
    with as_role("worker"):
        reckon_forecast(str(world.tenant.pk), str(asked.pk))

    page = read(karin, address)
    assert "With these figures" in page
    assert "Jobteam Nord" in page
