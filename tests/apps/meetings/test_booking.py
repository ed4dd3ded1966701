"""A meeting is booked once: who comes second is told so, and nothing is left half done."""

from datetime import timedelta

import pytest

from tests.world.meetings import NOW, Office, at, wanted
from tests.world.municipality import World
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.choices import Deed
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import Change, Holding, Way, WhyCancelled
from velvalgt.apps.meetings.models import Hold, Meeting, SafetyNote, SpecialHours
from velvalgt.apps.messages.models import Notice
from velvalgt.apps.people.models import Citizen

ALL = frozenset(Way)


def staff(world: World) -> services.Hand:
    return services.Hand(world.tine, NOW, is_staff=True)


pytestmark = pytest.mark.usefixtures("office")


def book(world: World, citizen: Citizen, **more: object) -> Meeting:
    asked = {"wanted": wanted(world), "starts_at": at(25, 10), "hand": staff(world)} | more
    return services.book(citizen=citizen, permitted=ALL, **asked)  # type: ignore[arg-type]


def test_a_booked_meeting_holds_the_citizen_the_caseworker_with_a_buffer_and_a_room(
    tine: World,
) -> None:
    meeting = book(tine, tine.joern)

    held = {hold.kind: (hold.starts_at, hold.ends_at) for hold in Hold.objects.in_force()}
    assert held == {
        Holding.CITIZEN: (at(25, 10), at(25, 10, 45)),
        Holding.STAFF: (at(25, 10), at(25, 11)),
        Holding.ROOM: (at(25, 10), at(25, 10, 45)),
    }
    assert meeting.sequence == 0


def test_the_team_meets_as_many_at_once_as_it_has_people_and_rooms(tine: World) -> None:
    book(tine, tine.joern)
    book(tine, tine.amalie)

    with tine.building(), pytest.raises(services.TimeTaken) as refusal:
        book(tine, tine.elsewhere)
    assert [slot.starts_at for slot in refusal.value.nearest] == [
        at(25, 9), at(25, 11), at(25, 11, 15),
    ]  # fmt: skip


def test_a_second_click_gives_the_meeting_of_the_first(tine: World) -> None:
    assert book(tine, tine.joern) == book(tine, tine.joern)
    assert Meeting.objects.count() == 1


def test_a_citizen_is_never_in_two_meetings_at_once(tine: World) -> None:
    book(tine, tine.joern)

    with pytest.raises(services.TimeTaken):
        book(tine, tine.joern, wanted=wanted(tine, Way.PHONE))


def test_moving_frees_the_old_time_and_keeps_the_meetings_name(tine: World, office: Office) -> None:
    first = book(tine, tine.joern)

    moved = services.move(
        meeting=first,
        wanted=wanted(tine, Way.PHONE),
        starts_at=at(26, 9),
        permitted=ALL,
        hand=staff(tine),
    )

    assert (moved.uid, moved.sequence, moved.change) == (first.uid, 1, Change.MOVED)
    assert list(Meeting.objects.standing()) == [moved]
    assert {hold.meeting_id for hold in Hold.objects.in_force()} == {moved.pk}
    with pytest.raises(services.NotAgreedAnyMore):
        services.cancel(meeting=first, why=WhyCancelled.US, hand=staff(tine))


def test_a_meeting_may_move_into_a_part_of_its_own_time(tine: World) -> None:
    first = book(tine, tine.joern, wanted=wanted(tine, caseworker_id=tine.tine.pk))

    moved = services.move(
        meeting=first,
        wanted=wanted(tine, caseworker_id=tine.tine.pk),
        starts_at=at(25, 10, 15),
        permitted=ALL,
        hand=staff(tine),
    )

    assert moved.starts_at == at(25, 10, 15)


def test_who_cannot_move_keeps_the_time_they_had(tine: World) -> None:
    first = book(tine, tine.joern)

    with pytest.raises(services.TimeTaken):
        services.move(
            meeting=first,
            wanted=wanted(tine),
            starts_at=at(28, 10),
            permitted=ALL,
            hand=staff(tine),
        )

    assert list(Meeting.objects.standing()) == [first]
    assert Hold.objects.in_force().filter(meeting=first).count() == 3


def test_a_cancelled_time_is_free_for_others_at_once(tine: World, office: Office) -> None:
    only_tine = wanted(tine, caseworker_id=tine.tine.pk)
    meeting = book(tine, tine.joern, wanted=only_tine)

    services.cancel(meeting=meeting, why=WhyCancelled.ILL, hand=staff(tine))
    again = services.cancel(meeting=meeting, why=WhyCancelled.US, hand=staff(tine))

    assert again.why == WhyCancelled.ILL
    assert book(tine, tine.amalie, wanted=only_tine).starts_at == at(25, 10)


def test_staff_who_book_tell_the_citizen_and_a_citizen_who_books_has_a_receipt(
    tine: World, office: Office
) -> None:
    book(tine, tine.joern)
    assert Notice.objects.get(citizen=tine.joern).title.startswith("Et møde er booket")

    with acting(tine.tenant.pk, tine.amalie.user.pk, Purpose.OWN_CASE):
        hand = services.Hand(tine.amalie.user, NOW, is_staff=False)
        meeting = book(tine, tine.amalie, hand=hand)
        assert tine.amalie.receipts.get().deed == Deed.MEETING
    assert meeting.is_citizens_wish


