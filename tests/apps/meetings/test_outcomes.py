"""What came of a meeting is said once; a wrong word is corrected, and the journal with it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.world.factories import EntryFactory, SpellFactory
from tests.world.meetings import NOW, Office, at, wanted
from tests.world.municipality import World
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases import services as cases
from velvalgt.apps.cases.choices import Actor, Kind, Owner, Side
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.cases.queries import plan_of
from velvalgt.apps.duties.queries import duties_of
from velvalgt.apps.meetings import diary, services
from velvalgt.apps.meetings.asking import invitations_of
from velvalgt.apps.meetings.choices import Result, Way, WhyCancelled
from velvalgt.apps.meetings.models import Meeting, Outcome
from velvalgt.apps.meetings.services import Told
from velvalgt.apps.meetings.types import type_of, types
from velvalgt.apps.meetings.writing_up import may_be_invited, times_after
from velvalgt.apps.messages.models import Notice
from velvalgt.apps.people.choices import Form

TODAY = date(2026, 11, 25)
AFTER = at(25, 11)
HELD = Told(Result.HELD, Way.OFFICE)
MISSED = Told(Result.MISSED, Way.OFFICE)

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def booked(tine: World) -> Callable[..., Meeting]:
    """Book a meeting with Jørn on Wednesday at ten, two days before."""

    def book(key: str = "first_interview", way: Way = Way.OFFICE, **more: object) -> Meeting:
        asked: dict[str, object] = {"citizen": tine.joern, "starts_at": at(25, 10)} | more
        return services.book(  # type: ignore[arg-type]
            wanted=wanted(tine, way, key, caseworker_id=tine.tine.pk),
            permitted=frozenset(Way),
            hand=services.Hand(tine.tine, NOW, is_staff=True),
            **asked,
        )

    return book


def say(world: World, meeting: Meeting, told: Told = HELD, **more: object) -> Outcome:
    said = {"by": world.tine, "at": AFTER, "today": TODAY} | more
    return services.record_outcome(meeting=meeting, told=told, **said)  # type: ignore[arg-type]


def journal() -> list[tuple[str, str, str, date]]:
    return [(e.kind, e.actor, e.form, e.on) for e in Entry.objects.standing().order_by("pk")]


def test_a_held_interview_is_written_in_the_journal_in_the_form_it_was_held(
    tine: World, booked: Callable[..., Meeting]
) -> None:
    outcome = say(tine, booked("interview"), Told(Result.HELD, Way.PHONE))

    assert journal() == [(Kind.INTERVIEW, Actor.MUNICIPALITY, Form.PHONE, TODAY)]
    assert outcome.entry == Entry.objects.get()


def test_a_walk_counts_as_a_meeting_in_person(tine: World, booked: Callable[..., Meeting]) -> None:
    say(tine, booked("interview"), Told(Result.HELD, Way.WALK))

    assert journal() == [(Kind.INTERVIEW, Actor.MUNICIPALITY, Form.IN_PERSON, TODAY)]


@pytest.mark.parametrize(
    ("key", "way", "kind"),
    [
        ("sick_follow_up", Way.OFFICE, [Kind.FOLLOW_UP]),
        ("short_call", Way.PHONE, []),
        ("team_conference", Way.OFFICE, []),
    ],
)
def test_only_what_counts_is_written_in_the_journal(
    tine: World, booked: Callable[..., Meeting], key: str, way: Way, kind: list[Kind]
) -> None:
    say(tine, booked(key, way), Told(Result.HELD, way))

    assert [entry[0] for entry in journal()] == kind


def test_the_talk_about_a_special_effort_says_so_in_the_journal(
    tine: World, booked: Callable[..., Meeting]
) -> None:
    outcome = say(tine, booked("intensified_interview"))

    assert outcome.entry is not None
    assert (outcome.entry.detail, outcome.entry.actor) == ("intensified_effort", "municipality")


@pytest.mark.parametrize("result", [Result.MISSED, Result.EXCUSED])
def test_who_did_not_come_has_held_no_interview(
    tine: World, booked: Callable[..., Meeting], result: Result
) -> None:
    outcome = say(tine, booked(), Told(result, Way.OFFICE))

    assert (outcome.result, outcome.entry) == (result, None)
    assert journal() == []


def test_the_duties_follow_a_held_interview_and_its_withdrawal(
    tine: World, booked: Callable[..., Meeting]
) -> None:
    with tine.building():
        SpellFactory(citizen=tine.joern, starts_on=date(2026, 11, 23))
        EntryFactory(
            citizen=tine.joern,
            kind="first_contact",
            on=date(2026, 11, 23),
            actor="citizen",
            form="",
        )
    meeting = booked()

    def status() -> str:
        lines = duties_of(tine.joern, TODAY)
        return next(line.duty.status for line in lines if line.duty.rule_id == "k3_first_for_all")

    before = status()
    outcome = say(tine, meeting)
    held = status()
    services.take_back(outcome=outcome, by=tine.tine, at=AFTER, today=TODAY)

    assert (before, held, status()) == ("upcoming", "met", "upcoming")


def test_saying_it_twice_is_saying_it_once(tine: World, booked: Callable[..., Meeting]) -> None:
    meeting = booked()

    assert say(tine, meeting) == say(tine, meeting)
    assert len(journal()) == 1


def test_nothing_has_come_of_a_meeting_that_has_not_begun(
    tine: World, booked: Callable[..., Meeting]
) -> None:
    meeting = booked()

    with pytest.raises(services.NotBegun):
        say(tine, meeting, at=at(25, 9, 59))
    say(tine, meeting, at=at(25, 10))


def test_nothing_came_of_a_meeting_that_was_called_off(
    tine: World, booked: Callable[..., Meeting]
) -> None:
    meeting = booked()
    hand = services.Hand(tine.tine, NOW, is_staff=True)
    services.cancel(meeting=meeting, why=WhyCancelled.US, hand=hand)

    with pytest.raises(services.NotAgreedAnyMore):
        say(tine, meeting)


def test_a_wrong_word_is_corrected_and_the_journal_with_it(
    tine: World, booked: Callable[..., Meeting]
) -> None:
    meeting = booked()
    held = say(tine, meeting)

    missed = say(tine, meeting, MISSED)

    assert missed.corrects == held
    assert journal() == []
    assert Entry.objects.filter(is_withdrawal=True).count() == 1
    assert diary.outcome_of(meeting) == missed


def test_who_came_after_all_is_written_in_the_journal(
    tine: World, booked: Callable[..., Meeting]
) -> None:
    meeting = booked()
    say(tine, meeting, MISSED)
    say(tine, meeting)

    assert [entry[0] for entry in journal()] == [Kind.INTERVIEW]


def test_another_form_corrects_the_entry_of_the_first(
    tine: World, booked: Callable[..., Meeting]
) -> None:
    meeting = booked()
    say(tine, meeting)
    say(tine, meeting, Told(Result.HELD, Way.VIDEO))

    assert journal() == [(Kind.INTERVIEW, Actor.MUNICIPALITY, Form.VIDEO, TODAY)]


def test_taken_back_it_waits_for_a_word_again(tine: World, booked: Callable[..., Meeting]) -> None:
    meeting = booked()
    outcome = say(tine, meeting)
    meetings = diary.meetings_of_staff(tine.tine.pk)
    assert diary.without_a_word(meetings, AFTER, 9) == []

    services.take_back(outcome=outcome, by=tine.tine, at=AFTER, today=TODAY)

    assert [line.meeting for line in diary.without_a_word(meetings, AFTER, 9)] == [meeting]
    assert diary.outcome_of(meeting) is None
    with pytest.raises(cases.AlreadyCorrected):
        services.take_back(outcome=outcome, by=tine.tine, at=AFTER, today=TODAY)


def test_an_interview_withdrawn_in_the_journal_is_taken_back_of_its_meeting_too(
    tine: World, booked: Callable[..., Meeting]
) -> None:
    meeting = booked()
    entry = say(tine, meeting).entry
    assert entry is not None

    withdrawal = services.withdraw_interview(entry=entry, by=tine.tine, at=AFTER, today=TODAY)

    assert withdrawal.corrects == entry
    assert diary.outcome_of(meeting) is None


def test_an_interview_written_by_hand_before_is_not_written_twice(
    tine: World, booked: Callable[..., Meeting]
) -> None:
    by_hand = cases.record_interview(
        citizen=tine.joern,
        on=TODAY,
        form=Form.IN_PERSON,
        today=TODAY,
        by=tine.tine,
        at=AFTER - timedelta(minutes=5),
    )

    assert say(tine, booked()).entry == by_hand


def test_what_was_agreed_holds_no_cpr_number(tine: World, booked: Callable[..., Meeting]) -> None:
    with pytest.raises(cases.HoldsCpr):
        say(tine, booked(), replace(HELD, agreed="010190-1234 skriver til dem"))


def plan_hand(world: World) -> cases.Hand:
    return cases.Hand(Side.MUNICIPALITY, world.tine, AFTER, TODAY)


def write_up(world: World, meeting: Meeting, then: services.Then, told: Told = HELD) -> Outcome:
    return services.write_up(
        meeting=meeting, told=told, then=then, hand=plan_hand(world), moment=AFTER
    )


STEP = cases.NewStep("Skriv til to steder", date(2026, 12, 9), Owner.CITIZEN)


def test_one_writing_tells_the_outcome_the_plan_and_the_next_meeting(
    tine: World, booked: Callable[..., Meeting]
) -> None:
    meeting = booked()
    slot = times_after(meeting, AFTER)[0]
    then = services.Then(
        STEP, cases.NewGoal("Job på et lager"), services.Following(slot.starts_at, tine.tine.pk)
    )

    write_up(tine, meeting, then, replace(HELD, agreed="Jørn ser på lagre i Velby."))

    following = diary.diary(
        diary.meetings_of_unit(tine.team.pk), date(2026, 12, 1), date(2027, 1, 30), AFTER
    )
    agreed = diary.last_agreed(tine.joern)
    assert agreed is not None
    assert agreed.agreed == "Jørn ser på lagre i Velby."
    assert [goal.now.words for goal in plan_of(tine.joern).open_goals] == ["Job på et lager"]
    assert [day.lines[0].meeting.type for day in following] == ["interview"]
    assert Notice.objects.filter(title__contains="plan").count() == 1


def test_the_next_meeting_is_proposed_when_its_type_is_followed_up(
    tine: World, booked: Callable[..., Meeting]
) -> None:
    slots = times_after(booked(), AFTER)

    assert [slot.starts_at for slot in slots] == [at(day, 10, month=12) for day in (21, 22, 23)]


def test_a_short_call_asks_for_no_next_one(tine: World, booked: Callable[..., Meeting]) -> None:
    assert times_after(booked("short_call", Way.PHONE), AFTER) == []


def test_the_citizen_is_invited_to_choose_the_next_time_once_for_all(
    tine: World, booked: Callable[..., Meeting]
) -> None:
    meeting = booked()
    assert may_be_invited(meeting, AFTER)

    write_up(tine, meeting, services.Then(invites=True))

    (line,) = invitations_of(tine.joern)
    assert (line.type.key, line.state, line.step.document is not None) == (
        "interview",
        "invited",
        True,
    )
    assert not may_be_invited(meeting, AFTER)
    with pytest.raises(services.InvitedAlready):
        write_up(tine, meeting, services.Then(invites=True))


def test_who_is_sick_is_not_invited_and_nothing_is_written(
    tine: World, booked: Callable[..., Meeting]
) -> None:
    meeting = booked()
    with tine.building():
        EntryFactory(citizen=tine.joern, kind="sick_report", on=TODAY, form="")

    assert not may_be_invited(meeting, AFTER)
    with pytest.raises(services.NotAsked):
        write_up(tine, meeting, services.Then(invites=True))
    assert (Outcome.objects.count(), journal()) == (0, [("sick_report", "municipality", "", TODAY)])


def test_where_the_next_time_is_just_taken_nothing_is_written(
    tine: World, booked: Callable[..., Meeting]
) -> None:
    meeting, start = booked(), at(9, 10, month=12)
    booked("interview", citizen=tine.amalie, starts_at=start)
    then = services.Then(STEP, None, services.Following(start, tine.tine.pk))

    with pytest.raises(services.TimeTaken):
        write_up(tine, meeting, then)

    assert (Outcome.objects.count(), journal()) == (0, [])
    assert not plan_of(tine.joern).open_goals


def test_the_diary_asks_as_often_for_many_meetings_as_for_one(
    tine: World, office: Office, booked: Callable[..., Meeting]
) -> None:
    meetings = diary.meetings_of_staff(tine.tine.pk)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            diary.diary(meetings, date(2026, 11, 23), date(2026, 12, 7), AFTER)
        return len(queries)

    say(tine, booked())
    few = asked()
    for hour, citizen in ((9, tine.amalie), (12, tine.joern), (13, tine.amalie)):
        say(tine, booked("interview", citizen=citizen, starts_at=at(24, hour)))

    # Two talks on a day in the same form are one event of the journal.
    assert len(journal()) == 3

    assert asked() == few


def test_another_units_staff_see_no_outcome(tine: World, booked: Callable[..., Meeting]) -> None:
    say(tine, booked())

    with acting(tine.tenant.pk, tine.ib.pk, Purpose.ADMINISTRATION):
        assert not Outcome.objects.exists()


@pytest.mark.parametrize(
    ("result", "state"),
    [(Result.HELD, "held"), (Result.MISSED, "missed"), (Result.EXCUSED, "excused")],
)
def test_what_came_of_it_is_the_next_step_of_the_invitation(
    tine: World, booked: Callable[..., Meeting], result: Result, state: str
) -> None:
    asked = services.Asked(type_of("first_interview"), (Way.OFFICE,))
    invitation = services.invite(
        citizen=tine.joern, asked=asked, permitted=frozenset(Way), by=tine.tine, at=NOW
    )
    meeting = booked()

    say(tine, meeting, Told(result, Way.OFFICE))

    steps = invitation.steps.order_by("pk").values_list("state", flat=True)
    assert list(steps) == ["invited", "booked", state]


@pytest.fixture
def second(tine: World, booked: Callable[..., Meeting]) -> tuple[Outcome, Outcome]:
    """Two talks of one day that the journal tells by one entry."""
    first = say(tine, booked("interview", starts_at=at(25, 9)))
    return first, say(tine, booked("interview", starts_at=at(25, 12)), at=at(25, 13))


def test_a_talk_that_shares_an_entry_still_counts_when_the_first_is_taken_back(
    tine: World, second: tuple[Outcome, Outcome]
) -> None:
    first, other = second
    assert other.entry is None

    services.take_back(outcome=first, by=tine.tine, at=at(25, 14), today=TODAY)

    assert journal() == [(Kind.INTERVIEW, Actor.MUNICIPALITY, Form.IN_PERSON, TODAY)]
    now = diary.outcome_of(other.meeting)
    assert now is not None
    assert (now.result, now.entry) == (Result.HELD, Entry.objects.standing().get())
    services.take_back(outcome=now, by=tine.tine, at=at(25, 15), today=TODAY)
    assert journal() == []


def test_another_form_of_the_first_leaves_the_second_its_entry(
    tine: World, second: tuple[Outcome, Outcome]
) -> None:
    say(tine, second[0].meeting, Told(Result.HELD, Way.PHONE), at=at(25, 14))

    assert sorted(entry[2] for entry in journal()) == [Form.IN_PERSON, Form.PHONE]


def test_talks_held_in_another_way_than_booked_share_an_entry_too(
    tine: World, booked: Callable[..., Meeting]
) -> None:
    called = Told(Result.HELD, Way.PHONE)
    first = say(tine, booked("interview", starts_at=at(25, 9)), called)
    say(tine, booked("interview", starts_at=at(25, 12)), called, at=at(25, 13))

    services.take_back(outcome=first, by=tine.tine, at=at(25, 14), today=TODAY)

    assert journal() == [(Kind.INTERVIEW, Actor.MUNICIPALITY, Form.PHONE, TODAY)]


def test_a_type_that_the_file_lost_leaves_what_counted_already(
    tine: World, booked: Callable[..., Meeting], monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = booked("interview")
    say(tine, meeting)
    left = {key: each for key, each in types().items() if key != "interview"}
    for module in ("types", "outcomes"):
        monkeypatch.setattr(f"velvalgt.apps.meetings.{module}.types", lambda: left)

    say(tine, meeting, replace(HELD, agreed="Vi ses igen."), at=at(25, 12))

    assert [entry[0] for entry in journal()] == [Kind.INTERVIEW]
