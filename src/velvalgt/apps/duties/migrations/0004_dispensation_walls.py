"""Wall what the State gave: written by whoever oversees the law here, confirmed by another of them."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import OWNER, WEB, WORKER, leave_traces, only_added_to, wall

TABLES = ("duties_dispensation", "duties_confirmation", "duties_dispensationwithdrawal")
OVERSEES = "(select velvalgt_sees_everyone())"
MYSELF = "(select velvalgt_user())"
# A withdrawal of what nobody has confirmed is the end of it: no later confirmation revives it.
NOT_TAKEN_BACK = (
    "not exists (select 1 from duties_dispensationwithdrawal w"
    " where w.dispensation_id = duties_confirmation.dispensation_id)"
)

# A confirmation and a withdrawal have their dispensation's tenant, and a confirmation names the one who recorded it:
# with the check that the two differ, nobody confirms their own, whatever they write in the row.
TIES = """
alter table duties_dispensation add constraint duties_dispensation_whole unique (id, tenant_id, recorded_by_id);
alter table duties_dispensation add constraint duties_dispensation_of_tenant unique (id, tenant_id);
alter table duties_confirmation add constraint duties_confirmation_tells_who_recorded
  foreign key (dispensation_id, tenant_id, recorded_by_id) references duties_dispensation (id, tenant_id, recorded_by_id);
alter table duties_dispensationwithdrawal add constraint duties_withdrawal_same_tenant
  foreign key (dispensation_id, tenant_id) references duties_dispensation (id, tenant_id);
"""
LOOSEN = """
alter table duties_dispensationwithdrawal drop constraint duties_withdrawal_same_tenant;
alter table duties_confirmation drop constraint duties_confirmation_tells_who_recorded;
alter table duties_dispensation drop constraint duties_dispensation_of_tenant;
alter table duties_dispensation drop constraint duties_dispensation_whole;
"""

# The web may not touch the queue. It may ask for this one job, for its own tenant, as part of what it writes. Each
# asking is a job of its own: one that waits may begin before this transaction is over, and would not see it. The lock
# has them run one after another.
ASK = f"""
create function duties_ask_for_reckoning(day date) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if velvalgt_tenant() is null then
    raise exception 'nobody acts' using errcode = 'insufficient_privilege';
  end if;
  perform procrastinate_defer_jobs_v1(array[row(
    'law', 'velvalgt.apps.duties.tasks.reckon_tenant', 0, 'duties ' || velvalgt_tenant(), null,
    jsonb_build_object('tenant_id', velvalgt_tenant()::text, 'day', day::text), null
  )::procrastinate_job_to_defer_v1]);
end $$;
revoke all on function duties_ask_for_reckoning(date) from public;
grant execute on function duties_ask_for_reckoning(date) to {WEB}, {WORKER};
alter function duties_ask_for_reckoning(date) owner to {OWNER};
"""


class Migration(migrations.Migration):
    dependencies = [("duties", "0003_dispensations"), ("people", "0002_walls"), ("staff", "0002_walls")]

    operations = [
        wall(
            "duties_dispensation",
            web="select, insert",
            worker="select",
            writes=f"recorded_by_id = {MYSELF} and {OVERSEES}",
        ),
        wall(
            "duties_confirmation",
            web="select, insert",
            worker="select",
            writes=f"confirmed_by_id = {MYSELF} and {OVERSEES} and {NOT_TAKEN_BACK}",
        ),
        wall(
            "duties_dispensationwithdrawal",
            web="select, insert",
            worker="select",
            writes=f"withdrawn_by_id = {MYSELF} and {OVERSEES}",
        ),
        migrations.RunSQL(TIES, LOOSEN),
        *[only_added_to(table) for table in TABLES],
        *[leave_traces(table, citizen=None) for table in TABLES],
        migrations.RunSQL(ASK, "drop function duties_ask_for_reckoning(date);"),
    ]
