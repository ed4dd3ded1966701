"""Whoever has the secret address reads when somebody's meetings are, until it is taken away."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from icalendar import Calendar

from tests.apps.meetings.test_booking import book, staff
from tests.world.groups import a_group, enrolled
from tests.world.meetings import NOW, Office, at, wanted
from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.choices import Deed
from velvalgt.apps.cases.models import Receipt
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import WhyCancelled
from velvalgt.apps.meetings.models import Feed, GroupMeeting, Meeting, Party
from velvalgt.apps.staff.models import User

pytestmark = pytest.mark.usefixtures("office")


def open_feed(world: World, user: User, purpose: Purpose = Purpose.CASE_WORK) -> str:
    with acting(world.tenant.pk, user.pk, purpose):
        return services.make_feed(by=user, at=NOW).secret


def booked(world: World) -> Meeting:
    with world.as_tine():
        return book(world, world.joern, wanted=wanted(world, caseworker_id=world.tine.pk))


def test_the_caseworker_and_the_citizen_each_read_their_meeting_and_a_colleague_none(
    world: World, office: Office
) -> None:
    meeting = booked(world)
    own = {
        "tine": open_feed(world, world.tine),
        "joern": open_feed(world, world.joern.user, Purpose.OWN_CASE),
        "hans": open_feed(world, office.hans),
        "amalie": open_feed(world, world.amalie.user, Purpose.OWN_CASE),
    }

    read = {name: [line.uid for line in queries.read_feed(own[name], NOW)] for name in own}
    assert read == {"tine": [meeting.uid], "joern": [meeting.uid], "hans": [], "amalie": []}


def test_whoever_takes_part_or_hosts_has_it_in_their_calendar_too(
    world: World, office: Office
) -> None:
    meeting = booked(world)
    with world.building():
        Party.objects.create(
            tenant_id=world.tenant.pk, citizen=world.joern, uid=meeting.uid, user=world.mette,
            name="Mette", attends="afar", added_by=world.tine, added_at=NOW,
        )  # fmt: skip
        group = GroupMeeting.objects.create(
            tenant_id=world.tenant.pk, type="network", title_da="Netværk", title_en="Network",
            unit=world.team, host=office.hans, starts_at=at(26, 10), ends_at=at(26, 11),
            way="office", seats=8, enrol_until=at(26, 9), arranged_by=world.tine, arranged_at=NOW,
        )  # fmt: skip

    for user, uid in ((world.mette, meeting.uid), (office.hans, group.pk)):
        secret = open_feed(world, user)
        assert [line.uid for line in queries.read_feed(secret, NOW)] == [uid]


def test_a_seat_at_a_meeting_for_many_is_in_the_citizens_calendar_but_a_place_in_line_is_not(
    world: World, office: Office
) -> None:
    group = a_group(world, office, seats=1)
    enrolled(world, world.joern, group)
    enrolled(world, world.amalie, group)
    feeds = [open_feed(world, each.user, Purpose.OWN_CASE) for each in (world.joern, world.amalie)]

    first, second = (queries.read_feed(each, NOW) for each in feeds)
    assert [(line.uid, line.starts_at) for line in first] == [(group.pk, group.starts_at)]
    assert second == []


def test_only_the_hash_is_kept_and_the_old_address_dies_when_a_new_one_is_made(
    world: World,
) -> None:
    first = open_feed(world, world.tine)
    second = open_feed(world, world.tine)

    assert queries.read_feed(second, NOW) == []
    with pytest.raises(services.NoSuchFeed):
        queries.read_feed(first, NOW)
    with world.as_tine():
        kept = [bytes(feed.secret_hash) for feed in Feed.objects.all()]
    assert len(kept) == 2
    assert all(second.encode() not in each for each in kept)


def test_taken_away_it_is_as_if_it_had_never_been(world: World) -> None:
    secret = open_feed(world, world.tine)
    with world.as_tine():
        services.revoke_feed(by=world.tine, at=NOW)
        assert queries.feed_of(world.tine) is None

    with pytest.raises(services.NoSuchFeed):
        queries.read_feed(secret, NOW)


def test_a_citizen_has_a_receipt_for_it(world: World) -> None:
    user = world.joern.user
    with acting(world.tenant.pk, user.pk, Purpose.OWN_CASE):
        services.make_feed(by=user, at=NOW, citizen=world.joern)
        services.revoke_feed(by=user, at=NOW, citizen=world.joern)
        services.revoke_feed(by=user, at=NOW, citizen=world.joern)

        assert Receipt.objects.filter(deed=Deed.MEETING).count() == 2


def test_a_meeting_called_off_stays_as_called_off_and_one_long_past_is_gone(world: World) -> None:
    meeting = booked(world)
    secret = open_feed(world, world.joern.user, Purpose.OWN_CASE)
    with world.as_tine():
        services.cancel(meeting=meeting, why=WhyCancelled.US, hand=staff(world))

    (line,) = queries.read_feed(secret, NOW)
    assert (line.is_cancelled, line.sequence) == (True, 0)
    assert len(queries.read_feed(secret, at(24, 9, month=12))) == 1
    assert queries.read_feed(secret, at(26, 9, month=12)) == []


def test_whoever_has_left_is_read_no_more(world: World) -> None:
    secret = open_feed(world, world.tine)
    with world.building():
        User.objects.filter(pk=world.tine.pk).update(is_active=False)

    with pytest.raises(services.NoSuchFeed):
        queries.read_feed(secret, NOW)


def test_the_secret_shows_no_meeting_itself_and_nobody_elses_feed(world: World) -> None:
    booked(world)
    open_feed(world, world.tine)

    with acting(world.tenant.pk, world.joern.user.pk, Purpose.OWN_CASE):
        assert not Feed.objects.exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            services.make_feed(by=world.tine, at=NOW)


def test_another_municipality_cannot_read_by_the_hash(world: World) -> None:
    open_feed(world, world.tine)
    with world.as_tine():
        secret_hash = bytes(Feed.objects.get().secret_hash)

    ask = "select count(*) from meetings_in_feed(%s, %s)"
    counts = []
    for tenant in (world.tenant, world.neighbour):
        with acting(tenant.pk, "system", Purpose.OWN_CASE), connection.cursor() as cursor:
            cursor.execute(ask, [secret_hash, NOW])
            counts.append(cursor.fetchone()[0])
    assert counts == [1, 0]


def test_the_address_answers_without_a_session_and_only_what_is_new(world: World) -> None:
    meeting = booked(world)
    path = f"/calendar/{open_feed(world, world.tine)}.ics"

    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in answer
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["UID"] == f"{meeting.uid}@velvalgt"
    for word in ("Jørn", "Tine", "Torvet", "Velby", "interview", "samtale", "NORD"):
        assert word.lower() not in answer.content.decode().lower(), word
    again = Client().get(path, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Last-Modified" not in answer, "a meeting that a colleague took over leaves no date"
    english = Client().get(f"{path}?language=en")
    assert b"SUMMARY:Meeting" in english.content


def test_every_wrong_address_has_the_same_answer(world: World) -> None:
    secret = open_feed(world, world.tine)
    with world.as_tine():
        services.revoke_feed(by=world.tine, at=NOW)
    other = "A" * len(secret)

    answers = [Client().get(f"/calendar/{each}.ics") for each in (secret, other, "x", "a" * 65)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_the_worker_can_read_it_too(world: World) -> None:
    secret = open_feed(world, world.tine)

    with as_role("worker"):
        assert queries.read_feed(secret, NOW) == []
