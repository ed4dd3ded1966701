"""Hours, absence and extra hours: written once, ended, taken back; nobody is in two places."""

from datetime import date, time

import pytest

from tests.world.factories import MembershipFactory, UserFactory
from tests.world.meetings import NOW, WEEKDAYS, Office, at, wanted
from tests.world.municipality import World
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import Opening, Way
from velvalgt.apps.meetings.models import Place, Relation, SpecialHours, WeeklyHours
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.models import User

ALL = tuple(Way)
MONDAY = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("office", "in_english")


def give(world: World, user: User, **changes: object) -> WeeklyHours:
    """Hours on Mondays from nine to noon, nowhere in particular."""
    week = {"recurrence": "FREQ=WEEKLY;BYDAY=MO", "opens": time(9), "closes": time(12)}
    return services.give_hours(
        tenant_id=world.tenant.pk,
        resource=user.pk,
        unit=world.team,
        week=services.Week(**{"starts_on": MONDAY, "ways": ALL, **week, **changes}),  # type: ignore[arg-type]
        by=world.tine,
        at=NOW,
    )


def away(world: World, begins: int, ends: int) -> SpecialHours:
    return services.be_away(
        tenant_id=world.tenant.pk,
        resource=world.tine.pk,
        starts_at=at(begins, 0),
        ends_at=at(ends, 0),
        by=world.tine,
        at=NOW,
    )


def extra(world: World, day: int, month: int = 11, place: Place | None = None) -> SpecialHours:
    besides = services.Besides(
        world.team, at(day, 10, month=month), at(day, 12, month=month), place, ALL
    )
    return services.open_besides(
        tenant_id=world.tenant.pk, resource=world.tine.pk, besides=besides, by=world.tine, at=NOW
    )


def elsewhere(world: World) -> Place:
    with world.building():
        return Place.objects.create(
            tenant_id=world.tenant.pk, code="havn", name="Havnen", address="Kajen 2"
        )


def days_on_offer(world: World) -> set[date]:
    mine = wanted(world, Way.PHONE, caseworker_id=world.tine.pk)
    free = queries.times_on_offer(world.joern, mine, NOW, is_staff=True)
    return {slot.starts_at.date() for slot in free.slots()}


def test_a_second_click_gives_the_hours_of_the_first(tine: World) -> None:
    new = User(name="Ny")

    assert give(tine, new) == give(tine, new)
    assert len(queries.hours_of(new.pk, MONDAY)) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"closes": time(9)}, "after the time to open"),
        ({"recurrence": "FREQ=x"}, "day of the week"),
    ],
)
def test_hours_that_cannot_be_are_refused_in_words(
    tine: World, changes: dict[str, object], words: str
) -> None:
    with pytest.raises(services.CannotArrange, match=words):
        give(tine, tine.tine, **changes)


def test_nobody_has_hours_in_two_places_at_once(tine: World, office: Office) -> None:
    harbour = elsewhere(tine)

    with pytest.raises(services.CannotArrange, match="Torvet at the same time"):
        give(tine, tine.tine, place=harbour)
    with pytest.raises(services.CannotArrange, match="Torvet at the same time"):
        extra(tine, 26, place=harbour)
    assert give(tine, tine.tine, place=harbour, opens=time(15), closes=time(17)).place == harbour


def test_every_second_week_here_and_every_other_there_is_no_clash(tine: World) -> None:
    new, harbour = User(name="Ny"), elsewhere(tine)
    often = "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"
    give(tine, new, recurrence=often, place=Place.objects.get(code="torv"))

    give(tine, new, recurrence=often, place=harbour, starts_on=date(2026, 11, 30))

    with pytest.raises(services.CannotArrange):
        give(tine, new, recurrence=often, place=harbour, starts_on=date(2026, 12, 7))


def test_hours_end_from_a_day_on_and_the_second_time_nothing_changes(tine: World) -> None:
    (mine,) = queries.hours_of(tine.tine.pk, MONDAY)

    services.end_hours(hours=mine, ends_on=date(2026, 11, 30), at=NOW)
    services.end_hours(hours=mine, ends_on=date(2026, 12, 7), at=NOW)

    assert mine.ends_on == date(2026, 11, 30)
    assert max(days_on_offer(tine)) == date(2026, 11, 27)


def test_hours_do_not_end_on_a_day_that_is_over(tine: World) -> None:
    (mine,) = queries.hours_of(tine.tine.pk, MONDAY)

    with pytest.raises(services.CannotArrange):
        services.end_hours(hours=mine, ends_on=date(2026, 11, 22), at=NOW)


def test_absence_shuts_and_taking_it_back_opens_again(tine: World) -> None:
    holiday = away(tine, 24, 26)
    assert away(tine, 24, 26) == holiday
    assert date(2026, 11, 25) not in days_on_offer(tine)

    services.come_back(special=holiday, at=NOW)

    assert date(2026, 11, 25) in days_on_offer(tine)
    assert queries.special_hours_of(tine.tine.pk, NOW) == []


