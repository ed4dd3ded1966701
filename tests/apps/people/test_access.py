"""Access: granted, ended, and what the web then sees."""

from datetime import UTC, datetime

import pytest

from tests.world.factories import UserFactory
from tests.world.municipality import World
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.models import Case
from velvalgt.apps.cases.services import HasAnOpenCase, close_case, open_case
from velvalgt.apps.people.choices import Ground
from velvalgt.apps.people.models import Access, Citizen
from velvalgt.apps.people.services import UserTaken, give_user, grant, revoke

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
SOON = datetime(2026, 11, 20, 9, tzinfo=UTC)


def seen_by_tine(world: World) -> set[str]:
    with world.as_tine():
        return set(Citizen.objects.values_list("name", flat=True))


def test_a_grant_lets_the_unit_see_the_citizen(world: World) -> None:
    with world.building():
        grant(
            to=world.team,
            citizen=world.elsewhere,
            purpose=Purpose.CASE_WORK,
            ground=Ground.CASE,
            at=AT,
        )

    assert "Sydpå" in seen_by_tine(world)


def test_the_same_grant_twice_is_one(world: World) -> None:
    words = {"purpose": Purpose.CASE_WORK, "ground": Ground.CASE}
    with world.building():
        first = grant(to=world.team, citizen=world.elsewhere, at=AT, **words)
        again = grant(to=world.team, citizen=world.elsewhere, at=SOON, **words)

    assert (again.pk, again.starts_at) == (first.pk, AT)


def test_a_grant_that_is_ended_shows_nobody_and_stays_on_record(world: World) -> None:
    with world.building():
        access = Access.objects.get(citizen=world.amalie, ground=Ground.CASE)
        revoke(access=access, at=AT)
        kept = Access.objects.get(pk=access.pk)

    assert seen_by_tine(world) == {"Jørn"}
    assert kept.ends_at == AT


def test_closing_a_case_hides_the_citizen_from_the_unit_but_not_from_themselves(
    world: World,
) -> None:
    with world.building():
        close_case(case=Case.objects.get(citizen=world.amalie), on=AT.date(), at=AT)

    assert seen_by_tine(world) == {"Jørn"}
    with acting(world.tenant.pk, world.amalie.user_id, Purpose.OWN_CASE):
        assert Citizen.objects.get().name == "Amalie"


def test_opening_a_case_shows_the_citizen_to_the_unit_that_has_it(world: World) -> None:
    with world.building():
        close_case(case=Case.objects.get(citizen=world.elsewhere), on=AT.date(), at=AT)
        case = open_case(
            citizen=world.elsewhere, unit=world.team, caseworker=world.tine, on=AT.date(), at=SOON
        )

    assert "Sydpå" in seen_by_tine(world)
    assert case.caseworker == world.tine


def test_a_citizen_has_one_open_case_at_most(world: World) -> None:
    with world.building(), pytest.raises(HasAnOpenCase):
        open_case(citizen=world.amalie, unit=world.team, caseworker=None, on=AT.date(), at=AT)


def test_a_citizen_who_gets_a_user_sees_their_own_case_and_no_other(world: World) -> None:
    with world.building():
        user = UserFactory(tenant=world.tenant)
        give_user(citizen=world.elsewhere, user=user, at=AT)

    with acting(world.tenant.pk, user.pk, Purpose.OWN_CASE):
        assert [citizen.name for citizen in Citizen.objects.all()] == ["Sydpå"]


def test_a_user_stands_for_one_citizen_alone(world: World) -> None:
    with world.building(), pytest.raises(UserTaken):
        give_user(citizen=world.elsewhere, user=world.amalie.user, at=AT)
