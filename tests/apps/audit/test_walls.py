"""The walls: without an actor nothing is seen; with one, only what is one's own."""

import pytest
from django.apps import apps
from django.db import Error, connection, transaction

from tests.world.factories import CitizenFactory, EntryFactory, SpellFactory
from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import SYSTEM, NobodyActs, acting, current
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.people.models import Access, Citizen, Spell


def rows(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def tenant_tables() -> list[str]:
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("velvalgt.")
        and any(f.column == "tenant_id" for f in model._meta.fields)
    )


@pytest.mark.parametrize("table", [*tenant_tables(), "staff_tenant"])
def test_every_table_with_a_tenant_has_row_security_forced(db: None, table: str) -> None:
    found = rows(
        f"select relrowsecurity, relforcerowsecurity from pg_class where oid = '{table}'::regclass"
    )

    assert found == [(True, True)]


@pytest.mark.parametrize("table", sorted({*tenant_tables()} - {"staff_identity"}))
def test_raw_sql_as_the_web_role_without_an_actor_sees_nothing(world: World, table: str) -> None:
    assert rows(f"select count(*) from {table}") == [(0,)]


def test_the_web_role_may_not_read_identities_at_all(world: World) -> None:
    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        rows("select * from staff_identity")


def test_the_test_itself_is_the_web_role_and_no_superuser(db: None) -> None:
    assert rows("select current_user::text, current_setting('is_superuser')") == [
        ("velvalgt_web", "off")
    ]


def test_a_queryset_that_forgets_its_filter_sees_only_its_own_citizens(world: World) -> None:
    with world.as_tine():
        names = set(Citizen.objects.values_list("name", flat=True))

    assert names == {"Amalie", "Jørn"}


def test_the_worker_sees_its_tenant_and_never_the_neighbour(world: World) -> None:
    with as_role("worker"), acting(world.tenant.pk, SYSTEM, Purpose.LAW):
        names = set(Citizen.objects.values_list("name", flat=True))

    assert names == {"Amalie", "Jørn", "Sydpå"}


def test_not_even_the_owner_of_the_tables_sees_over_the_wall(world: World) -> None:
    with as_role("owner"):
        assert rows("select count(*) from people_citizen") == [(0,)]


def test_a_jurist_sees_everybody_in_the_municipality_for_oversight_only(world: World) -> None:
    unit = world.mette.memberships.model.objects
    with acting(world.tenant.pk, world.mette.pk, Purpose.LEGAL_OVERSIGHT):
        unit_id = unit.get(user=world.mette).unit_id
    with acting(world.tenant.pk, world.mette.pk, Purpose.LEGAL_OVERSIGHT, unit=unit_id):
        overseen = Citizen.objects.count()
    with acting(world.tenant.pk, world.mette.pk, Purpose.CASE_WORK, unit=unit_id):
        as_caseworker = Citizen.objects.count()

    assert (overseen, as_caseworker) == (3, 0)


def test_a_citizen_sees_only_themself(world: World) -> None:
    with acting(world.tenant.pk, world.amalie.user_id, Purpose.OWN_CASE):
        assert [c.name for c in Citizen.objects.all()] == ["Amalie"]


def test_access_that_has_ended_shows_nothing(world: World) -> None:
    with world.building():
        Access.objects.filter(citizen=world.joern, unit=world.team).update(
            ends_at="2021-01-01T00:00Z"
        )

    with world.as_tine():
        assert [c.name for c in Citizen.objects.all()] == ["Amalie"]


def test_someone_cannot_claim_a_unit_they_are_not_in(world: World) -> None:
    with world.building():
        other = world.elsewhere.cases.get().unit_id

    with acting(world.tenant.pk, world.tine.pk, Purpose.CASE_WORK, unit=other):
        assert Citizen.objects.count() == 0


def test_nobody_writes_about_a_citizen_they_cannot_see(world: World) -> None:
    with world.as_tine(), pytest.raises(Error, match="row-level security"), transaction.atomic():
        EntryFactory(citizen=world.elsewhere)


def test_a_record_cannot_point_to_a_citizen_of_another_tenant(world: World) -> None:
    with world.building(), pytest.raises(Error, match="same_tenant"), transaction.atomic():
        SpellFactory(citizen=world.stranger, tenant_id=world.tenant.pk)
        connection.check_constraints()


def test_the_web_role_changes_no_citizen_and_no_grant(world: World) -> None:
    with world.as_tine(), pytest.raises(Error, match="permission denied"), transaction.atomic():
        Citizen.objects.update(name="Andet navn")
    with world.as_tine(), pytest.raises(Error, match="permission denied"), transaction.atomic():
        Access.objects.update(purpose=Purpose.OWN_CASE)


@pytest.mark.parametrize("role", ["web", "worker", "owner"])
def test_the_journal_is_only_added_to_whoever_tries(world: World, role: str) -> None:
    with world.building():
        EntryFactory(citizen=world.joern)

    with as_role(role), world.as_tine(), pytest.raises(Error), transaction.atomic():
        Entry.objects.update(detail="noget andet")
    with as_role(role), world.as_tine(), pytest.raises(Error), transaction.atomic():
        Entry.objects.all().delete()


def test_facts_are_numbered_when_they_change(world: World) -> None:
    def number() -> int:
        return int(
            str(
                rows(
                    f"select number from people_factversion where citizen_id = '{world.joern.pk}'"
                )[0][0]
            )
        )

    with world.building():
        before = number()
        spell = SpellFactory(citizen=world.joern)
        after_spell = number()
        Spell.objects.filter(pk=spell.pk).update(ends_on="2026-11-01")
        after_change = number()
        EntryFactory(citizen=world.joern)
        after_entry = number()
        CitizenFactory(tenant=world.tenant)
        untouched = number()

    assert before < after_spell < after_change < after_entry == untouched


def test_without_an_actor_the_code_says_so(db: None) -> None:
    with pytest.raises(NobodyActs):
        current()
