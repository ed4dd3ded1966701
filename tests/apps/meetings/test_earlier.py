"""Who waits for an earlier time is offered it: three at once, the longest wait first."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.apps.audit.test_walls import rows
from tests.world.meetings import NOW, Office
from tests.world.municipality import World
from tests.world.roles import as_role
from tests.world.waiting import (
    ALL,
    GAP,
    an_hour_is_free,
    as_citizen,
    december,
    more_citizens,
    nobody_is_free,
    waits,
)
from velvalgt.apps.cases.choices import Deed
from velvalgt.apps.meetings import offering, queries, services, tasks
from velvalgt.apps.meetings.choices import Change, Way, WhyCancelled
from velvalgt.apps.meetings.models import EarlierOffer, EarlierWish, Meeting, MeetingQuerySet
from velvalgt.apps.meetings.offering import AT_ONCE
from velvalgt.apps.messages.models import Notice
from velvalgt.apps.people.models import Citizen

DAY = timedelta(days=1)


def offer(world: World, at: object = NOW) -> list[EarlierOffer]:
    """What the job does; the offers it makes."""
    with world.building():
        return services.offer_earlier(at=at)  # type: ignore[arg-type]


def jobs() -> int:
    """How often it was asked that free times be offered."""
    with as_role("worker"):
        found = rows("select 1 from procrastinate_jobs where lock like 'earlier %'")
    return len(found)


@pytest.fixture
def hour(world: World, office: Office) -> World:
    """One hour is free, and five citizens of Tine's wait, one after another."""
    an_hour_is_free(world, office)
    return world


@pytest.fixture
def five(hour: World) -> list[Citizen]:
    citizens = [hour.amalie, hour.joern, *more_citizens(hour, 3)]
    for number, citizen in enumerate(citizens):
        waits(hour, citizen, december(14, 9 + number), NOW + timedelta(minutes=number))
    return citizens


def test_a_wish_gives_a_receipt_and_twice_is_once(hour: World) -> None:
    wish = waits(hour, hour.joern, december(14), NOW)

    with as_citizen(hour, hour.joern) as hand:
        meeting = Meeting.objects.get()
        assert services.wish_earlier(meeting=meeting, by=hand.by, at=NOW) == wish
        assert [each.deed for each in hour.joern.receipts.all()] == [Deed.MEETING]
        assert queries.earlier_of(meeting, NOW).wish == wish


def test_the_wish_is_taken_back_and_nobody_is_asked_any_more(hour: World) -> None:
    wish = waits(hour, hour.joern, december(14), NOW)

    with as_citizen(hour, hour.joern) as hand:
        for _ in range(2):
            services.stop_waiting(wish=wish, by=hand.by, at=NOW)
        assert hour.joern.receipts.count() == 2

    assert offer(hour) == []


def test_a_free_time_is_offered_to_three_who_have_waited_longest(
    hour: World, five: list[Citizen]
) -> None:
    offers = offer(hour)

    assert [each.citizen for each in offers] == five[:AT_ONCE]
    assert {each.starts_at for each in offers} == {GAP}
    assert {each.expires_at for each in offers} == {NOW + DAY}
    assert offer(hour) == []


def test_they_are_told_in_their_language_and_nothing_is_told_outside(
    hour: World, five: list[Citizen]
) -> None:
    offer(hour)

    with as_citizen(hour, hour.joern):
        titles = set(Notice.objects.values_list("title", flat=True))
    assert "Du kan få en tidligere tid" in titles


def test_the_first_yes_wins_and_the_others_stay_on_the_list(
    hour: World, five: list[Citizen]
) -> None:
    first, second, third = offer(hour)

    with hour.as_tine():
        hand = services.Hand(hour.tine, NOW, is_staff=False)
        moved = services.accept_earlier(offer=second, permitted=ALL, hand=hand)
        assert services.accept_earlier(offer=second, permitted=ALL, hand=hand) == moved
        for late in (first, third):
            with pytest.raises(services.TimeTaken):
                services.accept_earlier(offer=late, permitted=ALL, hand=hand)
        waiting = set(EarlierWish.objects.filter(ended_at__isnull=True).values_list("citizen_id"))

    assert (moved.starts_at, moved.change, moved.sequence) == (GAP, Change.EARLIER, 1)
    assert waiting == {(each.pk,) for each in five} - {(second.citizen_id,)}


def test_a_no_passes_the_offer_on_to_the_next(hour: World, five: list[Citizen]) -> None:
    first, *_ = offer(hour)
    before = jobs()

    with hour.as_tine():
        for _ in range(2):
            services.decline_earlier(offer=first, by=hour.tine, at=NOW)
    assert jobs() == before + 1

    assert [each.citizen for each in offer(hour)] == [five[AT_ONCE]]
    assert offer(hour) == []


def test_an_offer_that_nobody_answered_passes_on_to_the_next(
    hour: World, five: list[Citizen]
) -> None:
    first, *_ = offer(hour)
    later = NOW + DAY

    assert [each.citizen for each in offer(hour, later)] == five[AT_ONCE:]
    with hour.as_tine(), pytest.raises(services.OfferOver):
        hand = services.Hand(hour.tine, later, is_staff=False)
        services.accept_earlier(offer=first, permitted=ALL, hand=hand)


