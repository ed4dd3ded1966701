"""Profiling is off until whoever checks the law for everybody has said on what ground, how long."""

from datetime import date, timedelta

import pytest
from django.db import Error, transaction
from django.utils import timezone

from tests.world.factories import MONDAY
from tests.world.municipality import World, overseeing
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.priorities import queries, services
from velvalgt.apps.priorities.choices import Mode
from velvalgt.apps.priorities.models import ProfilingBasis

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.now()
JUNE = date(2027, 6, 30)


def draft(**changes: object) -> services.BasisDraft:
    """What Mette writes: a paragraph, an assessment and a period."""
    written = {
        "legal_ground": "Prøveparagraf",
        "assessment": "Konsekvensanalyse 26/1234",
        "assessed_on": MONDAY - timedelta(days=30),
        "starts_on": MONDAY,
        "last_day": JUNE,
    }
    return services.BasisDraft(**written | changes)  # type: ignore[arg-type]


def record(world: World, **changes: object) -> ProfilingBasis:
    with overseeing(world, world.mette):
        return services.record_basis(draft=draft(**changes), on=MONDAY, by=world.mette, at=NOW)


def mode(world: World, on: date) -> Mode:
    with world.as_tine():
        return queries.mode_on(on)


def test_a_municipality_that_has_recorded_nothing_does_without_profiling(world: World) -> None:
    assert mode(world, MONDAY) == Mode.PLAIN


def test_a_ground_holds_from_its_first_day_to_its_last(world: World) -> None:
    record(world)

    assert mode(world, MONDAY - timedelta(days=1)) == Mode.PLAIN
    assert mode(world, MONDAY) == Mode.JUDGEMENT
    assert mode(world, JUNE) == Mode.JUDGEMENT


def test_it_ends_by_itself(world: World) -> None:
    record(world)

    assert mode(world, JUNE + timedelta(days=1)) == Mode.PLAIN


def test_it_may_be_ended_at_once_with_a_reason(world: World) -> None:
    basis = record(world)

    with overseeing(world, world.mette):
        services.end_basis(basis=basis, reason="Analysen skal laves om.", by=world.mette, at=NOW)

    assert mode(world, MONDAY) == Mode.PLAIN
    with world.as_tine():
        assert [line.is_over for line in queries.bases(MONDAY)] == [True]


def test_ending_it_takes_a_reason(world: World) -> None:
    basis = record(world)

    with overseeing(world, world.mette), pytest.raises(services.NoReason):
        services.end_basis(basis=basis, reason="  ", by=world.mette, at=NOW)


@pytest.mark.parametrize(
    ("changes", "refusal", "about"),
    [
        ({"legal_ground": " "}, services.NotWritten, "legal_ground"),
        ({"assessed_on": MONDAY + timedelta(days=1)}, services.NotAssessedYet, "assessed_on"),
        ({"last_day": MONDAY - timedelta(days=1)}, services.EndsTooSoon, "last_day"),
        ({"last_day": MONDAY + timedelta(days=400)}, services.HoldsTooLong, "last_day"),
    ],
)
def test_a_ground_that_cannot_hold_is_refused_where_it_is_wrong(
    world: World, changes: dict[str, object], refusal: type[services.DoesNotHold], about: str
) -> None:
    with pytest.raises(refusal) as refused:
        record(world, **changes)

    assert refused.value.about == about
    assert mode(world, MONDAY) == Mode.PLAIN


def test_two_grounds_never_hold_on_the_same_day(world: World) -> None:
    record(world)

    with pytest.raises(services.HoldsAlready):
        record(world, starts_on=JUNE, last_day=JUNE + timedelta(days=30))
    record(world, starts_on=JUNE + timedelta(days=1), last_day=JUNE + timedelta(days=30))


@pytest.mark.parametrize("purpose", [Purpose.CASE_WORK, Purpose.STEERING, Purpose.OWN_CASE])
def test_nobody_else_turns_it_on_not_even_past_the_page(world: World, purpose: Purpose) -> None:
    with as_role("web"), acting(world.tenant.pk, world.tine.pk, purpose):
        with pytest.raises(services.NotYoursToRecord):
            services.record_basis(draft=draft(), on=MONDAY, by=world.tine, at=NOW)
        with pytest.raises(Error), transaction.atomic():
            ProfilingBasis.objects.create(
                tenant_id=world.tenant.pk,
                legal_ground="x",
                assessment="y",
                assessed_on=MONDAY,
                starts_on=MONDAY,
                ends_on=JUNE,
                recorded_by=world.tine,
                recorded_at=NOW,
            )


def test_a_ground_is_never_changed_afterwards(world: World) -> None:
    record(world)

    with (
        as_role("owner"),
        acting(world.tenant.pk, "system", Purpose.ADMINISTRATION),
        pytest.raises(Error),
        transaction.atomic(),
    ):
        ProfilingBasis.objects.update(ends_on=JUNE + timedelta(days=300))
