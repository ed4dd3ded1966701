"""Wall the duties; hand the ledgers their rows without telling whose they are."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import (
    OWNER,
    VISIBLE_CITIZEN,
    WEB,
    WORKER,
    same_tenant_as_citizen,
    wall,
    wall_citizen_record,
)

# A ledger counts the whole tenant, its reader sees only their own citizens: the function gives
# rows with the month and nothing that leads to anybody.
LEDGER_ROWS = f"""
create function duties_ledger_rows(rules text[])
  returns table (person_id integer, rule_id text, since date, municipality text, a_kasse text,
                 "group" text, status text, reason text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select row_number() over ()::integer, d.rule_id, date_trunc('month', d.since)::date,
               d.municipality, nullif(c.a_kasse, ''), d.target_group, d.status, d.reason
        from duties_duty d join people_citizen c on c.id = d.citizen_id
        where d.tenant_id = velvalgt_tenant() and d.rule_id = any(rules) $$;
revoke all on function duties_ledger_rows(text[]) from public;
grant execute on function duties_ledger_rows(text[]) to {WEB}, {WORKER};
alter function duties_ledger_rows(text[]) owner to {OWNER};
"""


class Migration(migrations.Migration):
    dependencies = [("duties", "0001_duties_and_ledgers"), ("cases", "0002_walls")]

    operations = [
        # Derived rows: what changes them is the journal, which leaves the trace.
        *[
            operation
            for table in ("duties_duty", "duties_reckoning")
            for operation in (
                wall(
                    table,
                    web="select, insert, update, delete",
                    sees=VISIBLE_CITIZEN.format(citizen="citizen_id"),
                ),
                same_tenant_as_citizen(table),
            )
        ],
        *wall_citizen_record("duties_leaveout", web="select, insert", worker="select, insert"),
        wall("duties_ledger", web="select, insert, update, delete"),
        migrations.RunSQL(LEDGER_ROWS, "drop function duties_ledger_rows(text[]);"),
    ]
