"""Meetings for many: seats go in turn, a seat keeps its time, none is an interview."""

from datetime import date, timedelta

import pytest
from django.db import OperationalError, connection

from tests.world.factories import SpellFactory
from tests.world.groups import WHEN, a_group, enrolled, some_citizens, staff
from tests.world.meetings import NOW, Office, at, wanted
from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.choices import Deed, Kind
from velvalgt.apps.cases.models import Entry, Receipt
from velvalgt.apps.duties import services as duties
from velvalgt.apps.duties.queries import DutyLine, duties_of
from velvalgt.apps.meetings import caring, queries, services, tasks
from velvalgt.apps.meetings.choices import Holding, Way
from velvalgt.apps.meetings.models import Enrolment, GroupAttendance, GroupMeeting, Hold
from velvalgt.apps.meetings.one_by_one import NotAllDone
from velvalgt.apps.messages.models import Notice
from velvalgt.apps.people.models import Citizen

pytestmark = pytest.mark.usefixtures("office")


def jobs() -> int:
    with as_role("worker"), connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where queue_name = 'meetings'")
        return int(cursor.fetchone()[0])


def look_after(world: World, group: GroupMeeting) -> None:
    with as_role("worker"):
        services.look_after(tenant_id=world.tenant.pk, group_id=group.pk, at=NOW)


def places(world: World, *enrolments: Enrolment) -> list[int]:
    with world.as_tine():
        told = queries.places_of([each.pk for each in enrolments])
    return [told[each.pk] for each in enrolments]


def notices(world: World, citizen: Citizen) -> list[str]:
    with world.as_tine():
        return list(Notice.objects.filter(citizen=citizen).values_list("title", flat=True))


def test_arranging_holds_the_host_with_a_buffer_and_the_room(world: World, office: Office) -> None:
    group = a_group(world, office)

    with world.as_tine():
        held = {hold.kind: (hold.resource, hold.ends_at) for hold in Hold.objects.in_force()}
    assert held == {
        Holding.STAFF: (world.tine.pk, group.ends_at + timedelta(minutes=15)),
        Holding.ROOM: (office.small.pk, group.ends_at),
    }
    assert a_group(world, office) == group


def test_arranging_says_who_is_taken(world: World, office: Office) -> None:
    a_group(world, office)

    with pytest.raises(services.SomebodyBusy, match=f"Tine, {office.small.name}"):
        a_group(world, office, type=queries.types()["info_meeting"])


@pytest.mark.parametrize(
    "change",
    [
        {"starts_at": at(23, 7), "enrol_until": at(23, 6)},
        {"enrol_until": at(28, 10)},
        {"enrol_until": at(22, 10)},
        {"seats": 99},
        {"way": Way.HOME},
    ],
)
def test_what_cannot_be_is_not_arranged(
    world: World, office: Office, change: dict[str, object]
) -> None:
    with pytest.raises(services.CannotArrange):
        a_group(world, office, **change)


def test_beyond_the_seats_one_waits_in_line(world: World) -> None:
    group = a_group(world)

    first, second = enrolled(world, world.joern, group), enrolled(world, world.amalie, group)

    assert places(world, first, second) == [0, 1]
    with world.as_tine():
        assert queries.seats([group.pk])[group.pk] == queries.Seats(left=0, waiting=1)
        held = Hold.objects.in_force().filter(kind=Holding.CITIZEN)
        assert [hold.resource for hold in held] == [world.joern.pk]


def test_a_second_click_is_the_same_enrolment(world: World) -> None:
    group = a_group(world)

    assert enrolled(world, world.joern, group) == enrolled(world, world.joern, group)


def test_the_turn_decides_and_not_the_clock_of_whoever_asks(world: World) -> None:
    group = a_group(world)
    first = enrolled(world, world.joern, group)

    with world.as_tine():
        early = staff(world, NOW - timedelta(hours=1))
        second = services.enrol(citizen=world.amalie, group=group, hand=early)

    assert places(world, first, second) == [0, 1]


def test_the_citizen_leaves_what_staff_have_enrolled_them_in(world: World) -> None:
    group = a_group(world)
    enrolled(world, world.joern, group)

    with acting(world.tenant.pk, world.joern.user.pk, Purpose.OWN_CASE):
        own = services.Hand(world.joern.user, NOW, is_staff=False)
        assert services.leave_group(citizen=world.joern, group=group, hand=own) is not None


def test_who_leaves_lets_the_first_in_line_in_who_is_told_once(world: World) -> None:
    group = a_group(world)
    enrolled(world, world.joern, group)
    waiting = enrolled(world, world.amalie, group)

    with world.as_tine():
        services.leave_group(citizen=world.joern, group=group, hand=staff(world))
        assert services.leave_group(citizen=world.joern, group=group, hand=staff(world)) is None
        assert jobs() == 1
    look_after(world, group)
    look_after(world, group)

    assert places(world, waiting) == [0]
    assert notices(world, world.amalie).count("Der er plads til dig: Netværk") == 1
    with world.as_tine():
        held = Hold.objects.in_force().filter(kind=Holding.CITIZEN)
        assert [hold.resource for hold in held] == [world.amalie.pk]


