"""Meetings of several: all who are needed can, or nobody is held; the case stays with its own."""

from datetime import time, timedelta
from uuid import uuid4

import pytest

from tests.world.factories import MembershipFactory, UserFactory
from tests.world.groups import staff
from tests.world.meetings import NOW, Office, at, wanted, weekly
from tests.world.municipality import World
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases import services as cases
from velvalgt.apps.cases.choices import Compartment, Deed, DocumentKind
from velvalgt.apps.cases.models import Document, Receipt
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import Attendance, Holding, Way, WhyCancelled
from velvalgt.apps.meetings.models import Hold, Meeting, Paper, Party
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.models import Unit, User

pytestmark = pytest.mark.usefixtures("office")

WHEN = at(30, 10)
DOCTOR = services.Guest("Lis Holm", "Lægehuset", "læge", Attendance.AFAR)


@pytest.fixture
def sine(world: World) -> User:
    """A colleague of another unit, there from twelve to three."""
    with world.building():
        south = Unit.objects.get(code="SYD")
        user = UserFactory(tenant=world.tenant, name="Sine", known_as="sine")
        MembershipFactory(unit=south, user=user, role=Role.CASEWORKER)
        weekly(world.tenant, user.pk, unit=south, opens=time(12), ways=[Way.PHONE])
        return user


def needed(world: World, *also: User, way: Way = Way.OFFICE) -> services.Wanted:
    return wanted(
        world,
        way,
        "team_conference",
        caseworker_id=world.tine.pk,
        also=frozenset(user.pk for user in also),
    )


def convened(world: World, *also: User, starts_at: object = WHEN) -> Meeting:
    return services.convene(
        citizen=world.joern,
        wanted=needed(world, *also),
        starts_at=starts_at,  # type: ignore[arg-type]
        hand=staff(world),
    )


def held(kind: Holding = Holding.STAFF) -> set[object]:
    return set(Hold.objects.in_force().filter(kind=kind).values_list("resource", flat=True))


def test_everybody_is_held_at_once(tine: World, office: Office) -> None:
    meeting = convened(tine, office.hans)

    assert held() == {tine.tine.pk, office.hans.pk}
    assert held(Holding.CITIZEN) == {tine.joern.pk}
    assert len(held(Holding.ROOM)) == 1
    (party,) = queries.parties_of(meeting)
    assert (party.name, party.attends) == ("Hans", Attendance.THERE)


def test_a_second_click_calls_no_second_one(tine: World, office: Office) -> None:
    assert convened(tine, office.hans) == convened(tine, office.hans)
    assert Party.objects.count() == 1


def test_one_who_is_busy_holds_nobody_and_is_named_with_times_when_all_can(
    tine: World, office: Office
) -> None:
    services.book(
        citizen=tine.amalie,
        wanted=wanted(tine, caseworker_id=office.hans.pk),
        starts_at=WHEN,
        permitted=frozenset(Way),
        hand=staff(tine),
    )

    with pytest.raises(services.SomebodyBusy, match="Hans") as refusal:
        convened(tine, office.hans)

    assert Party.objects.count() == 0
    assert held() == {office.hans.pk}
    for slot in refusal.value.nearest:
        assert not WHEN - timedelta(minutes=75) < slot.starts_at < WHEN + timedelta(hours=1)


def test_only_times_when_all_are_there_are_on_offer(
    tine: World, office: Office, sine: User
) -> None:
    times = queries.times_on_offer(
        tine.joern, needed(tine, office.hans, sine), NOW, is_staff=True
    ).slots()

    hours = {(slot.starts_at.hour, slot.starts_at.minute) for slot in times}
    assert min(hours) == (12, 0)
    assert max(hours) == (13, 45)
    assert all(slot.staff == (tine.tine.pk,) for slot in times)


def test_who_has_told_no_hours_can_whenever_nobody_holds_them(tine: World) -> None:
    ib = tine.ib

    convened(tine, ib)

    assert ib.pk in held()
    with pytest.raises(services.SomebodyBusy, match="Ib"):
        services.convene(
            citizen=tine.amalie,
            wanted=wanted(tine, key="team_conference", also=frozenset({ib.pk})),
            starts_at=WHEN,
            hand=staff(tine),
        )


def test_moving_moves_everybody_or_nobody(tine: World, office: Office) -> None:
    meeting = convened(tine, office.hans)
    services.book(
        citizen=tine.amalie,
        wanted=wanted(tine, caseworker_id=office.hans.pk),
        starts_at=at(30, 13),
        permitted=frozenset(Way),
        hand=staff(tine),
    )
    ask = {"meeting": meeting, "wanted": needed(tine), "permitted": frozenset(Way)}
    with pytest.raises(services.TimeTaken):
        services.move(starts_at=at(30, 13), hand=staff(tine), **ask)  # type: ignore[arg-type]

    moved = services.move(starts_at=at(30, 11), hand=staff(tine), **ask)  # type: ignore[arg-type]

    mine = Hold.objects.in_force().filter(meeting=moved, kind=Holding.STAFF)
    assert {(hold.resource, hold.starts_at) for hold in mine} == {
        (tine.tine.pk, at(30, 11)),
        (office.hans.pk, at(30, 11)),
    }
    assert not Hold.objects.in_force().filter(meeting=meeting).exists()


