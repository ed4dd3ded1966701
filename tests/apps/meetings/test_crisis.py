"""A crisis turns meetings in person into calls, tells everyone, and is undone in one action."""

from datetime import date, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.apps.audit.test_walls import rows
from tests.world.factories import LONG_AGO, CaseFactory, CitizenFactory, EntryFactory, SpellFactory
from tests.world.groups import a_group
from tests.world.meetings import NOW, Office, at, wanted
from tests.world.municipality import World, steering
from tests.world.roles import as_role
from tests.world.waiting import december, more_citizens, waits
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.duties.services import recompute
from velvalgt.apps.meetings import crises, queries, services, tasks
from velvalgt.apps.meetings.choices import Change, CrisisReason, Holding, Way
from velvalgt.apps.meetings.models import Crisis, Hold, Meeting
from velvalgt.apps.meetings.queries import Touched
from velvalgt.apps.messages.models import Notice
from velvalgt.apps.people.models import Citizen

ALL = frozenset(Way)
MONDAY = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("office")


def book(world: World, citizen: Citizen, starts_at: datetime, **more: object) -> Meeting:
    hand = services.Hand(None, NOW, is_staff=True)
    with world.building():
        return services.book(
            citizen=citizen, wanted=wanted(world, **more),  # type: ignore[arg-type]
            starts_at=starts_at, permitted=ALL, hand=hand,
        )  # fmt: skip


def switch(world: World, **more: object) -> Crisis:
    asked = {
        "unit": None, "starts_at": at(24, 0), "ends_at": at(28, 0), "way": Way.PHONE,
        "why": CrisisReason.WEATHER,
    } | more  # fmt: skip
    with steering(world):
        return services.switch_to_afar(
            tenant_id=world.tenant.pk,
            by=world.karin,
            at=NOW,
            **asked,  # type: ignore[arg-type]
        )


def end(world: World, crisis: Crisis) -> None:
    with steering(world):
        services.end_crisis(crisis=crisis, by=world.karin, at=NOW)


def carry_out(world: World, crisis: Crisis) -> None:
    with as_role("worker"):
        tasks.carry_out(world.tenant.pk, crisis.pk, NOW)


def progress(world: World, crisis: Crisis) -> queries.Progress:
    with steering(world):
        known = queries.crisis_of(world.tenant, crisis.pk)
        assert known is not None
        return queries.progress(known, NOW)


def standing(world: World, citizen: Citizen) -> Meeting:
    with world.building():
        return Meeting.objects.standing().get(citizen=citizen)


def notices(world: World, citizen: Citizen) -> list[str]:
    with world.building():
        told = Notice.objects.filter(citizen=citizen).order_by("told_at", "pk")
        return [notice.title for notice in told]


def law_wants_joern_there(world: World) -> None:
    """Jørn asked for help today: the first interview is in person."""
    with world.building():
        SpellFactory(citizen=world.joern, starts_on=MONDAY)
        EntryFactory(citizen=world.joern, kind="first_contact", on=MONDAY, actor="citizen", form="")
    with as_role("worker"):
        recompute(tenant=world.tenant, on=MONDAY, at=LONG_AGO)


def test_a_meeting_in_person_becomes_a_call_at_the_same_time(world: World) -> None:
    first = book(world, world.amalie, at(25, 10))

    crisis = switch(world)
    carry_out(world, crisis)

    now = standing(world, world.amalie)
    assert (now.uid, now.sequence, now.change) == (first.uid, 1, Change.CRISIS)
    assert (now.way, now.starts_at, now.room) == (Way.PHONE, first.starts_at, None)
    with world.building():
        held = set(Hold.objects.in_force().values_list("kind", flat=True))
    assert held == {Holding.CITIZEN, Holding.STAFF}


def test_everyone_is_told_how_and_why_in_plain_words(world: World) -> None:
    book(world, world.amalie, at(25, 10))

    carry_out(world, switch(world))

    assert "telefon" in notices(world, world.amalie)[-1]
    assert "Vejret" in notices(world, world.amalie)[-1]