def test_the_seat_of_somebody_busy_by_then_goes_to_the_next(world: World) -> None:
    group = a_group(world)
    third = world.joern
    first, busy = some_citizens(world, 2)
    for citizen in (first, busy, third):
        enrolled(world, citizen, group)
    with world.as_tine():
        services.book(
            citizen=busy,
            wanted=wanted(world),
            starts_at=WHEN,
            permitted=frozenset(Way),
            hand=staff(world),
        )
        services.leave_group(citizen=first, group=group, hand=staff(world))

    look_after(world, group)

    with world.as_tine():
        standing = Enrolment.objects.filter(group=group, ended_at=None)
        assert [each.citizen_id for each in standing] == [third.pk]
    assert "Der er plads til dig: Netværk" in notices(world, third)


def test_a_seat_keeps_one_from_being_booked_and_a_booking_from_a_seat(world: World) -> None:
    group = a_group(world)
    ask = {"wanted": wanted(world), "starts_at": WHEN, "permitted": frozenset(Way)}
    with world.as_tine():
        services.book(citizen=world.joern, hand=staff(world), **ask)  # type: ignore[arg-type]
    with pytest.raises(services.BusyThen):
        enrolled(world, world.joern, group)

    enrolled(world, world.amalie, group)
    with world.as_tine(), pytest.raises(services.TimeTaken):
        services.book(citizen=world.amalie, hand=staff(world), **ask)  # type: ignore[arg-type]


def test_who_waits_in_line_can_still_be_met(world: World) -> None:
    group = a_group(world)
    enrolled(world, world.joern, group)
    enrolled(world, world.amalie, group)

    with world.as_tine():
        assert services.book(
            citizen=world.amalie,
            wanted=wanted(world),
            starts_at=WHEN,
            permitted=frozenset(Way),
            hand=staff(world),
        )


def test_a_citizen_joins_alone_until_the_last_moment_and_sees_nobody_else(world: World) -> None:
    group = a_group(world)
    enrolled(world, world.joern, group)
    user = world.amalie.user
    assert user is not None

    with acting(world.tenant.pk, user.pk, Purpose.OWN_CASE):
        own = services.Hand(user, NOW, is_staff=False)
        services.enrol(citizen=world.amalie, group=group, hand=own)
        assert [receipt.deed for receipt in Receipt.objects.all()] == [Deed.MEETING]
        (line,) = queries.coming_groups(world.amalie, NOW, set())
        assert (line.place, line.has_seat, Enrolment.objects.count()) == (1, False, 1)
        services.leave_group(citizen=world.amalie, group=group, hand=own)
        late = services.Hand(user, group.enrol_until, is_staff=False)
        with pytest.raises(services.TooLateToEnrol):
            services.enrol(citizen=world.amalie, group=group, hand=late)


def test_the_video_room_is_shown_to_those_with_a_seat_when_it_is_time(world: World) -> None:
    group = a_group(world, way=Way.VIDEO, video="https://video.example/rum")
    enrolled(world, world.joern, group)
    enrolled(world, world.amalie, group)

    with world.as_tine():
        shown = [
            queries.coming_groups(citizen, when, set())[0].video
            for citizen, when in (
                (world.joern, WHEN - timedelta(minutes=16)),
                (world.joern, WHEN - timedelta(minutes=15)),
                (world.joern, WHEN + timedelta(minutes=80)),
                (world.amalie, WHEN),
            )
        ]
    assert shown == ["", group.video, group.video, ""]


def test_calling_off_tells_everybody_once_and_frees_their_time(
    world: World, office: Office
) -> None:
    group = a_group(world, office)
    for citizen in (world.joern, world.amalie):
        enrolled(world, citizen, group)

    with world.as_tine():
        services.call_off_group(group=group, at=NOW)
        services.call_off_group(group=group, at=NOW)
    look_after(world, group)
    look_after(world, group)

    for citizen in (world.joern, world.amalie):
        assert notices(world, citizen).count("Et møde er aflyst: Netværk") == 1
    with world.as_tine():
        assert not Hold.objects.in_force().exists()
        with pytest.raises(services.NotAgreedAnyMore):
            services.enrol(citizen=world.joern, group=group, hand=staff(world))
        assert queries.coming_groups(world.joern, NOW, set()) == []


def test_each_hour_those_are_told_of_whom_a_job_that_died_told_nobody(world: World) -> None:
    called_off, freed = a_group(world), a_group(world, starts_at=at(27, 13))
    for group in (called_off, freed):
        enrolled(world, world.joern, group)
        enrolled(world, world.amalie, group)
    with world.building():
        assert caring.neglected_groups(NOW) == [], "who waits for a seat is not neglected"
    with world.as_tine():
        services.call_off_group(group=called_off, at=NOW)
        services.leave_group(citizen=world.joern, group=freed, hand=staff(world))

    with world.building():
        assert caring.neglected_groups(NOW) == sorted([called_off.pk, freed.pk])
    before = jobs()
    with as_role("worker"):
        tasks.look_after_groups(timestamp=0)
    assert jobs() == before + 2

    for group in (called_off, freed):
        look_after(world, group)
    with world.building():
        assert caring.neglected_groups(NOW) == []


