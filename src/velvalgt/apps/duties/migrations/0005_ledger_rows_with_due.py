"""Hand the ledgers the month in which a duty is due, for those that are kept by half-years."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import OWNER, WEB, WORKER


def ledger_rows(columns: str, due: str) -> str:
    """The function, without or with the month that a duty is due."""
    return f"""
drop function duties_ledger_rows(text[]);
create function duties_ledger_rows(rules text[])
  returns table (person_id integer, rule_id text, since date{columns}, municipality text, a_kasse text,
                 "group" text, status text, reason text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select row_number() over ()::integer, d.rule_id, date_trunc('month', d.since)::date{due},
               d.municipality, nullif(c.a_kasse, ''), d.target_group, d.status, d.reason
        from duties_duty d join people_citizen c on c.id = d.citizen_id
        where d.tenant_id = velvalgt_tenant() and d.rule_id = any(rules) $$;
revoke all on function duties_ledger_rows(text[]) from public;
grant execute on function duties_ledger_rows(text[]) to {WEB}, {WORKER};
alter function duties_ledger_rows(text[]) owner to {OWNER};
"""


class Migration(migrations.Migration):
    dependencies = [("duties", "0004_dispensation_walls")]

    operations = [
        migrations.RunSQL(
            ledger_rows(", due date", ", date_trunc('month', d.due)::date"), ledger_rows("", "")
        ),
    ]
