"""A summons keeps its rules when it is moved, and no letter is posted that no longer holds."""

from datetime import date, datetime

import pytest

from tests.apps.meetings.test_inviting import ALL, KEY, expired, invited, states, summoned, words_of
from tests.apps.meetings.test_who_may_be_asked import FIRST, somebody
from tests.world.factories import EntryFactory
from tests.world.meetings import at, wanted
from tests.world.municipality import World
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import InvitationState, TextSet, Way, WhyCancelled
from velvalgt.apps.meetings.models import Invitation, InvitationStep, Meeting
from velvalgt.apps.meetings.stepping import take_step
from velvalgt.apps.people.models import Citizen

pytestmark = pytest.mark.usefixtures("office")
TUESDAY = at(8, 9, month=12)


def moved(world: World, meeting: Meeting, starts_at: datetime, *, is_staff: bool = True) -> Meeting:
    return services.move(
        meeting=meeting,
        wanted=wanted(world, key=KEY),
        starts_at=starts_at,
        permitted=ALL,
        hand=services.Hand(world.tine, TUESDAY, is_staff=is_staff),
    )


def falls_ill(world: World, citizen: Citizen, on: date) -> None:
    with world.building():
        EntryFactory(citizen=citizen, kind="sick_report", on=on, form="")


def to_post(now: datetime = TUESDAY) -> list[tuple[str, str]]:
    return [(each.step.state, each.why_not) for each in queries.legal_letters(now)]


def test_a_summons_that_the_staff_move_is_written_anew_for_the_new_time(tine: World) -> None:
    invitation = expired(tine)

    moved(tine, summoned(tine, invitation), at(16, 9, month=12))

    assert states(invitation)[-2:] == ["summoned", "summoned"]
    newest = InvitationStep.objects.filter(state="summoned").latest("taken_at")
    assert "onsdag den 16. december 2026 kl. 9.00" in words_of(newest).replace("09.00", "9.00")


def test_a_summons_is_not_moved_so_near_that_the_letter_comes_too_late(tine: World) -> None:
    meeting = summoned(tine, expired(tine))

    with pytest.raises(services.SummonsTooSoon) as refusal:
        moved(tine, meeting, at(10, 9, month=12))

    assert refusal.value.earliest == date(2026, 12, 15)
    assert list(Meeting.objects.standing()) == [meeting]


def test_who_fell_ill_since_is_not_summoned_to_another_time(tine: World) -> None:
    meeting = summoned(tine, expired(tine))
    falls_ill(tine, meeting.citizen, date(2026, 12, 8))

    with pytest.raises(services.NotAsked):
        moved(tine, meeting, at(16, 9, month=12))


def test_the_citizen_moves_a_summons_as_any_meeting_and_is_not_summoned_again(
    tine: World,
) -> None:
    invitation = expired(tine)

    moved(tine, summoned(tine, invitation), at(11, 9, month=12), is_staff=False)

    assert states(invitation)[-1] == "summoned"
    assert InvitationStep.objects.filter(state="summoned").count() == 1


def test_of_a_moved_summons_the_newest_letter_alone_is_posted(tine: World) -> None:
    invitation = expired(tine)
    meeting = summoned(tine, invitation)
    assert to_post() == [("summoned", "")]

    moved(tine, meeting, at(16, 9, month=12))

    assert to_post() == [("summoned", "")]
    assert queries.legal_letters(TUESDAY)[0].step.taken_at == TUESDAY


def test_a_summons_that_no_longer_holds_is_not_posted(tine: World) -> None:
    called_off, by_citizen = summoned(tine, expired(tine)), expired(tine)
    hand = services.Hand(tine.tine, TUESDAY, is_staff=False)
    services.cancel(meeting=called_off, why=WhyCancelled.ILL, hand=hand)
    moved(tine, summoned(tine, by_citizen), at(11, 9, month=12), is_staff=False)

    assert "summoned" not in dict(to_post())


def test_an_invitation_that_nobody_has_to_answer_is_not_posted(tine: World) -> None:
    now = at(23, 9)
    invitation = invited(tine)
    assert to_post(now) == [("invited", "")]

    services.excuse(invitation=invitation, by=tine.tine, at=now)

    assert to_post(now) == []


def test_a_summons_of_today_to_somebody_who_fell_ill_since_says_not_to_post_it(
    tine: World,
) -> None:
    meeting = summoned(tine, expired(tine))
    falls_ill(tine, meeting.citizen, date(2026, 12, 7))

    assert to_post(at(7, 10, month=12)) == [("summoned", "Borgeren er meldt syg.")]


def test_a_talk_booked_before_without_an_invitation_does_not_become_a_summons(
    tine: World,
) -> None:
    citizen = somebody(tine, [])
    booked = services.book(
        citizen=citizen,
        wanted=wanted(tine, key=KEY),
        starts_at=at(14, 10, month=12),
        permitted=ALL,
        hand=services.Hand(tine.tine, at(23, 8), is_staff=True),
    )
    invitation = Invitation.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        type=KEY,
        unit=tine.team,
        rule_id=FIRST,
        ways=[Way.OFFICE],
        sent_at=at(24, 8),
    )
    take_step(invitation, InvitationState.EXPIRED, by=None, at=at(7, 8, month=12))

    with pytest.raises(services.InvitedAlready):
        summoned(tine, invitation)

    assert list(Meeting.objects.filter(text_set=TextSet.BOOKED)) == [booked]
    assert states(invitation) == ["expired"]