def test_one_that_cannot_be_told_keeps_nobody_else_from_being_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = a_group(world)
    for citizen in (world.joern, world.amalie):
        enrolled(world, citizen, group)
    with world.as_tine():
        services.call_off_group(group=group, at=NOW)
    end = caring.end_enrolment

    def busy(enrolment: Enrolment, **asked: object) -> None:
        if enrolment.citizen_id == world.joern.pk:
            raise OperationalError("canceling statement due to lock timeout")
        end(enrolment, **asked)  # type: ignore[arg-type]

    with monkeypatch.context() as failing:
        failing.setattr(caring, "end_enrolment", busy)
        with pytest.raises(NotAllDone):
            look_after(world, group)
    assert "Et møde er aflyst: Netværk" in notices(world, world.amalie)

    look_after(world, group)
    for citizen in (world.joern, world.amalie):
        assert notices(world, citizen).count("Et møde er aflyst: Netværk") == 1


def test_the_job_acts_for_its_tenant_alone(world: World) -> None:
    group = a_group(world)
    enrolled(world, world.joern, group)

    with world.building():
        tasks.look_after_group(str(world.tenant.pk), str(group.pk))
        with pytest.raises(GroupMeeting.DoesNotExist):
            tasks.look_after_group(str(world.neighbour.pk), str(group.pk))


def test_attendance_is_a_meeting_for_many_in_the_journal_and_never_an_interview(
    world: World,
) -> None:
    with world.building():
        SpellFactory(citizen=world.joern, benefit="kontanthjaelp", target_group="G2",
                     starts_on=date(2026, 11, 23))  # fmt: skip
    group = a_group(world)
    came = enrolled(world, world.joern, group)
    asked = [(line.duty.rule_id, line.duty.status) for line in _duties(world)]

    with world.as_tine():
        with pytest.raises(services.NotBegun):
            services.note_attendance(group=group, came=[came.pk], by=world.tine, at=NOW)
        after = {"group": group, "by": world.tine, "at": group.ends_at}
        services.note_attendance(came=[came.pk], **after)  # type: ignore[arg-type]
        assert services.note_attendance(came=[], **after) == []  # type: ignore[arg-type]
        (entry,) = Entry.objects.filter(citizen=world.joern)
        assert (entry.kind, entry.on) == (Kind.GROUP_MEETING, date(2026, 11, 27))
    assert asked
    assert [(line.duty.rule_id, line.duty.status) for line in _duties(world)] == asked


def test_two_meetings_for_many_on_a_day_stand_once_in_the_journal(world: World) -> None:
    both = [a_group(world), a_group(world, starts_at=at(27, 13), enrol_until=at(27, 9))]
    for group in both:
        came = enrolled(world, world.joern, group)
        with world.as_tine():
            services.note_attendance(group=group, came=[came.pk], by=world.tine, at=at(27, 16))

    with world.as_tine():
        assert Entry.objects.filter(citizen=world.joern).count() == 1
        assert GroupAttendance.objects.filter(came=True).count() == 2
    assert _duties(world) is not None


def _duties(world: World) -> list[DutyLine]:
    with as_role("worker"):
        duties.recompute(tenant=world.tenant, on=date(2026, 11, 27), at=WHEN)
    with world.as_tine():
        return duties_of(world.joern, date(2026, 11, 27))


def test_who_only_waited_did_not_miss_anything(world: World) -> None:
    group = a_group(world)
    enrolled(world, world.joern, group)
    waited = enrolled(world, world.amalie, group)

    with world.as_tine():
        services.note_attendance(group=group, came=[], by=world.tine, at=group.ends_at)
        noted = GroupAttendance.objects.all()
        assert [(each.citizen_id, each.came, each.entry) for each in noted] == [
            (world.joern.pk, False, None)
        ]
        assert not Entry.objects.filter(citizen_id=waited.citizen_id).exists()


def test_a_caseworker_sees_only_whom_they_may_see_and_the_others_as_a_number(
    world: World,
) -> None:
    group = a_group(world, seats=9)
    enrolled(world, world.joern, group)
    with world.building():
        services.enrol(citizen=world.elsewhere, group=group, hand=staff(world))

    with world.as_tine():
        assert [each.enrolment.citizen_id for each in queries.enrolled_in(group)] == [
            world.joern.pk
        ]
        assert queries.seats([group.pk])[group.pk].left == 7
    with acting(world.neighbour.pk, world.tine.pk, Purpose.CASE_WORK):
        assert queries.seats([group.pk]) == {}
