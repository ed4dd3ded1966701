"""Wall the staff tables by tenant, and answer whose identity something is before there is an actor."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import OWNER, WEB, WORKER, leave_traces, wall

# The list of tenants is nobody's secret to a job, which visits each in turn; the web sees its own alone.
TENANT = f"""
alter table staff_tenant enable row level security;
alter table staff_tenant force row level security;
create policy inside on staff_tenant to {OWNER}, {WORKER} using (true) with check (true);
create policy web on staff_tenant for select to {WEB} using (id = (select velvalgt_tenant()));
grant select, insert, update on staff_tenant to {WORKER};
grant select on staff_tenant to {WEB};
"""

# Sign-in must find the tenant from an identity. The function below is all that reads across tenants, and gives keys only.
IDENTITY = f"""
alter table staff_identity enable row level security;
alter table staff_identity force row level security;
create policy inside on staff_identity to {OWNER} using (true) with check (true);
create policy wall on staff_identity to {WORKER}
  using (tenant_id = (select velvalgt_tenant())) with check (tenant_id = (select velvalgt_tenant()));
grant select, insert, update, delete on staff_identity to {WORKER};
create function staff_known_as(issuer text, subject text) returns table (tenant_id uuid, user_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select i.tenant_id, i.user_id from staff_identity i where i.issuer = $1 and i.subject = $2 $$;
revoke all on function staff_known_as(text, text) from public;
grant execute on function staff_known_as(text, text) to {WEB}, {WORKER};
"""

SESSIONS_AND_JOBS = f"""
grant select, insert, update, delete on django_session to {WEB};
grant select on django_session to {WORKER};
grant select on django_migrations, django_content_type to {WEB}, {WORKER};
grant all on procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers to {WORKER};
grant usage on all sequences in schema public to {WORKER};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0001_tenants_units_users"),
        ("audit", "0001_traces_and_seals"),
        ("sessions", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        migrations.RunSQL(
            TENANT,
            "drop policy web on staff_tenant; drop policy inside on staff_tenant;"
            " alter table staff_tenant no force row level security; alter table staff_tenant disable row level security;",
        ),
        migrations.RunSQL(
            IDENTITY,
            "drop function staff_known_as(text, text); drop policy wall on staff_identity; drop policy inside on staff_identity;"
            " alter table staff_identity no force row level security; alter table staff_identity disable row level security;",
        ),
        wall("staff_unit", web="select"),
        wall("staff_user", web="select"),
        wall("staff_membership", web="select"),
        *[
            leave_traces(f"staff_{name}", citizen=None)
            for name in ("unit", "user", "identity", "membership")
        ],
        migrations.RunSQL(SESSIONS_AND_JOBS, migrations.RunSQL.noop),
    ]
