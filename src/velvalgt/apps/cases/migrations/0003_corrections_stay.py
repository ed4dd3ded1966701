"""Keep a correction with the citizen it is about; a foreign key alone sees over the wall."""

from django.db import migrations

STAY = """
create function cases_correction_stays() returns trigger language plpgsql as $$
begin
  if not exists (
    select 1 from cases_entry e where e.id = new.corrects_id and e.citizen_id = new.citizen_id
  ) then
    raise exception 'a correction is about the same citizen' using errcode = 'foreign_key_violation';
  end if;
  return new;
end $$;
create trigger correction_stays before insert on cases_entry for each row
  when (new.corrects_id is not null) execute function cases_correction_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_walls")]

    operations = [
        migrations.RunSQL(
            STAY,
            "drop trigger correction_stays on cases_entry; drop function cases_correction_stays();",
        ),
    ]