def test_a_time_that_begins_within_two_days_is_offered_to_nobody(
    hour: World, five: list[Citizen]
) -> None:
    assert offer(hour, GAP - timedelta(hours=47)) == []
    assert len(offer(hour, GAP - timedelta(hours=48))) == AT_ONCE


def test_nobody_is_offered_a_time_that_is_not_earlier(world: World, office: Office) -> None:
    nobody_is_free(world, office)
    waits(world, world.joern, december(14), NOW)

    assert offer(world) == []


def test_a_cancelled_meeting_asks_that_its_time_be_offered(world: World, office: Office) -> None:
    nobody_is_free(world, office)
    waits(world, world.joern, december(16), NOW)
    gone = waits(world, world.amalie, december(14), NOW)
    before = jobs()

    with world.as_tine():
        meeting = Meeting.objects.standing().get(uid=gone.uid)
        hand = services.Hand(world.tine, NOW, is_staff=True)
        services.cancel(meeting=meeting, why=WhyCancelled.ILL, hand=hand)

    assert jobs() == before + 1
    assert [each.citizen for each in offer(world)] == [world.joern]
    with world.as_tine():
        assert set(EarlierWish.objects.filter(ended_at__isnull=False)) == {gone}


def test_who_leaves_while_it_is_looked_stops_nobody_elses_offer(
    hour: World, five: list[Citizen], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, left_at = five[0], NOW + timedelta(minutes=30)
    standing = Meeting.objects.standing

    def somebody_leaves() -> MeetingQuerySet:
        EarlierWish.objects.filter(citizen=gone).update(ended_at=left_at)
        return standing().exclude(citizen=gone)

    meanwhile = SimpleNamespace(objects=SimpleNamespace(standing=somebody_leaves))
    with monkeypatch.context() as looking:
        looking.setattr(offering, "Meeting", meanwhile)
        offers = offer(hour)

    assert [each.citizen for each in offers] == five[1 : AT_ONCE + 1]
    with hour.building():
        assert EarlierWish.objects.get(citizen=gone).ended_at == left_at


def test_a_job_leaves_it_to_the_one_that_was_asked_for_since(
    hour: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[object] = []
    monkeypatch.setattr(tasks, "offer_earlier", lambda **asked: looked.append(asked))
    key = str(hour.tenant.pk)

    with as_role("worker"):
        tasks.offer_earlier_of_tenant(key)
        assert len(looked) == 1
        tasks.offer_earlier_of_tenant.configure(lock="earlier").defer(tenant_id=key)
        tasks.offer_earlier_of_tenant(key)
        assert len(looked) == 1
        tasks.offer_earlier_of_tenant(str(hour.neighbour.pk))
        assert len(looked) == 2


def test_no_job_is_asked_for_where_nobody_waits(hour: World) -> None:
    wish = waits(hour, hour.joern, december(14), NOW)
    with hour.as_tine():
        services.stop_waiting(wish=wish, by=hour.tine, at=NOW)
        before = jobs()
        meeting = Meeting.objects.get()
        hand = services.Hand(hour.tine, NOW, is_staff=True)
        services.cancel(meeting=meeting, why=WhyCancelled.ILL, hand=hand)

    assert jobs() == before


def test_nobody_waits_for_a_meeting_that_is_tomorrow(world: World, office: Office) -> None:
    with pytest.raises(services.TooLate):
        waits(world, world.joern, NOW + timedelta(days=1, hours=2), NOW)


def test_a_citizen_sees_their_own_offers_alone(hour: World, five: list[Citizen]) -> None:
    to_amalie, *_ = offer(hour)

    with as_citizen(hour, hour.joern):
        assert queries.earlier_offer_of(hour.joern, to_amalie.pk) is None
        assert {each.citizen_id for each in EarlierOffer.objects.all()} == {hour.joern.pk}
        meeting = Meeting.objects.get()
        standing = queries.earlier_of(meeting, NOW)
        assert standing.offer is not None
        assert standing.offer.starts_at == GAP
        assert queries.earlier_offers_to(hour.joern, NOW) == [standing.offer]
        assert queries.earlier_offers_to(hour.joern, standing.offer.expires_at) == []


def test_extra_hours_and_an_absence_taken_back_ask_that_their_times_be_offered(
    hour: World,
) -> None:
    waits(hour, hour.joern, december(14), NOW)
    before = jobs()
    day = december(7)
    with hour.as_tine():
        told = {"tenant_id": hour.tenant.pk, "resource": hour.tine.pk, "by": hour.tine, "at": NOW}
        besides = services.Besides(hour.team, day, day + timedelta(hours=1), None, (Way.PHONE,))
        services.open_besides(besides=besides, **told)
        assert jobs() == before + 1
        away = services.be_away(starts_at=day, ends_at=day + DAY, **told)
        assert jobs() == before + 1
        services.come_back(special=away, at=NOW)

    assert jobs() == before + 2