def test_who_opens_on_a_holiday_or_a_saturday_is_to_be_had_then(tine: World) -> None:
    extra(tine, 28)
    extra(tine, 24, month=12)

    assert {date(2026, 11, 28), date(2026, 12, 24)} <= days_on_offer(tine)
    assert date(2026, 12, 25) not in days_on_offer(tine)


def test_meetings_in_an_absence_are_told_of_and_not_moved(tine: World) -> None:
    meeting = services.book(
        citizen=tine.joern,
        wanted=wanted(tine, caseworker_id=tine.tine.pk),
        starts_at=at(25, 10),
        permitted=frozenset(Way),
        hand=services.Hand(tine.tine, NOW, is_staff=True),
    )
    assert list(queries.collisions(tine.tine.pk, NOW)) == []

    holiday = away(tine, 25, 26)

    assert list(queries.collisions(tine.tine.pk, NOW)) == [meeting]
    services.come_back(special=holiday, at=NOW)
    assert list(queries.collisions(tine.tine.pk, NOW)) == []


def test_a_week_adds_up_what_overlaps_once_and_every_second_week_half(tine: World) -> None:
    new = User(name="Ny")
    give(tine, new)
    give(tine, new, opens=time(11), closes=time(14))
    give(tine, new, recurrence="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,WE")

    hours = queries.hours_of(new.pk, MONDAY)

    assert queries.hours_a_week(hours, MONDAY) == 5 + 3


def test_contracted_hours_are_those_of_the_unit(world: World) -> None:
    with world.building():
        new = UserFactory(tenant=world.tenant)
        MembershipFactory(unit=world.team, user=new, role=Role.CASEWORKER, hours_week=30)
    with world.as_tine():
        assert queries.contracted_hours(new, world.team.pk, NOW) == 30
        assert queries.contracted_hours(world.mette, world.team.pk, NOW) is None


def test_a_recurrence_is_read_as_it_is_written() -> None:
    assert queries.recurrence_of([3, 0], 2) == "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"
    assert queries.pattern_of("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH") == queries.Pattern((0, 3), 2)
    assert queries.pattern_of(WEEKDAYS) == queries.Pattern((0, 1, 2, 3, 4), 1)
    for other in ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1", "FREQ=WEEKLY", "FREQ=DAILY;BYDAY=MO"):
        assert queries.pattern_of(other) is None


def test_the_shut_weekdays_are_those_of_the_danish_calendar() -> None:
    assert queries.closed_days(date(2026, 12, 21), 2) == [
        date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1),
    ]  # fmt: skip


def test_the_teams_week_says_who_is_in_and_not_why_somebody_is_not(
    tine: World, office: Office
) -> None:
    away(tine, 24, 25)

    week = queries.week_of_team(tine.team.pk, MONDAY, NOW)

    assert [[each.user.name for each in day.people] for day in week] == [
        ["Hans", "Tine"], ["Hans"], *[["Hans", "Tine"]] * 3,
    ]  # fmt: skip
    assert week[1].people[0].periods == ((at(24, 9), at(24, 15)),)


def test_what_citizens_can_book_next_week_is_counted_by_day_and_way(tine: World) -> None:
    told = queries.on_offer(tine.tine.pk, tine.team.pk, date(2026, 12, 21), NOW)

    assert told is not None
    assert [(day.on.day, dict(day.counts)) for day in told.days] == [
        (21, {Way.OFFICE: 21, Way.PHONE: 21}),
        (22, {Way.OFFICE: 21, Way.PHONE: 21}),
        (23, {Way.OFFICE: 21, Way.PHONE: 21}),
        (24, {Way.OFFICE: 0, Way.PHONE: 0}),
        (25, {Way.OFFICE: 0, Way.PHONE: 0}),
    ]


def test_an_interpreter_who_is_close_to_a_citizen_is_never_offered_to_them(
    tine: World, office: Office
) -> None:
    arabic = wanted(tine, language="ar")
    assert queries.times_on_offer(tine.joern, arabic, NOW).slots()

    for _ in range(2):
        services.tell_relation(
            citizen=tine.joern, interpreter=office.interpreter, by=tine.tine, at=NOW
        )

    assert Relation.objects.count() == 1
    assert queries.times_on_offer(tine.joern, arabic, NOW).slots() == []
    assert queries.times_on_offer(tine.amalie, arabic, NOW).slots()


def test_somebody_in_another_unit_writes_only_in_their_own_name(
    tine: World, office: Office
) -> None:
    from django.db import ProgrammingError, transaction

    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        SpecialHours.objects.create(
            tenant_id=tine.tenant.pk,
            resource=office.hans.pk,
            opening=Opening.CLOSED,
            starts_at=at(24, 0),
            ends_at=at(25, 0),
            written_by=office.hans,
            written_at=NOW,
        )