def test_a_citizen_keeps_the_notice_of_the_type(tine: World, office: Office) -> None:
    with acting(tine.tenant.pk, tine.amalie.user.pk, Purpose.OWN_CASE):
        hand = services.Hand(tine.amalie.user, NOW, is_staff=False)
        with pytest.raises(services.TooSoon):
            book(tine, tine.amalie, hand=hand, starts_at=NOW + timedelta(hours=2))
        with pytest.raises(services.TooFarAhead):
            book(tine, tine.amalie, hand=hand, starts_at=NOW + timedelta(days=43))
        with pytest.raises(services.NotYours):
            book(tine, tine.amalie, hand=hand, wanted=wanted(tine, key="team_conference"))


def test_the_way_must_be_one_that_the_law_and_the_type_allow(tine: World) -> None:
    with pytest.raises(services.NotThatWay):
        services.book(
            citizen=tine.joern,
            wanted=wanted(tine, Way.PHONE),
            starts_at=at(25, 10),
            permitted=frozenset({Way.OFFICE}),
            hand=staff(tine),
        )


def test_an_interpreter_makes_it_longer_and_is_held(tine: World, office: Office) -> None:
    meeting = book(tine, tine.joern, wanted=wanted(tine, language="ar"))

    assert meeting.ends_at == at(25, 11, 15)
    assert meeting.interpreter == office.interpreter
    with pytest.raises(services.TimeTaken):
        book(tine, tine.amalie, wanted=wanted(tine, language="ar"))


def test_safety_asks_for_two_of_the_staff_and_the_room_with_an_alarm(
    tine: World, office: Office
) -> None:
    SafetyNote.objects.create(
        tenant_id=tine.tenant.pk,
        citizen=tine.joern,
        needs_two=True,
        needs_alarm=True,
        why_sealed=b"sealed",
        review_on=at(1, 0, month=12).date(),
        ends_on=at(20, 0, month=12).date(),
        written_by=tine.tine,
        written_at=NOW,
    )

    meeting = book(tine, tine.joern)

    assert {meeting.caseworker, meeting.second} == {tine.tine, office.hans}
    assert meeting.room == office.large
    with pytest.raises(services.TimeTaken):
        book(tine, tine.joern, starts_at=at(25, 13), wanted=wanted(tine, Way.HOME))
    with acting(tine.tenant.pk, tine.joern.user.pk, Purpose.OWN_CASE):
        assert not SafetyNote.objects.exists()
        free = queries.times_on_offer(tine.joern, wanted(tine), NOW)
        assert at(26, 10) in {slot.starts_at for slot in free.slots()}


def test_nobody_is_met_while_away_or_on_a_holiday(tine: World, office: Office) -> None:
    for user in (tine.tine, office.hans):
        SpecialHours.objects.create(
            tenant_id=tine.tenant.pk,
            resource=user.pk,
            opening="closed",
            starts_at=at(25, 0),
            ends_at=at(26, 0),
            written_by=tine.tine,
            written_at=NOW,
        )

    free = queries.times_on_offer(tine.joern, wanted(tine), NOW, is_staff=True)
    days = {slot.starts_at.date() for slot in free.slots()}

    assert at(24, 0).date() in days
    assert not days & {at(25, 0).date(), at(28, 0).date(), at(25, 0, month=12).date()}


def test_nobody_is_ill_afterwards(tine: World) -> None:
    meeting = book(tine, tine.joern)
    later = services.Hand(tine.joern.user, at(25, 10, 45), is_staff=False)

    with pytest.raises(services.TooLate):
        services.cancel(meeting=meeting, why=WhyCancelled.ILL, hand=later)


@pytest.mark.parametrize("is_staff", [True, False])
def test_a_video_meeting_that_fails_becomes_a_call_while_it_runs(
    tine: World, *, is_staff: bool
) -> None:
    first = book(tine, tine.joern, wanted=wanted(tine, Way.VIDEO))

    def call(minute: int, permitted: frozenset[Way] = ALL) -> Meeting:
        return services.move(
            meeting=first,
            wanted=wanted(tine, Way.PHONE),
            starts_at=first.starts_at,
            permitted=permitted,
            hand=services.Hand(tine.tine, at(25, 10, minute), is_staff=is_staff),
            change=Change.PLACE,
        )

    with pytest.raises(services.NotThatWay):
        call(10, frozenset({Way.VIDEO}))
    with pytest.raises(services.TooLate):
        call(45)
    called = call(44)
    assert (called.way, called.starts_at) == (Way.PHONE, first.starts_at)


def test_a_meeting_in_person_becomes_no_call_while_it_runs(tine: World) -> None:
    first = book(tine, tine.joern)

    with pytest.raises(services.TooLate):
        services.move(
            meeting=first,
            wanted=wanted(tine, Way.PHONE),
            starts_at=first.starts_at,
            permitted=ALL,
            hand=services.Hand(tine.tine, at(25, 10, 10), is_staff=False),
        )
