"""A safety note ends on the tenant's own working day: a demo that stands still keeps its notes."""

from django.db import migrations

SAFETY = """
create or replace function meetings_safety(citizen uuid)
  returns table (needs_two boolean, needs_alarm boolean)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select bool_or(n.needs_two), bool_or(n.needs_alarm) from meetings_safetynote n
        where n.tenant_id = velvalgt_tenant() and n.citizen_id = citizen
          and n.ends_on > {today}
          and not exists (select 1 from meetings_safetynoteend e where e.note_id = n.id)
        having count(*) > 0 $$;
"""
CALENDAR = "(now() at time zone 'Europe/Copenhagen')::date"
WORKING_DAY = f"""coalesce((select t.frozen_on from staff_tenant t
                             where t.id = velvalgt_tenant()), {CALENDAR})"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0003_links_and_waiting"), ("staff", "0004_representatives")]

    operations = [
        migrations.RunSQL(SAFETY.format(today=WORKING_DAY), SAFETY.format(today=CALENDAR))
    ]
