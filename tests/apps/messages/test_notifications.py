"""Telling citizens outside the page: once, by the way they chose, never at night, never what."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.conf import settings
from django.db import Error, connection, transaction

from tests.apps.messages.conftest import NOW, Dialogue, jobs
from velvalgt.apps.audit.models import new_id
from velvalgt.apps.cases.queries import receipts_of
from velvalgt.apps.messages import queries, services
from velvalgt.apps.messages.choices import Channel, Outcome
from velvalgt.apps.messages.models import Delivery, Notification, Rehearsal
from velvalgt.apps.messages.tasks import NotYetDelivered, tell_citizen
from velvalgt.apps.people.models import ContactWish

NIGHT = services.QuietHours(time(21), time(8))
EVENING = datetime(2026, 11, 23, 21, tzinfo=UTC)
EIGHT = datetime(2026, 11, 24, 7, tzinfo=UTC)


@pytest.fixture
def reached(dialogue: Dialogue) -> Dialogue:
    """Jørn has an e-mail address and a phone."""
    dialogue.let(dialogue.world.joern, email="joern@example.dk", phone="20 30 40 50")
    return dialogue


def choose(dialogue: Dialogue, channel: Channel, quiet: services.QuietHours | None = None) -> None:
    with dialogue.as_joern() as joern:
        services.choose_channel(
            citizen=dialogue.world.joern, channel=channel, quiet=quiet, by=joern, at=NOW
        )


def work_off(dialogue: Dialogue, at: datetime = NOW) -> list[Delivery]:
    """Deliver all that waits, as the worker."""
    with dialogue.world.building():
        for notification in Notification.objects.select_related("citizen").order_by("asked_at"):
            services.deliver(notification=notification, at=at)
        return list(Delivery.objects.order_by("pk"))


def test_an_answer_asks_for_a_job_that_holds_keys_only(reached: Dialogue) -> None:
    reached.tine_answers()

    (job,) = jobs()
    with reached.world.building():
        notification = Notification.objects.get()
    assert job.task_name == tell_citizen.name
    assert job.args == {
        "tenant_id": str(reached.world.tenant.pk),
        "notification_id": str(notification.pk),
    }


def test_what_is_rolled_back_is_told_to_nobody(reached: Dialogue) -> None:
    class Broken(Exception):
        pass

    with reached.world.as_tine(), pytest.raises(Broken), transaction.atomic():
        services.tell(
            citizen=reached.world.joern, occasion="plan", title="x", by=reached.world.tine, at=NOW
        )
        raise Broken

    assert jobs() == []


def test_the_word_outside_never_says_what_it_is_about(reached: Dialogue) -> None:
    reached.tine_answers("Du har kræft, skriver du.")

    (delivery,) = work_off(reached)

    with reached.world.building():
        kept = Rehearsal.objects.get()
    assert (delivery.outcome, delivery.channel) == (Outcome.SENT, Channel.EMAIL)
    assert kept.address == "joern@example.dk"
    assert kept.subject == "Du har nyt på din side"
    assert settings.SITE_ADDRESS in kept.text
    for word in ("kræft", "Tine", "Jørn"):
        assert word not in kept.subject + kept.text


def test_whoever_wishes_english_is_told_in_english(reached: Dialogue) -> None:
    with reached.world.building():
        ContactWish.objects.create(
            tenant_id=reached.world.tenant.pk,
            citizen=reached.world.joern,
            language="en",
            recorded_at=NOW,
        )
    reached.tine_answers()
    work_off(reached)

    with reached.world.building():
        assert Rehearsal.objects.get().subject == "You have news on your page"


def test_running_a_job_twice_tells_once(reached: Dialogue) -> None:
    reached.tine_answers()

    assert len(work_off(reached)) == 1
    assert len(work_off(reached)) == 1


@pytest.mark.parametrize(
    ("channel", "address"), [(Channel.SMS, "+4520304050"), (Channel.EMAIL, "joern@example.dk")]
)
def test_the_citizen_chooses_the_channel(reached: Dialogue, channel: Channel, address: str) -> None:
    choose(reached, channel)
    reached.tine_answers()
    work_off(reached)

    with reached.world.building():
        assert Rehearsal.objects.get().address == address


def test_digital_post_gets_a_key_and_never_the_cpr_number(reached: Dialogue) -> None:
    choose(reached, Channel.DIGITAL_POST)
    reached.tine_answers()
    work_off(reached)

    with reached.world.building():
        assert Rehearsal.objects.get().address == str(reached.world.joern.pk)


def test_whoever_looks_themselves_is_told_on_the_page_only(reached: Dialogue) -> None:
    choose(reached, Channel.PAGE)
    reached.tine_answers()

    assert jobs() == []
    with reached.as_joern():
        assert queries.unread(reached.world.joern).messages == 1


def test_a_choice_gives_a_receipt_and_the_same_again_is_one(reached: Dialogue) -> None:
    choose(reached, Channel.SMS, NIGHT)
    choose(reached, Channel.SMS, NIGHT)

    with reached.as_joern():
        (receipt,) = receipts_of(reached.world.joern)
        assert (receipt.deed, receipt.title) == ("channel", "Sms")
        assert queries.choice_of(reached.world.joern).quiet == NIGHT


def test_a_channel_without_an_address_cannot_be_chosen(dialogue: Dialogue) -> None:
    with pytest.raises(services.NoAddress):
        choose(dialogue, Channel.SMS)


def test_at_night_the_job_waits_until_the_morning(reached: Dialogue) -> None:
    choose(reached, Channel.SMS, NIGHT)
    reached.tine_answers(at=EVENING)

    (job,) = jobs()
    assert job.scheduled_at == EIGHT


def test_a_job_that_runs_at_night_is_put_off_to_the_morning(reached: Dialogue) -> None:
    reached.tine_answers(at=EVENING)
    choose(reached, Channel.SMS, NIGHT)

    assert work_off(reached, EVENING) == []
    assert [job.scheduled_at for job in jobs()][1:] == [EIGHT]


def test_what_was_seen_on_the_page_meanwhile_is_not_told(reached: Dialogue) -> None:
    reached.tine_answers()
    with reached.as_joern() as joern:
        shown = queries.thread(reached.world.joern).messages
        services.mark_read(messages=shown, reader="citizen", by=joern, at=NOW)

    assert [each.outcome for each in work_off(reached)] == [Outcome.SEEN]


def test_three_things_at_once_are_told_together(reached: Dialogue) -> None:
    for number in range(3):
        reached.tine_answers(f"Nr. {number}", at=NOW + timedelta(seconds=number))

    outcomes = [each.outcome for each in work_off(reached, NOW + timedelta(minutes=1))]

    assert outcomes == [Outcome.SENT, Outcome.TOLD, Outcome.TOLD]


def test_whoever_changed_their_mind_is_not_told(reached: Dialogue) -> None:
    reached.tine_answers()
    choose(reached, Channel.PAGE)

    assert [each.outcome for each in work_off(reached)] == [Outcome.UNWANTED]


def test_a_busy_gateway_is_written_down_and_tried_again(reached: Dialogue) -> None:
    reached.let(reached.world.joern, phone="20300503")
    choose(reached, Channel.SMS)
    reached.tine_answers()
    assert [each.outcome for each in work_off(reached)] == [Outcome.BUSY]

    reached.let(reached.world.joern, phone="20304050")

    assert [each.outcome for each in work_off(reached)] == [Outcome.BUSY, Outcome.SENT]


def test_the_job_fails_while_the_gateway_is_busy_so_that_it_comes_again(
    reached: Dialogue,
) -> None:
    reached.let(reached.world.joern, phone="20300503")
    choose(reached, Channel.SMS)
    reached.tine_answers()
    (job,) = jobs()

    with reached.world.building(), pytest.raises(NotYetDelivered):
        tell_citizen(**job.args)

    with reached.world.building():
        assert Delivery.objects.get().outcome == Outcome.BUSY


def test_a_refused_address_ends_it(reached: Dialogue) -> None:
    reached.let(reached.world.joern, phone="+461")
    choose(reached, Channel.SMS)
    reached.tine_answers()

    assert [each.outcome for each in work_off(reached)] == [Outcome.REFUSED]
    with reached.world.as_tine():
        told = queries.last_told(reached.world.joern)
        assert told is not None
        assert told.outcome == Outcome.REFUSED


def test_a_notification_of_nobody_cannot_be_asked_for(reached: Dialogue) -> None:
    with (
        reached.as_joern(),
        pytest.raises(Error, match="no such notification"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("select messages_ask_for_delivery(%s, now())", [new_id()])
