"""Wall what is known of citizens, let `Access` decide who sees whom, and number the changes of facts."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import (
    OWNER,
    VISIBLE_CITIZEN,
    leave_traces,
    per_statement,
    wall,
    wall_citizen_record,
)

MINE = """
  a.tenant_id = velvalgt_tenant() and a.purpose = velvalgt_purpose()
  and a.starts_at <= now() and (a.ends_at is null or a.ends_at > now())
  and (a.user_id = velvalgt_user() or a.unit_id in (
    select m.unit_id from staff_membership m
    where m.tenant_id = velvalgt_tenant() and m.user_id = velvalgt_user() and m.unit_id = velvalgt_unit()
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())))
"""

WHO_SEES_WHOM = f"""
create or replace function velvalgt_sees_everyone() returns boolean language sql stable as $$
  select exists (select 1 from people_access a where a.citizen_id is null and {MINE}) $$;
create or replace function velvalgt_visible_citizens() returns setof uuid language sql stable as $$
  select a.citizen_id from people_access a where a.citizen_id is not null and {MINE} $$;
"""

FACT_VERSION = f"""
create sequence people_fact_number;
create function velvalgt_number_facts() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  execute format(
    'insert into people_factversion (citizen_id, tenant_id, number)
     select %1$I, tenant_id, nextval(''people_fact_number'')
     from (select distinct %1$I, tenant_id from changed order by 1) as touched
     on conflict (citizen_id) do update set number = excluded.number', tg_argv[0]);
  return null;
end $$;
alter function velvalgt_number_facts() owner to {OWNER};
"""

RECORDS = ["residence", "spell", "work", "payment", "contactwish"]
FACTS = ["people_spell", "people_work"]


class Migration(migrations.Migration):
    dependencies = [("people", "0001_citizens_and_facts"), ("staff", "0002_walls")]

    operations = [
        migrations.RunSQL(
            "create unique index people_citizen_of_tenant on people_citizen (tenant_id, id);",
            "drop index people_citizen_of_tenant;",
        ),
        wall("people_access", web="select", sees="user_id = (select velvalgt_user()) or unit_id = (select velvalgt_unit())"),
        migrations.RunSQL(WHO_SEES_WHOM, migrations.RunSQL.noop),
        wall("people_citizen", web="select", sees=VISIBLE_CITIZEN.format(citizen="id")),
        leave_traces("people_citizen", citizen="id"),
        *[
            operation
            for name in RECORDS
            for operation in wall_citizen_record(f"people_{name}", web="select, insert" if name == "contactwish" else "select")
        ],
        wall("people_factversion", web="select", sees=VISIBLE_CITIZEN.format(citizen="citizen_id")),
        migrations.RunSQL(FACT_VERSION, "drop function velvalgt_number_facts(); drop sequence people_fact_number;"),
        per_statement("people_citizen", "facts", "velvalgt_number_facts('id')", "insert update"),
        *[per_statement(table, "facts", "velvalgt_number_facts('citizen_id')") for table in FACTS],
    ]