def test_calling_off_frees_everybody(tine: World, office: Office) -> None:
    meeting = convened(tine, office.hans)

    services.cancel(meeting=meeting, why=WhyCancelled.US, hand=staff(tine))

    assert held() == set()
    with pytest.raises(services.NotAgreedAnyMore):
        services.add_guest(meeting=meeting, guest=DOCTOR, by=tine.tine, at=NOW)


def test_a_colleague_who_comes_later_is_held_and_one_who_leaves_is_free(
    tine: World, office: Office
) -> None:
    meeting = convened(tine)

    party = services.add_colleague(meeting=meeting, user=office.hans, by=tine.tine, at=NOW)
    again = services.add_colleague(meeting=meeting, user=office.hans, by=tine.tine, at=NOW)
    assert (again, held()) == (party, {tine.tine.pk, office.hans.pk})

    services.remove_party(meeting=meeting, party=party, at=NOW)
    services.remove_party(meeting=meeting, party=party, at=NOW)
    assert held() == {tine.tine.pk}
    assert not queries.parties_of(meeting)


def test_a_colleague_who_is_busy_is_not_added(tine: World, office: Office) -> None:
    meeting = convened(tine)
    services.book(
        citizen=tine.amalie,
        wanted=wanted(tine, caseworker_id=office.hans.pk),
        starts_at=WHEN,
        permitted=frozenset(Way),
        hand=staff(tine),
    )

    with pytest.raises(services.SomebodyBusy, match="Hans"):
        services.add_colleague(meeting=meeting, user=office.hans, by=tine.tine, at=NOW)
    assert not queries.parties_of(meeting)


def test_somebody_from_outside_is_written_once(tine: World) -> None:
    meeting = convened(tine)
    ask = {"meeting": meeting, "guest": DOCTOR, "by": tine.tine, "at": NOW}

    assert services.add_guest(**ask) == services.add_guest(**ask)  # type: ignore[arg-type]
    assert [(each.name, each.attends) for each in queries.parties_of(meeting)] == [
        ("Lis Holm", Attendance.AFAR)
    ]


def test_the_citizen_adds_to_the_agenda_with_a_receipt_and_takes_off_only_their_own(
    world: World,
) -> None:
    with world.as_tine():
        meeting = convened(world)
        (ours,) = services.add_to_agenda(
            meeting=meeting, items=["Næste skridt"], by=world.tine, at=NOW, is_staff=True
        )
    user = world.joern.user
    assert user is not None

    with acting(world.tenant.pk, user.pk, Purpose.OWN_CASE):
        ask = {"meeting": meeting, "by": user, "at": NOW, "is_staff": False}
        (own,) = services.add_to_agenda(items=["Min ryg"], **ask)  # type: ignore[arg-type]
        assert services.add_to_agenda(items=["Min ryg"], **ask) == []  # type: ignore[arg-type]
        with pytest.raises(cases.HoldsCpr):
            services.add_to_agenda(items=["010203-1234"], **ask)  # type: ignore[arg-type]
        services.drop_from_agenda(meeting=meeting, item=ours, by=user, at=NOW)
        assert [item.words for item in queries.agenda_of(meeting)] == ["Næste skridt", "Min ryg"]
        services.drop_from_agenda(meeting=meeting, item=own, by=user, at=NOW)
        assert [item.words for item in queries.agenda_of(meeting)] == ["Næste skridt"]
        assert [(each.deed, each.title) for each in Receipt.objects.all()] == [
            (Deed.MEETING, "Min ryg")
        ]


def _document(world: World, **more: object) -> Document:
    return cases.keep(
        citizen=world.joern, kind=DocumentKind.LETTER, title="Brev", name="brev.txt",
        content=b"Kaere Joern", by=None, at=NOW, is_ours=True, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_papers_are_the_citizens_own_and_of_the_employment_compartment(world: World) -> None:
    with world.building():
        letter, health = _document(world), _document(world, compartment=Compartment.HEALTH)
    with world.as_tine():
        meeting = convened(world)
        for _twice in range(2):
            services.add_paper(meeting=meeting, document=letter, by=world.tine, at=NOW)
        assert queries.papers_of(meeting) == [letter]
    with world.building():
        other = Meeting(uid=uuid4(), citizen=world.amalie)
        with pytest.raises(services.NotAgreedAnyMore):
            services.add_paper(meeting=other, document=letter, by=world.tine, at=NOW)
        services.add_paper(meeting=meeting, document=health, by=world.tine, at=NOW)
    with world.as_tine():
        assert queries.papers_of(meeting) == [letter]
        assert Paper.objects.count() == 2


def test_a_colleague_of_another_unit_sees_when_and_where_and_no_case(
    world: World, office: Office, sine: User
) -> None:
    with world.as_tine():
        meeting = convened(world, sine, starts_at=at(30, 12))
    with world.building():
        south = Unit.objects.get(code="SYD")

    with acting(world.tenant.pk, sine.pk, Purpose.CASE_WORK, unit=south.pk):
        (told,) = queries.seated(NOW)
        assert (told.uid, told.starts_at, told.place) == (meeting.uid, at(30, 12), "Torvet")
        assert queries.conference_of(meeting.uid) is None
        assert not Party.objects.exists()
    with acting(world.neighbour.pk, sine.pk, Purpose.CASE_WORK):
        assert queries.seated(NOW) == []
    with world.as_tine():
        assert queries.seated(NOW) == []
