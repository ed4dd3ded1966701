"""Wall the record of what was received; let the worker stage a file's rows in a temporary table."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import WORKER, wall

STAGE = f"""
do $$ begin
  if not has_database_privilege('{WORKER}', current_database(), 'temporary') then
    execute format('grant temporary on database %I to {WORKER}', current_database());
  end if;
end $$;
"""
NO_STAGE = f"""
do $$ begin
  execute format('revoke temporary on database %I from {WORKER}', current_database());
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_import_runs"), ("staff", "0002_walls")]

    operations = [
        wall("exchange_importrun", web="select", worker="select, insert"),
        migrations.RunSQL(STAGE, NO_STAGE),
    ]
