"""An invitation comes before a summons; its steps are taken in the order that the file gives."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from tests.apps.meetings.test_who_may_be_asked import FIRST, somebody
from tests.browser.lix import lix
from tests.world.factories import CaseFactory, CitizenFactory, EntryFactory, SpellFactory
from tests.world.meetings import NOW, at, wanted
from tests.world.municipality import World
from velvalgt.apps.cases.queries import content_of
from velvalgt.apps.duties.queries import duties_of
from velvalgt.apps.meetings import machine, queries, services
from velvalgt.apps.meetings.asking import waiting_invitations
from velvalgt.apps.meetings.choices import InvitationState, Result, TextSet, Way, WhyCancelled
from velvalgt.apps.meetings.models import Invitation, InvitationStep, Meeting, Outcome
from velvalgt.apps.meetings.types import types
from velvalgt.apps.messages.models import Notice
from velvalgt.apps.people.models import Citizen

ALL = frozenset(Way)
KEY = "first_interview"
HARDEST = 30

pytestmark = pytest.mark.usefixtures("office")


def invited(world: World, citizen: Citizen | None = None, **more: object) -> Invitation:
    asked = services.Asked(types()[KEY], (Way.OFFICE, Way.PHONE), FIRST)
    given = {"asked": asked, "permitted": ALL, "by": world.tine, "at": NOW} | more
    citizen = citizen or somebody(world, [])
    return services.invite(citizen=citizen, **given)  # type: ignore[arg-type]


def expired(world: World) -> Invitation:
    invitation = invited(world)
    services.remind(invitation=invitation, by=None, at=at(1, 8, month=12))
    services.expire(invitation=invitation, by=None, at=at(7, 8, month=12))
    return invitation


def summoned(world: World, invitation: Invitation, day: int = 14) -> Meeting:
    return services.summon(
        invitation=invitation,
        wanted=wanted(world, key=KEY),
        starts_at=at(day, 10, month=12),
        permitted=ALL,
        by=world.tine,
        at=at(7, 9, month=12),
    )


def said(world: World, meeting: Meeting, result: Result, hour: int) -> Outcome:
    return services.record_outcome(
        meeting=meeting,
        told=services.Told(result, Way.OFFICE),
        by=world.tine,
        at=at(14, hour, month=12),
        today=date(2026, 12, 14),
    )


def states(invitation: Invitation) -> list[str]:
    steps = InvitationStep.objects.filter(invitation=invitation).order_by("taken_at", "pk")
    return [step.state for step in steps]


def words_of(step: InvitationStep) -> str:
    assert step.document is not None
    content = content_of(step.document)
    assert content is not None
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_the_file_has_every_state_in_both_languages_and_leads_to_an_end() -> None:
    read = machine.machine()

    assert {*read.steps} == {*InvitationState}
    for step in read.steps.values():
        assert lix(f"{step.title.da}.\n{step.text.da}") <= HARDEST, step.state
    for ground in read.grounds.values():
        assert {ground.url, ground.status, ground.not_read.en} > {ground.url}
        assert lix(ground.says.da) <= HARDEST + 10, ground.key


@pytest.mark.parametrize(
    ("before", "after", "trouble"),
    [
        ("follows: [held, missed, invited, excused]", "follows: []", "leads to no end"),
        ("grounds: [fitting]", "grounds: [invented]", "no ground is called invented"),
        ("status: UNCERTAIN-SEC", "status: SURE", "status"),
        ("state: missed_fair", "state: missed", "missed_fair is missing"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_the_place(
    before: str, after: str, trouble: str
) -> None:
    text = machine.OURS.read_text("utf-8")

    with pytest.raises(machine.BadSteps, match=trouble):
        machine.read_steps(text.replace(before, after), "invitation-steps.yaml")


def test_an_invitation_writes_a_letter_without_a_time_and_tells_of_it(tine: World) -> None:
    invitation = invited(tine)

    (step,) = InvitationStep.objects.filter(invitation=invitation)
    words = words_of(step)
    assert step.deadline_on == date(2026, 11, 30)
    assert "30. november 2026" in words
    assert "§ 46" in words
    assert "kl." not in words
    assert lix(words) <= HARDEST
    assert Notice.objects.get(citizen=invitation.citizen).title == "Vælg en tid til en samtale"


def test_two_invitations_to_the_same_talk_never_wait_at_once(tine: World) -> None:
    first = invited(tine)

    with pytest.raises(services.InvitedAlready):
        invited(tine, first.citizen)


def test_a_way_that_the_law_forbids_is_not_offered(tine: World) -> None:
    assert invited(tine, permitted=frozenset({Way.PHONE})).ways == ["phone"]
    with pytest.raises(services.NoWays):
        invited(tine, permitted=frozenset({Way.HOME}))


def test_the_exempt_are_not_invited_and_the_refusal_says_why(tine: World) -> None:
    citizen = somebody(tine, [{"kind": "sick_report", "from": date(2026, 11, 20)}])

    with pytest.raises(services.NotAsked, match="meldt syg") as refusal:
        invited(tine, citizen)
    assert refusal.value.why == "sick"


def test_nobody_is_summoned_who_was_not_invited_reminded_and_given_time(tine: World) -> None:
    invitation = invited(tine)

    with pytest.raises(services.NotThatStep):
        summoned(tine, invitation)


def test_a_summons_books_the_time_and_writes_the_letter_at_once(tine: World) -> None:
    invitation = expired(tine)

    meeting = summoned(tine, invitation)

    assert states(invitation) == ["invited", "reminded", "expired", "summoned"]
    assert (meeting.text_set, meeting.invitation) == (TextSet.SUMMONS, invitation)
    words = words_of(InvitationStep.objects.get(state="summoned"))
    for told in ("mandag den 14. december 2026 kl. 10.00", "Torvet 1", "§ 46", "tage en med"):
        assert told in words
    assert lix(words) <= HARDEST
    assert summoned(tine, invitation) == meeting, "a second click"


def test_a_summons_gives_the_letter_time_to_come(tine: World) -> None:
    with pytest.raises(services.SummonsTooSoon) as refusal:
        summoned(tine, expired(tine), day=11)

    assert refusal.value.earliest == date(2026, 12, 14)


def test_who_fell_ill_meanwhile_is_not_summoned(tine: World) -> None:
    invitation = expired(tine)
    with tine.building():
        EntryFactory(citizen=invitation.citizen, kind="sick_report", on=date(2026, 12, 7), form="")

    with pytest.raises(services.NotAsked):
        summoned(tine, invitation)
    assert not Meeting.objects.exists()


def test_a_time_that_the_citizen_chooses_answers_the_invitation_even_late(tine: World) -> None:
    invitation = expired(tine)

    meeting = services.book(
        citizen=invitation.citizen,
        wanted=wanted(tine, key=KEY),
        starts_at=at(14, 9, month=12),
        permitted=ALL,
        hand=services.Hand(tine.tine, at(8, 9, month=12), is_staff=False),
    )

    assert (meeting.text_set, meeting.invitation) == (TextSet.INVITATION, invitation)
    assert states(invitation)[-1] == "booked"
    with pytest.raises(services.NotThatStep):
        summoned(tine, invitation)


def test_a_time_that_is_called_off_lets_the_citizen_choose_again(tine: World) -> None:
    invitation = expired(tine)
    meeting = summoned(tine, invitation)

    hand = services.Hand(tine.tine, at(8, 9, month=12), is_staff=False)
    services.cancel(meeting=meeting, why=WhyCancelled.ILL, hand=hand)

    assert states(invitation)[-1] == "invited"
    assert [each.deadline_on for each in waiting_invitations()] == [date(2026, 12, 15)]


def test_what_came_of_the_meeting_is_noted_once(tine: World) -> None:
    invitation = expired(tine)
    meeting = summoned(tine, invitation)

    for _ in range(2):
        services.follow_outcome(meeting, Result.MISSED, by=tine.tine, at=at(14, 11, month=12))
    services.follow_outcome(meeting, Result.HELD, by=tine.tine, at=at(14, 12, month=12))

    assert states(invitation)[-2:] == ["missed", "held"]


def test_whom_nothing_is_asked_of_any_more_is_told_so(tine: World) -> None:
    invitation = invited(tine)

    for _ in range(2):
        services.excuse(invitation=invitation, by=tine.tine, at=NOW)

    assert states(invitation) == ["invited", "excused"]
    assert queries.open_invitation(invitation.citizen) is None


def test_nobody_is_called_in_for_what_the_a_kasse_owes_alone(tine: World) -> None:
    with tine.building():
        insured = CitizenFactory(tenant=tine.tenant, a_kasse="akademikerne")
        CaseFactory(citizen=insured, unit=tine.team)
        SpellFactory(
            citizen=insured,
            benefit="dagpenge",
            target_group="G1",
            starts_on=date(2026, 11, 2),
        )
        for kind in ("registration", "benefit_period"):
            EntryFactory(citizen=insured, kind=kind, on=date(2026, 11, 2), form="", actor="citizen")
    lines = duties_of(insured, date(2026, 11, 23))
    owed = {line.duty.rule_id for line in lines if line.duty.actor == "a_kasse"}

    assert owed
    assert queries.duty_to_meet(types()["interview"], lines) not in owed


def test_a_wrong_word_of_what_came_of_it_is_corrected_in_the_invitation_too(tine: World) -> None:
    invitation = expired(tine)
    meeting = summoned(tine, invitation)
    told = [Result.HELD, Result.MISSED, Result.EXCUSED, Result.HELD, Result.EXCUSED, Result.MISSED]

    for hour, result in enumerate(told, start=11):
        said(tine, meeting, result, hour)

    assert states(invitation)[-7:] == ["summoned", *told]


@pytest.mark.parametrize("result", [*Result])
def test_what_is_taken_back_leads_the_invitation_back_to_its_summons(
    tine: World, result: Result
) -> None:
    invitation = expired(tine)
    meeting = summoned(tine, invitation)
    outcome = said(tine, meeting, result, 11)

    services.take_back(
        outcome=outcome, by=tine.tine, at=at(14, 12, month=12), today=date(2026, 12, 14)
    )

    assert states(invitation)[-3:] == ["summoned", result, "summoned"]
    said(tine, meeting, Result.HELD, 13)
    assert states(invitation)[-1] == "held"


def test_who_came_is_not_told_that_nothing_is_asked(tine: World) -> None:
    invitation = expired(tine)
    said(tine, summoned(tine, invitation), Result.HELD, 11)

    with pytest.raises(services.NotThatStep):
        services.excuse(invitation=invitation, by=tine.tine, at=at(14, 12, month=12))
