"""Under row security the pages' queries still use indexes, and ask once who may be seen."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from tests.world.municipality import World
from velvalgt.apps.audit.models import Trace
from velvalgt.apps.cases import queries as cases
from velvalgt.apps.duties.models import Duty
from velvalgt.apps.people.models import Citizen, Spell

CITIZENS = 4000
CROWD = f"""
insert into people_citizen (id, tenant_id, name, born_on, cpr_sealed, cpr_index, a_kasse, phone,
                            email, address_is_protected, source, external_key)
  select gen_random_uuid(), velvalgt_tenant(), 'Borger ' || n, '1980-01-01', '',
         sha256(n::text::bytea), '', '', '', false, 'crowd', n::text
  from generate_series(1, {CITIZENS}) n;
insert into people_access (id, tenant_id, citizen_id, unit_id, purpose, ground, starts_at)
  select gen_random_uuid(), tenant_id, id, %(unit)s, 'case_work', 'case', '2020-01-01'
  from people_citizen where source = 'crowd' and external_key::int %% 10 = 0;
insert into people_spell (id, tenant_id, citizen_id, source, external_key, benefit, target_group,
                          municipality, starts_on, degree)
  select gen_random_uuid(), tenant_id, id, '', '', 'kontanthjaelp', 'G2', '099', '2026-01-01', 1
  from people_citizen where source = 'crowd';
insert into cases_entry (id, tenant_id, citizen_id, kind, "on", actor, form, detail,
                         is_withdrawal, recorded_at, source, external_key)
  select gen_random_uuid(), c.tenant_id, c.id, 'interview', date '2026-01-01' + n,
         'municipality', '', '', false, '2026-01-01', '', ''
  from people_citizen c, generate_series(1, 5) n where c.source = 'crowd';
insert into duties_duty (id, tenant_id, citizen_id, rule_id, since, municipality, target_group,
                         status, due, required, done, actor, forms, reason, law_source)
  select gen_random_uuid(), tenant_id, id, 'k3_first_for_all', '2026-01-01', '099', 'G2',
         'met', '2026-01-08', 1, 1, 'municipality', '', '', ''
  from people_citizen where source = 'crowd';
"""
ANALYZE = (
    "analyze people_citizen, people_access, people_spell, cases_entry, duties_duty, audit_trace"
)


@pytest.fixture
def crowded(world: World) -> World:
    """A municipality with so many citizens that a scan would show."""
    with world.building(), connection.cursor() as cursor:
        cursor.execute(CROWD, {"unit": world.team.pk})
        cursor.execute("set role velvalgt_owner")
        cursor.execute(ANALYZE)
        cursor.execute("set role velvalgt_worker")
    return world


def plan(queryset: QuerySet[Any]) -> str:
    return queryset.explain()


@pytest.mark.parametrize("model", [Citizen, Spell, Duty])
def test_who_may_see_is_asked_once_and_not_for_each_row(crowded: World, model: Any) -> None:
    with crowded.as_tine():
        told = plan(model.objects.all())

    assert "hashed SubPlan" in told
    assert "velvalgt_visible_citizens() loops" not in told


def test_the_worklist_finds_its_duties_without_reading_them_all(crowded: World) -> None:
    with crowded.as_tine():
        mine = list(cases.caseload(crowded.tine.pk).values_list("citizen_id", flat=True))
        told = plan(
            Duty.objects.filter(citizen_id__in=mine).pressing(date(2026, 11, 23), date(2026, 12, 7))
        )

    assert "Seq Scan on duties_duty" not in told


def test_a_journal_is_found_by_its_citizen(crowded: World) -> None:
    with crowded.as_tine():
        told = plan(cases.journal_of(crowded.joern))

    assert "cases_entry_of" in told


def test_who_has_looked_is_found_by_the_citizen(crowded: World) -> None:
    with crowded.as_tine():
        told = plan(Trace.objects.of_citizen(crowded.joern.pk))

    assert "audit_trace_of_citizen" in told
