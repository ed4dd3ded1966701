"""The manager's numbers are right, tell of nobody, and never count another municipality."""

from datetime import date, time

import pytest

from tests.world.factories import (
    LONG_AGO,
    CaseFactory,
    CitizenFactory,
    EntryFactory,
    SpellFactory,
    UnitFactory,
)
from tests.world.meetings import NOW, at, wanted, weekly
from tests.world.municipality import World, steering
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.duties.services import recompute
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import TextSet, Way
from velvalgt.apps.meetings.models import Meeting, Outcome, SpecialHours
from velvalgt.apps.meetings.queries import SlotWeek
from velvalgt.apps.people.models import Citizen

MONDAY = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("office")


def ask_for_help(world: World, citizen: Citizen) -> None:
    """A citizen asked for help today; the law wants a first talk by 30 November."""
    SpellFactory(citizen=citizen, starts_on=MONDAY)
    EntryFactory(citizen=citizen, kind="first_contact", on=MONDAY, actor="citizen", form="")


def reckon(world: World) -> None:
    with as_role("worker"):
        recompute(tenant=world.tenant, on=MONDAY, at=LONG_AGO)


def told(world: World) -> dict[tuple[str, int], SlotWeek]:
    with steering(world):
        return {(w.unit.name, w.number): w for w in queries.slot_forecast(NOW).weeks}


def test_what_the_law_asks_is_due_in_the_week_of_its_last_day(world: World) -> None:
    with world.building():
        ask_for_help(world, world.joern)
        ask_for_help(world, world.elsewhere)
    reckon(world)

    weeks = told(world)
    assert weeks["Jobteam Nord", 49].due == 1
    assert weeks["Jobteam Syd", 49].due == 1
    assert weeks["Jobteam Nord", 48].due == 0


def test_a_booked_meeting_is_no_longer_asked_for(world: World) -> None:
    with world.building():
        ask_for_help(world, world.joern)
    reckon(world)
    with world.as_tine():
        hand = services.Hand(world.tine, NOW, is_staff=True)
        services.book(
            citizen=world.joern, wanted=wanted(world), starts_at=at(25, 10),
            permitted=frozenset(Way), hand=hand,
        )  # fmt: skip

    weeks = told(world)
    assert weeks["Jobteam Nord", 48].booked == 1
    assert weeks["Jobteam Nord", 49].due == 0


def test_two_of_the_team_have_six_times_a_day_each_from_now_on(world: World) -> None:
    weeks = told(world)

    assert weeks["Jobteam Nord", 48].free == 2 * 6 * 5
    assert weeks["Jobteam Nord", 49].free == 2 * 6 * 5


def test_holidays_absence_and_holds_are_no_free_times(world: World) -> None:
    with world.building():
        SpecialHours.objects.create(
            tenant_id=world.tenant.pk, resource=world.tine.pk, opening="closed",
            starts_at=at(23, 0), ends_at=at(26, 0), written_at=LONG_AGO,
        )  # fmt: skip
        hand = services.Hand(None, NOW, is_staff=True)
        with_hans = wanted(world)
        services.book(
            citizen=world.amalie, wanted=with_hans, starts_at=at(24, 9),
            permitted=frozenset(Way), hand=hand,
        )  # fmt: skip

    weeks = told(world)
    assert weeks["Jobteam Nord", 48].free == 2 * 6 * 5 - 3 * 6 - 1
    assert weeks["Jobteam Nord", 52].free == 2 * 6 * 3  # 24 and 25 December are none


def test_what_finds_no_time_is_missing_where_it_is_missing(world: World) -> None:
    with world.building():
        ask_for_help(world, world.elsewhere)
    reckon(world)

    with steering(world):
        forecast = queries.slot_forecast(NOW)
    first = min(forecast.lacking, key=lambda week: week.monday)
    assert (first.unit.name, first.number, first.missing, first.hours) == ("Jobteam Syd", 49, 1, 1)


def test_more_hours_take_the_shortage_away(world: World) -> None:
    with world.building():
        ask_for_help(world, world.elsewhere)
        south = world.elsewhere.cases.get().unit
        weekly(world.tenant, world.mette.pk, unit=south, opens=time(9), closes=time(11))
    reckon(world)

    with steering(world):
        assert queries.slot_forecast(NOW).missing == 0


def test_a_caseworker_is_told_of_their_own_unit_alone(world: World) -> None:
    with world.building():
        ask_for_help(world, world.joern)
        ask_for_help(world, world.elsewhere)
    reckon(world)

    with world.as_tine():
        forecast = queries.slot_forecast(NOW, unit_id=world.team.pk)
    assert {week.unit.name for week in forecast.weeks} == {"Jobteam Nord"}
    with world.as_tine():
        everywhere = queries.slot_forecast(NOW)
    assert sum(week.due for week in everywhere.weeks) == sum(week.due for week in forecast.weeks)


