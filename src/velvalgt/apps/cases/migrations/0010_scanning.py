"""Let the web ask for a scan, and leave it to the worker to say what the scanner found."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import OWNER, VISIBLE_CITIZEN, WEB, WORKER

# Of its own the web says only that there was no scanner, or that we wrote the document ourselves.
SEES = (
    VISIBLE_CITIZEN.format(citizen="citizen_id")
    + " and exists (select 1 from cases_document d where d.id = document_id)"
)
VERDICTS = f"""
drop policy web on cases_scan;
create policy web on cases_scan to {WEB} using ({SEES})
  with check ({SEES} and verdict in ('not_scanned', 'ours'));
"""
ANY_VERDICT = f"""
drop policy web on cases_scan;
create policy web on cases_scan to {WEB} using ({SEES}) with check ({SEES});
"""

# The web may not touch the queue. It may ask for this one job, for its own tenant, as part of what it writes. Each
# asking is a job of its own: one that waits may begin before this transaction is over, and would not see it. The lock
# has them run one after another.
ASK = f"""
create function cases_ask_for_scan() returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if velvalgt_tenant() is null then
    raise exception 'nobody acts' using errcode = 'insufficient_privilege';
  end if;
  perform procrastinate_defer_jobs_v1(array[row(
    'documents', 'velvalgt.apps.cases.tasks.scan_tenant', 0, 'scan ' || velvalgt_tenant(), null,
    jsonb_build_object('tenant_id', velvalgt_tenant()::text), null
  )::procrastinate_job_to_defer_v1]);
end $$;
revoke all on function cases_ask_for_scan() from public;
grant execute on function cases_ask_for_scan() to {WEB}, {WORKER};
alter function cases_ask_for_scan() owner to {OWNER};
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_document_titles"), ("staff", "0002_walls")]

    operations = [
        migrations.RunSQL(VERDICTS, ANY_VERDICT),
        migrations.RunSQL(ASK, "drop function cases_ask_for_scan();"),
    ]
