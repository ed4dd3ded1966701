"""Powers: what each opens, for how long, and that its end shuts everything at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import Error, transaction

from tests.world.factories import UserFactory
from tests.world.municipality import World
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.people.choices import Area, Ground, PowerKind
from velvalgt.apps.people.models import (
    GIVEN_BY_THE_CITIZEN,
    Access,
    Citizen,
    Power,
    PowerHolder,
)
from velvalgt.apps.people.powers import eighteenth_birthday
from velvalgt.apps.people.queries import holds_powers, power_rules, represented_by
from velvalgt.apps.people.services import (
    CannotGivePower,
    end_power,
    give_power,
    hold_power,
    take_up_power,
)
from velvalgt.apps.staff.models import User

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PROOF = {"proof": "Værgeattest fra Familieretshuset", "proof_seen_on": TODAY}


@pytest.fixture
def grethe(world: World) -> User:
    """Jørn's sister, who has an identity and no power yet."""
    with world.building():
        return UserFactory(tenant=world.tenant, name="Grethe", known_as="grethe")


def given(world: World, grethe: User, kind: PowerKind, **period: date) -> Power:
    """A power that Grethe holds for Jørn."""
    proof = {} if kind in GIVEN_BY_THE_CITIZEN else PROOF
    with world.building():
        if kind == PowerKind.CUSTODY:
            Citizen.objects.filter(pk=world.joern.pk).update(born_on=date(2010, 5, 1))
            world.joern.refresh_from_db()
        power = give_power(
            citizen=world.joern, kind=kind, name="Grethe", by=world.tine, today=TODAY, at=NOW,
            **proof, **period,
        ).power  # fmt: skip
        hold_power(power=power, user=grethe, at=NOW)
    return power


def seen_by(world: World, user: User) -> list[str]:
    with acting(world.tenant.pk, user.pk, Purpose.REPRESENTATION):
        return [citizen.name for citizen in Citizen.objects.order_by("name")]


def test_every_kind_of_power_says_what_it_opens() -> None:
    assert set(power_rules()) == set(PowerKind)


@pytest.mark.parametrize("kind", PowerKind)
def test_whoever_acts_sees_and_everybody_sees_the_first_page(kind: PowerKind) -> None:
    rule = power_rules()[kind]

    assert rule.acts <= rule.sees
    assert Area.OVERVIEW in rule.sees


@pytest.mark.parametrize("kind", PowerKind)
def test_who_gives_a_power_is_the_same_in_the_table_and_in_the_database(kind: PowerKind) -> None:
    assert (power_rules()[kind].given_by == "citizen") == (kind in GIVEN_BY_THE_CITIZEN)


@pytest.mark.parametrize("kind", PowerKind)
def test_a_power_shows_its_citizen_and_no_other(
    world: World, grethe: User, kind: PowerKind
) -> None:
    given(world, grethe, kind)

    assert seen_by(world, grethe) == ["Jørn"]
    with acting(world.tenant.pk, grethe.pk, Purpose.OWN_CASE):
        assert list(Citizen.objects.all()) == []


def test_a_power_that_nobody_has_taken_up_opens_nothing(world: World, grethe: User) -> None:
    with world.building():
        give_power(
            citizen=world.joern, kind=PowerKind.COMPANION, name="Grethe", by=world.tine,
            today=TODAY, at=NOW,
        )  # fmt: skip

    assert seen_by(world, grethe) == []


def test_the_end_of_a_power_shuts_everything_at_once(world: World, grethe: User) -> None:
    power = given(world, grethe, PowerKind.PARTY_REPRESENTATIVE)

    with acting(world.tenant.pk, world.joern.user_id, Purpose.OWN_CASE):
        end_power(power=Power.objects.get(pk=power.pk), by=world.joern.user, at=NOW)

    assert seen_by(world, grethe) == []
    with acting(world.tenant.pk, grethe.pk, Purpose.REPRESENTATION):
        assert not holds_powers(grethe, datetime.now(UTC))
        assert represented_by(grethe, NOW) == {}


def test_the_end_of_one_power_leaves_another_open(world: World, grethe: User) -> None:
    first = given(world, grethe, PowerKind.COMPANION)
    given(world, grethe, PowerKind.PARTY_REPRESENTATIVE)

    with world.building():
        end_power(power=first, by=world.tine, at=NOW)

    assert seen_by(world, grethe) == ["Jørn"]


def test_a_longer_power_lengthens_what_a_shorter_one_opened(world: World, grethe: User) -> None:
    soon = datetime.now(UTC).date() + timedelta(days=30)
    given(world, grethe, PowerKind.COMPANION, ends_on=soon)
    given(world, grethe, PowerKind.PARTY_REPRESENTATIVE)

    with world.building():
        grants = Access.objects.filter(ground=Ground.POWER, user=grethe)
        assert [grant.ends_at for grant in grants] == [None]


def test_custody_ends_on_the_eighteenth_birthday(world: World, grethe: User) -> None:
    power = given(world, grethe, PowerKind.CUSTODY)
    midnight = datetime(2028, 4, 30, 22, tzinfo=UTC)  # in Copenhagen it is 1 May

    with world.building():
        grant = Access.objects.get(ground=Ground.POWER, user=grethe)
        assert power.ends_on == date(2028, 5, 1)
        assert grant.ends_at == midnight
        assert Power.objects.standing(midnight - timedelta(seconds=1)).exists()
        assert not Power.objects.standing(midnight).exists()