def happened(
    world: World, many: int, *, missed: int = 0, way: Way = Way.OFFICE, text_set: str = "invitation"
) -> None:
    """Some meetings in October, the first of them missed; every other one was asked for."""
    for number in range(many):
        citizen = CitizenFactory(tenant=world.tenant)
        CaseFactory(citizen=citizen, unit=world.team)
        held = Meeting.objects.create(
            tenant_id=world.tenant.pk, citizen=citizen, type="interview", text_set=text_set,
            starts_at=at(5, 10, month=10), ends_at=at(5, 11, month=10), way=way, unit=world.team,
            caseworker=world.tine, is_citizens_wish=number % 2 == 0, booked_at=LONG_AGO,
        )  # fmt: skip
        result = "missed" if number < missed else "held"
        Outcome.objects.create(
            tenant_id=world.tenant.pk, citizen=citizen, meeting=held, result=result, said_at=NOW
        )


def no_shows(world: World) -> list[queries.NoShows]:
    with steering(world):
        return queries.no_shows(at(1, 0, month=9), NOW)


def test_no_shows_are_told_apart_by_words_and_way(world: World) -> None:
    with world.building():
        happened(world, 20, missed=5)
        happened(world, 12, way=Way.PHONE, text_set="booked")

    booked, invited = no_shows(world)
    assert (booked.text_set, booked.way, booked.meetings, booked.missed) == (
        TextSet.BOOKED, Way.PHONE, 12, 0,
    )  # fmt: skip
    assert (invited.meetings, invited.missed, invited.share) == (20, 5, 0.25)
    together = queries.shares([booked, invited])
    assert (together.meetings, together.missed, together.wished) == (32, 5 / 32, 0.5)


def test_fewer_than_five_are_never_told(world: World) -> None:
    with world.building():
        happened(world, 4, missed=1)
        happened(world, 20, missed=4, way=Way.PHONE)
        happened(world, 8, missed=5, way=Way.VIDEO)

    rows = {row.way: (row.meetings, row.missed, row.share) for row in no_shows(world)}
    assert rows == {
        Way.OFFICE: (None, None, None),
        Way.PHONE: (20, None, None),
        Way.VIDEO: (8, None, None),  # three came, and that is as telling
    }


def test_an_outcome_that_was_taken_back_counts_no_more(world: World) -> None:
    with world.building():
        happened(world, 10, missed=5)
        wrong = Outcome.objects.filter(result="missed").order_by("pk").first()
        assert wrong is not None
        Outcome.objects.create(
            tenant_id=world.tenant.pk, citizen=wrong.citizen, meeting=wrong.meeting, corrects=wrong,
            result="held", said_at=NOW,
        )  # fmt: skip
        happened(world, 10, missed=6)

    (row,) = no_shows(world)
    assert (row.meetings, row.missed) == (20, 10)


def test_whole_weeks_alone_are_counted_so_that_no_day_less_tells_of_one(world: World) -> None:
    with world.building():
        happened(world, 20, missed=5)  # all on Monday, 5 October

    with steering(world):
        asked = [
            queries.no_shows(at(7, 11, month=10), at(12, 0, month=10)),
            queries.no_shows(at(5, 0, month=10), at(18, 23, month=10)),
        ]
        assert [[row.meetings for row in rows] for rows in asked] == [[20], [20]]
        assert queries.no_shows(at(5, 0, month=10), at(11, 23, month=10)) == []


def test_another_municipality_is_never_counted(world: World) -> None:
    with as_role("worker"), acting(world.neighbour.pk, SYSTEM, Purpose.IMPORT):
        unit = UnitFactory(tenant=world.neighbour)
        theirs = Meeting.objects.create(
            tenant_id=world.neighbour.pk, citizen=world.stranger, type="interview", unit=unit,
            starts_at=at(25, 10), ends_at=at(25, 11), way="office", caseworker=world.tine,
            booked_at=LONG_AGO,
        )  # fmt: skip
        Outcome.objects.create(
            tenant_id=world.neighbour.pk, citizen=world.stranger, meeting=theirs, result="held",
            said_at=NOW,
        )  # fmt: skip

    assert no_shows(world) == []
    assert all(week.booked == 0 for week in told(world).values())
    with steering(world):
        touched = queries.touched(None, at(23, 0), at(30, 0), Way.PHONE)
    assert touched.meetings == 0


def test_case_work_is_told_no_numbers_of_the_house(tine: World) -> None:
    with tine.building():
        happened(tine, 20, missed=10)

    assert queries.no_shows(at(1, 0, month=9), NOW) == []
    assert queries.touched(None, at(23, 0), at(30, 0), Way.PHONE).meetings == 0