def test_what_is_from_afar_or_outside_the_window_is_left_alone(world: World) -> None:
    book(world, world.joern, at(25, 10), way=Way.VIDEO)
    book(world, world.amalie, at(30, 10))

    carry_out(world, switch(world))

    assert standing(world, world.joern).sequence == 0
    assert standing(world, world.amalie).sequence == 0


def test_another_unit_goes_on_meeting(world: World) -> None:
    book(world, world.amalie, at(25, 10))
    with world.building():
        south = world.elsewhere.cases.get().unit

    carry_out(world, switch(world, unit=south))

    assert standing(world, world.amalie).way == Way.OFFICE


def test_a_first_talk_that_the_law_wants_in_person_stays_for_a_person_to_decide(
    world: World,
) -> None:
    law_wants_joern_there(world)
    book(world, world.joern, at(25, 10))
    book(world, world.amalie, at(25, 13))

    with steering(world):
        before = queries.touched(None, at(24, 0), at(28, 0), Way.PHONE)
    crisis = switch(world)
    carry_out(world, crisis)

    assert before == Touched(meetings=2, people=2, stay=1)
    assert standing(world, world.joern).way == Way.OFFICE
    assert (progress(world, crisis).switched, progress(world, crisis).stay) == (1, 1)
    with world.as_tine():
        left = queries.meetings_left_in_person(world.team.pk, NOW)
    assert [meeting.citizen for meeting in left] == [world.joern]


def test_running_twice_switches_once_and_tells_once(world: World) -> None:
    book(world, world.amalie, at(25, 10))
    crisis = switch(world)

    carry_out(world, crisis)
    carry_out(world, crisis)

    assert standing(world, world.amalie).sequence == 1
    assert len(notices(world, world.amalie)) == 2  # booked, and turned


def test_a_second_click_makes_no_second_crisis(world: World) -> None:
    assert switch(world) == switch(world)