def test_custody_that_has_ended_shows_nothing(world: World, grethe: User) -> None:
    born = date(2008, 3, 3)
    with world.building():
        Citizen.objects.filter(pk=world.joern.pk).update(born_on=born)
        world.joern.refresh_from_db()
        power = give_power(
            citizen=world.joern, kind=PowerKind.CUSTODY, name="Grethe", by=world.tine,
            today=date(2024, 1, 1), at=datetime(2024, 1, 1, tzinfo=UTC),
            proof="Fødselsattest", proof_seen_on=date(2024, 1, 1),
        ).power  # fmt: skip
        hold_power(power=power, user=grethe, at=datetime(2024, 1, 1, tzinfo=UTC))

    assert seen_by(world, grethe) == []


def test_nobody_gets_custody_of_somebody_who_is_18(world: World) -> None:
    with world.building(), pytest.raises(CannotGivePower):
        give_power(
            citizen=world.joern, kind=PowerKind.CUSTODY, name="Grethe", by=world.tine,
            today=TODAY, at=NOW, **PROOF,
        )  # fmt: skip


def test_who_is_born_on_29_february_comes_of_age_on_1_march() -> None:
    assert eighteenth_birthday(Citizen(born_on=date(2008, 2, 29))) == date(2026, 3, 1)


@pytest.mark.parametrize("kind", sorted(set(PowerKind) - {*GIVEN_BY_THE_CITIZEN}))
def test_what_takes_a_proof_is_not_given_without_one(world: World, kind: PowerKind) -> None:
    young = Citizen(pk=world.joern.pk, tenant_id=world.tenant.pk, born_on=date(2012, 1, 1))
    with world.building(), pytest.raises(CannotGivePower) as refusal:
        give_power(citizen=young, kind=kind, name="Grethe", by=world.tine, today=TODAY, at=NOW)

    assert refusal.value.field == "proof"


def test_a_citizen_gives_no_power_that_takes_a_proof(world: World) -> None:
    own = acting(world.tenant.pk, world.joern.user_id, Purpose.OWN_CASE)
    with own, pytest.raises(Error, match="row-level security"), transaction.atomic():
        give_power(
            citizen=world.joern, kind=PowerKind.GUARDIAN_PERSONAL, name="Grethe",
            by=world.joern.user, today=TODAY, at=NOW, **PROOF,
        )  # fmt: skip


def test_a_representative_gives_no_power_on(world: World, grethe: User) -> None:
    given(world, grethe, PowerKind.CUSTODY)
    hers = acting(world.tenant.pk, grethe.pk, Purpose.REPRESENTATION)

    with hers, pytest.raises(Error, match="row-level security"), transaction.atomic():
        give_power(
            citizen=world.joern, kind=PowerKind.COMPANION, name="En anden", by=grethe,
            today=TODAY, at=NOW,
        )  # fmt: skip


def test_nobody_makes_themself_the_holder_of_a_power(world: World, grethe: User) -> None:
    power = given(world, grethe, PowerKind.COMPANION)
    with world.as_tine(), pytest.raises(Error, match="permission denied"), transaction.atomic():
        PowerHolder.objects.create(
            tenant_id=world.tenant.pk, citizen=world.joern, power=power, user=world.tine, since=NOW
        )


def by_code(world: World, name: str = "Karen") -> str:
    with acting(world.tenant.pk, world.joern.user_id, Purpose.OWN_CASE):
        return give_power(
            citizen=world.joern, kind=PowerKind.COMPANION, name=name, by=world.joern.user,
            today=TODAY, at=datetime.now(UTC),
        ).code  # fmt: skip


def test_a_code_makes_a_stranger_the_holder_once(world: World) -> None:
    code = by_code(world)

    assert take_up_power(code=code.lower(), issuer="demo", subject="karen")
    assert not take_up_power(code=code, issuer="demo", subject="somebody-else")
    with world.building():
        assert PowerHolder.objects.get().user.name == "Karen"


def test_a_code_that_is_wrong_opens_nothing(world: World) -> None:
    by_code(world)

    assert not take_up_power(code="AAAA-AAAA-AAAA", issuer="demo", subject="karen")


def test_the_code_of_a_power_that_was_ended_opens_nothing(world: World) -> None:
    code = by_code(world)
    with world.building():
        end_power(power=Power.objects.get(), by=world.tine, at=NOW)

    assert not take_up_power(code=code, issuer="demo", subject="karen")


def test_a_second_click_gives_no_second_power(world: World) -> None:
    assert by_code(world)
    assert by_code(world) == ""


def test_whom_one_stands_in_for_sees_the_representatives_name(world: World, grethe: User) -> None:
    given(world, grethe, PowerKind.COMPANION)

    with acting(world.tenant.pk, world.joern.user_id, Purpose.OWN_CASE):
        assert "Grethe" in set(User.objects.values_list("name", flat=True))
    with acting(world.tenant.pk, world.amalie.user_id, Purpose.OWN_CASE):
        assert "Grethe" not in set(User.objects.values_list("name", flat=True))
