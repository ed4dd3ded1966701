"""An application is never lost: a receipt at once, one however often it is sent, all or nothing."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.world.factories import MONDAY
from tests.world.municipality import World
from tests.world.offers import (
    NOW,
    a_start,
    an_offer,
    answered,
    application_of,
    applied,
    withdrawn,
)
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.choices import Deed
from velvalgt.apps.cases.models import Receipt
from velvalgt.apps.offers import services
from velvalgt.apps.offers.choices import Outcome
from velvalgt.apps.offers.models import Addition, Application


def counts(world: World) -> tuple[int, int, int]:
    with world.building():
        return (
            Application.objects.count(),
            Addition.objects.count(),
            Receipt.objects.filter(deed=Deed.APPLICATION).count(),
        )


def test_an_application_gets_its_receipt_at_once(world: World) -> None:
    offer = an_offer(world)

    receipt = applied(world, world.amalie, offer, a_start(world, offer))

    assert (receipt.deed, receipt.title) == (Deed.APPLICATION, "Kursus i dataanalyse")
    assert application_of(world, world.amalie).receipt_id == receipt.pk


def test_two_clicks_are_one_application_with_one_receipt(world: World) -> None:
    offer = an_offer(world)
    start = a_start(world, offer)

    first = applied(world, world.amalie, offer, start)
    second = applied(world, world.amalie, offer, start, at=NOW + timedelta(seconds=2))

    assert second == first
    assert counts(world) == (1, 0, 1)


def test_what_is_written_the_second_time_is_kept_beside_the_first(world: World) -> None:
    offer = an_offer(world)
    applied(world, world.amalie, offer, words="Jeg kan lide tal.")

    applied(world, world.amalie, offer, words="Jeg har også et bevis.")
    applied(world, world.amalie, offer, words="Jeg har også et bevis.")

    assert counts(world) == (1, 1, 2)


def test_whoever_withdrew_may_apply_again(world: World) -> None:
    offer = an_offer(world)
    applied(world, world.amalie, offer)
    withdrawn(world, application_of(world, world.amalie))

    applied(world, world.amalie, offer, at=NOW + timedelta(minutes=1))

    assert counts(world)[0] == 2


def test_whoever_was_refused_may_apply_again(world: World) -> None:
    offer = an_offer(world)
    applied(world, world.amalie, offer)
    answered(world, application_of(world, world.amalie), Outcome.REFUSED)

    applied(world, world.amalie, offer, at=NOW + timedelta(minutes=1))

    assert counts(world)[0] == 2


def test_whoever_has_a_seat_that_waits_does_not_get_two(world: World) -> None:
    offer = an_offer(world)
    start = a_start(world, offer)
    applied(world, world.amalie, offer, start)
    answered(world, application_of(world, world.amalie))

    applied(world, world.amalie, offer, start, at=NOW + timedelta(minutes=1))

    assert counts(world)[0] == 1


@pytest.mark.parametrize(("last_day", "is_taken"), [(MONDAY, True), (date(2026, 11, 22), False)])
def test_the_last_day_to_apply_is_a_day_on_which_one_may(
    world: World, last_day: date, is_taken: bool
) -> None:
    offer = an_offer(world)
    start = a_start(world, offer, apply_by=last_day)

    if is_taken:
        assert applied(world, world.amalie, offer, start)
    else:
        with pytest.raises(services.TooLate):
            applied(world, world.amalie, offer, start)


def test_what_is_out_of_the_catalogue_cannot_be_applied_for(world: World) -> None:
    offer = an_offer(world)
    with world.building():
        services.retire_offer(offer=offer, on=MONDAY)

    with pytest.raises(services.NotOffered):
        applied(world, world.amalie, offer)


def test_a_right_that_nobody_has_checked_lately_can_still_be_applied_for(world: World) -> None:
    offer = an_offer(world, expires_on=date(2026, 11, 3), right_source="LAB § 97")

    assert applied(world, world.amalie, offer)


def test_an_error_before_the_end_leaves_nothing_half_done(world: World) -> None:
    """The application is written last: its receipt goes with it."""
    offer = an_offer(world)

    with pytest.raises(DatabaseError):
        applied(world, world.amalie, offer, words="Farvel \x00")

    assert counts(world) == (0, 0, 0)


def test_withdrawing_twice_is_withdrawing_once(world: World) -> None:
    offer = an_offer(world)
    applied(world, world.amalie, offer)
    application = application_of(world, world.amalie)

    assert withdrawn(world, application) == withdrawn(world, application)


def test_nobody_writes_to_what_was_taken_back(world: World) -> None:
    offer = an_offer(world)
    applied(world, world.amalie, offer)
    application = application_of(world, world.amalie)
    withdrawn(world, application)

    with (
        acting(world.tenant.pk, world.amalie.user_id, Purpose.OWN_CASE),
        pytest.raises(services.WithdrawnAlready),
    ):
        services.add_words(application=application, words="Hov.", by=world.amalie.user, at=NOW)


def test_an_application_is_never_changed_or_deleted(world: World) -> None:
    applied(world, world.amalie, an_offer(world))

    with (
        world.building(),
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute("delete from offers_application")
