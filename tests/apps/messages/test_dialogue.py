"""The dialogue: what is said stays said, is seen as read, and is answered in time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import Error, connection, transaction

from tests.apps.messages.conftest import NOW, Dialogue
from velvalgt.apps.cases.choices import Side
from velvalgt.apps.cases.models import CaseQuerySet, Document
from velvalgt.apps.cases.queries import caseload, content_of, receipts_of
from velvalgt.apps.messages import queries, services
from velvalgt.apps.messages.models import Message, Reading
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Unit

THURSDAY = date(2026, 11, 26)
FRIDAY_MORNING = datetime(2026, 11, 27, 7, tzinfo=UTC)


def test_a_message_stands_with_who_and_when_and_gives_a_receipt(dialogue: Dialogue) -> None:
    message = dialogue.joern_writes("Hvornår ses vi?")

    with dialogue.as_joern() as joern:
        (shown,) = queries.thread(dialogue.world.joern).messages
        assert (shown.body, shown.author, shown.side) == ("Hvornår ses vi?", joern, Side.CITIZEN)
        assert shown.sent_at == NOW
        assert receipts_of(dialogue.world.joern) == [message.receipt]


def test_the_promise_of_three_working_days_is_the_thursday(dialogue: Dialogue) -> None:
    assert dialogue.joern_writes().answer_by == THURSDAY


def test_where_nothing_is_promised_no_day_is_given(world: object) -> None:
    assert Dialogue(world).joern_writes().answer_by is None  # type: ignore[arg-type]


def test_a_units_own_promise_goes_before_and_counts_from_its_day(dialogue: Dialogue) -> None:
    world = dialogue.world
    with world.building():
        services.promise_answers(
            tenant=world.tenant, unit=world.team, working_days=1, from_on=date(2026, 11, 24)
        )

    with world.as_tine():
        team, other = world.team, Unit.objects.get(code="SYD")
        assert queries.promised_days(team, date(2026, 11, 23)) == 3
        assert queries.promised_days(team, date(2026, 11, 24)) == 1
        assert queries.promised_days(other, date(2026, 11, 24)) == 3


def test_the_second_click_sends_nothing_more(dialogue: Dialogue) -> None:
    first = dialogue.joern_writes()
    second = dialogue.joern_writes(at=NOW + timedelta(seconds=2))

    assert second == first
    with dialogue.as_joern():
        assert Message.objects.count() == 1


def test_what_was_said_is_neither_changed_nor_taken_back(dialogue: Dialogue) -> None:
    dialogue.joern_writes()

    for change in ("update messages_message set body = 'x'", "delete from messages_message"):
        with (
            dialogue.as_joern(),
            pytest.raises(Error, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)


def test_a_file_goes_along_and_lies_in_the_case(dialogue: Dialogue) -> None:
    world = dialogue.world
    note = services.Enclosed("noter.txt", b"Kan kun onsdag")
    with dialogue.as_joern() as joern:
        services.send(citizen=world.joern, body="Se her", enclosed=[note], by=joern, at=NOW)

    with world.as_tine():
        (message,) = queries.thread(world.joern).messages
        (attachment,) = message.attachments.all()
        assert attachment.document.kind == "attachment"
        assert content_of(attachment.document) == b"Kan kun onsdag"


def test_a_file_we_cannot_take_sends_nothing(dialogue: Dialogue) -> None:
    program = services.Enclosed("spil.exe", b"MZ")
    with dialogue.as_joern() as joern, pytest.raises(services.CannotKeep):
        services.send(
            citizen=dialogue.world.joern, body="Se her", enclosed=[program], by=joern, at=NOW
        )

    with dialogue.as_joern():
        assert not Message.objects.exists()
        assert not Document.objects.exists()


def test_the_first_opening_counts_and_is_told_to_the_sender(dialogue: Dialogue) -> None:
    world, later = dialogue.world, NOW + timedelta(hours=1)
    dialogue.joern_writes()
    with world.as_tine():
        for at in (NOW, later):
            shown = queries.thread(world.joern).messages
            services.mark_read(messages=shown, reader=Side.MUNICIPALITY, by=world.tine, at=at)

    with dialogue.as_joern():
        (message,) = queries.thread(world.joern).messages
        assert (message.reading.read_at, message.reading.reader) == (NOW, world.tine)


def test_nobody_reads_their_own_side(dialogue: Dialogue) -> None:
    dialogue.joern_writes()
    with dialogue.as_joern() as joern:
        shown = queries.thread(dialogue.world.joern).messages
        services.mark_read(messages=shown, reader=Side.CITIZEN, by=joern, at=NOW)

        assert not Reading.objects.exists()


def test_whoever_is_promised_an_answer_waits_and_is_late_the_day_after(dialogue: Dialogue) -> None:
    world = dialogue.world
    dialogue.joern_writes()
    with world.as_tine():
        cases = caseload(world.tine.pk)

        (waiting,) = queries.waiting_answers(cases, NOW)
        assert (waiting.citizen, waiting.answer_by, waiting.is_late) == (
            world.joern, THURSDAY, False,
        )  # fmt: skip
        assert late(cases, FRIDAY_MORNING - timedelta(days=1)) == []
        assert late(cases, FRIDAY_MORNING) == [world.joern]


def late(cases: CaseQuerySet, at: datetime) -> list[Citizen]:
    return [each.citizen for each in queries.waiting_answers(cases, at) if each.is_late]


def test_an_answer_ends_the_waiting_and_a_new_question_begins_it_again(dialogue: Dialogue) -> None:
    world = dialogue.world
    dialogue.joern_writes()
    dialogue.tine_answers(at=NOW + timedelta(hours=1))
    with world.as_tine():
        assert queries.waiting_answers(caseload(world.tine.pk), NOW) == []

    dialogue.joern_writes("Hvor?", at=NOW + timedelta(hours=2))
    with world.as_tine():
        (waiting,) = queries.waiting_answers(caseload(world.tine.pk), NOW)
        assert waiting.since == NOW + timedelta(hours=2)


def test_a_thank_you_needs_no_answer(dialogue: Dialogue) -> None:
    world = dialogue.world
    thanks = dialogue.joern_writes("Tak!")
    with world.as_tine():
        for _ in range(2):
            services.needs_no_answer(message=thanks, by=world.tine, at=NOW)

        assert queries.waiting_answers(caseload(world.tine.pk), FRIDAY_MORNING) == []


def test_a_long_dialogue_is_read_a_stretch_at_a_time(dialogue: Dialogue) -> None:
    for number in range(25):
        dialogue.joern_writes(f"Nr. {number}", at=NOW + timedelta(minutes=2 * number))

    with dialogue.as_joern():
        last = queries.thread(dialogue.world.joern)
        first = queries.thread(dialogue.world.joern, before=last.messages[0])
    said = [int(each.body[4:]) for each in first.messages + last.messages]
    assert said == list(range(25))
    assert (last.has_older, first.has_older) == (True, False)


def test_unread_counts_messages_and_gives_notices_in_one_question(
    dialogue: Dialogue, django_assert_num_queries: object
) -> None:
    world = dialogue.world
    dialogue.tine_answers()
    with world.as_tine():
        notice = services.tell(
            citizen=world.joern, occasion="plan", title="Din plan er ny", by=world.tine, at=NOW
        )

    with dialogue.as_joern():
        with django_assert_num_queries(1):  # type: ignore[operator]
            news = queries.unread(world.joern)
        assert (news.messages, news.notices) == (1, ["Din plan er ny"])
        services.mark_seen(notices=[notice], at=NOW)
        services.mark_seen(notices=[notice], at=NOW)
        assert queries.unread(world.joern).notices == []