def test_a_job_that_was_killed_goes_on_where_it_was(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    book(world, world.amalie, at(25, 10))
    book(world, world.joern, at(25, 13))
    crisis = switch(world)
    change, done = crises.change_for_crisis, []

    def killed_after_one(**asked: object) -> bool:
        if done:
            raise KeyboardInterrupt
        done.append(asked)
        return change(**asked)  # type: ignore[arg-type]

    with monkeypatch.context() as killing:
        killing.setattr(crises, "change_for_crisis", killed_after_one)
        with pytest.raises(KeyboardInterrupt):
            carry_out(world, crisis)
    assert (progress(world, crisis).switched, progress(world, crisis).waiting) == (1, 1)

    carry_out(world, crisis)
    assert (progress(world, crisis).switched, progress(world, crisis).waiting) == (2, 0)


def jobs(world: World) -> list[ProcrastinateJob]:
    with as_role("worker"):
        return list(ProcrastinateJob.objects.filter(task_name=tasks.keep_to_crisis.name))


def test_the_switch_asks_for_a_job_that_does_the_rest(world: World) -> None:
    book(world, world.amalie, at(25, 10))
    crisis = switch(world)

    (job,) = jobs(world)
    assert job.args == {"tenant_id": str(world.tenant.pk), "crisis_id": str(crisis.pk)}
    with as_role("worker"):
        tasks.keep_to_crisis(**job.args)
    assert standing(world, world.amalie).way == Way.PHONE


def test_a_crisis_that_runs_is_looked_after_again_and_again(world: World) -> None:
    switch(world)

    with as_role("worker"):
        tasks.finish_crises(timestamp=0)

    assert len(jobs(world)) == 2


def test_nobody_asks_for_a_neighbours_crisis(world: World) -> None:
    crisis = switch(world)

    with (
        pytest.raises(ProgrammingError, match="no such crisis"),
        acting(world.neighbour.pk, world.karin.pk, Purpose.STEERING),
        connection.cursor() as cursor,
    ):
        cursor.execute("select meetings_ask_for_crisis(%s)", [crisis.pk])


def test_while_it_runs_nobody_new_is_met_in_person(world: World) -> None:
    switch(world)

    with pytest.raises(services.NotThatWay):
        book(world, world.amalie, at(25, 10))
    assert book(world, world.amalie, at(25, 10), way=Way.PHONE).way == Way.PHONE
    assert book(world, world.joern, at(30, 10)).way == Way.OFFICE


def test_a_call_is_not_turned_back_into_a_visit_while_it_runs(world: World) -> None:
    meeting = book(world, world.amalie, at(25, 10), way=Way.PHONE)
    switch(world)

    with world.as_tine(), pytest.raises(services.NotThatWay):
        services.move(
            meeting=meeting, wanted=wanted(world), starts_at=meeting.starts_at, permitted=ALL,
            hand=services.Hand(world.tine, NOW, is_staff=True),
        )  # fmt: skip


def test_no_time_in_person_is_offered_while_it_runs(world: World) -> None:
    switch(world)

    with world.as_tine():
        there = queries.times_on_offer(world.amalie, wanted(world), NOW, is_staff=True)
        afar = queries.times_on_offer(world.amalie, wanted(world, Way.PHONE), NOW, is_staff=True)
    days = {slot.starts_at.day for slot in there.slots() if slot.starts_at < at(30, 0)}
    assert days == {23}
    assert {24, 25, 26, 27} <= {slot.starts_at.day for slot in afar.slots()}


def test_its_end_brings_back_what_the_crisis_turned_and_tells(world: World) -> None:
    first = book(world, world.amalie, at(25, 10))
    crisis = switch(world)
    carry_out(world, crisis)

    end(world, crisis)
    carry_out(world, crisis)

    now = standing(world, world.amalie)
    assert (now.way, now.uid, now.change) == (Way.OFFICE, first.uid, Change.CRISIS_OVER)
    assert now.room_id is not None
    assert "igen" in notices(world, world.amalie)[-1]
    assert progress(world, crisis).back == 1
    book(world, world.joern, at(25, 13))


@pytest.mark.parametrize("first_to_end", [0, 1])
def test_where_two_lay_over_each_other_the_last_end_brings_everybody_back(
    world: World, first_to_end: int
) -> None:
    book(world, world.amalie, at(25, 10))
    of_unit = switch(world, unit=world.team)
    carry_out(world, of_unit)
    book(world, world.joern, at(30, 13))
    of_house = switch(world, ends_at=at(30, 23))
    carry_out(world, of_house)
    both = [of_unit, of_house]

    first = both.pop(first_to_end)
    end(world, first)
    carry_out(world, first)
    assert standing(world, world.amalie).way == Way.PHONE, "the other runs"
    end(world, both[0])
    carry_out(world, both[0])

    for citizen in (world.amalie, world.joern):
        assert standing(world, citizen).way == Way.OFFICE


def test_what_an_ended_crisis_turned_is_looked_after_for_a_day(world: World) -> None:
    crisis = switch(world)
    end(world, crisis)

    with world.building():
        lately = [
            queries.ended_crises(NOW + passed, NOW + passed - tasks.UNDONE_WITHIN)
            for passed in (timedelta(hours=23), timedelta(hours=25))
        ]
    assert lately == [[crisis], []]


def test_nobody_arranges_a_meeting_for_many_in_person_while_it_runs(
    world: World, office: Office
) -> None:
    switch(world)

    with pytest.raises(services.CannotArrange, match="mødes ikke"):
        a_group(world, office)
    assert a_group(world, way=Way.VIDEO, video="https://video.example/rum")
    assert a_group(world, office, starts_at=at(30, 10))


def test_meetings_for_many_are_counted_as_left_to_a_person(world: World, office: Office) -> None:
    a_group(world, office)
    a_group(world, starts_at=at(27, 13), way=Way.VIDEO, video="https://video.example/rum")
    with world.building():
        south = world.elsewhere.cases.get().unit

    with steering(world):
        counted = [
            queries.touched(unit, at(24, 0), at(28, 0), Way.PHONE)
            for unit in (None, world.team, south)
        ]
    there = Touched(meetings=1, people=0, stay=1)
    assert counted == [there, there, Touched(0, 0, 0)]


def test_a_run_asks_once_that_the_time_it_frees_be_offered(world: World, office: Office) -> None:
    waits(world, world.joern, december(14), NOW)
    book(world, world.amalie, at(25, 10))
    third = more_citizens(world, 1)[0]
    book(world, third, at(25, 13))
    asked = "select 1 from procrastinate_jobs where lock like 'earlier %%'"

    crisis = switch(world)
    with as_role("worker"):
        before = len(rows(asked))
    carry_out(world, crisis)

    assert progress(world, crisis).switched == 2
    with as_role("worker"):
        assert len(rows(asked)) == before + 1


def test_what_was_changed_meanwhile_is_left_as_it_is(world: World) -> None:
    book(world, world.amalie, at(25, 10))
    crisis = switch(world)
    carry_out(world, crisis)
    with world.as_tine():
        services.move(
            meeting=Meeting.objects.standing().get(citizen=world.amalie),
            wanted=wanted(world, Way.PHONE), starts_at=at(26, 9), permitted=ALL,
            hand=services.Hand(world.tine, NOW, is_staff=True),
        )  # fmt: skip

    end(world, crisis)
    carry_out(world, crisis)

    assert standing(world, world.amalie).way == Way.PHONE


def test_where_no_room_is_free_any_more_it_stays_by_phone_and_is_counted(
    world: World, office: Office
) -> None:
    book(world, world.amalie, at(25, 10))
    crisis = switch(world)
    carry_out(world, crisis)
    with world.building():
        for room in (office.small, office.large):
            services.be_away(
                tenant_id=world.tenant.pk, resource=room.pk, starts_at=at(25, 0),
                ends_at=at(26, 0), by=None, at=NOW,
            )  # fmt: skip

    end(world, crisis)
    carry_out(world, crisis)

    assert standing(world, world.amalie).way == Way.PHONE
    assert (progress(world, crisis).back, progress(world, crisis).afar) == (0, 1)


def test_ending_twice_is_ending_once(world: World) -> None:
    crisis = switch(world)

    end(world, crisis)
    end(world, crisis)

    assert progress(world, crisis).switched == 0


def test_a_caseworker_switches_nothing(tine: World) -> None:
    with pytest.raises(ProgrammingError, match="policy"):
        services.switch_to_afar(
            tenant_id=tine.tenant.pk, unit=None, starts_at=at(24, 0), ends_at=at(28, 0),
            way=Way.PHONE, why=CrisisReason.WEATHER, by=tine.tine, at=NOW,
        )  # fmt: skip


def test_nobody_switches_in_another_name(world: World) -> None:
    purpose = Purpose.STEERING
    with acting(world.tenant.pk, world.tine.pk, purpose), pytest.raises(ProgrammingError):
        services.switch_to_afar(
            tenant_id=world.tenant.pk, unit=None, starts_at=at(24, 0), ends_at=at(28, 0),
            way=Way.PHONE, why=CrisisReason.WEATHER, by=world.karin, at=NOW,
        )  # fmt: skip


def test_three_hundred_meetings_are_turned_in_one_run(world: World) -> None:
    """Sixty days with five meetings each; whoever leads sees the number of them rise to all."""
    with world.building():
        for number in range(300):
            citizen = CitizenFactory(tenant=world.tenant)
            CaseFactory(citizen=citizen, unit=world.team)
            begins = at(24, 9 + number % 5) + timedelta(days=number // 5)
            Meeting.objects.create(
                tenant_id=world.tenant.pk, citizen=citizen, type="interview", starts_at=begins,
                ends_at=begins + timedelta(minutes=45), way=Way.OFFICE, unit=world.team,
                caseworker=world.tine, booked_at=LONG_AGO,
            )  # fmt: skip
    crisis = switch(world, ends_at=at(24, 0) + timedelta(days=61))
    assert progress(world, crisis).waiting == 300

    carry_out(world, crisis)

    assert (progress(world, crisis).switched, progress(world, crisis).waiting) == (300, 0)
