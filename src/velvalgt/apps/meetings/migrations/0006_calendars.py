"""Let a secret address read times alone, and let the web ask that a calendar outside be read."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import OWNER, WEB, WORKER

# Whoever has the address has no user, and sees no meeting. This tells them when the owner's meetings are: those that
# they hold, take part in, or are called to, and those for many that they host. One row at least for an address that
# works: without a meeting in it where there is none.
FEED = f"""
create function meetings_in_feed(secret bytea, since timestamptz)
  returns table (
    uid uuid, sequence integer, starts_at timestamptz, ends_at timestamptz, way text, is_cancelled boolean,
    changed_at timestamptz
  )
  language sql stable security definer set search_path = public, pg_temp
  as $$ select t.uid, t.sequence, t.starts_at, t.ends_at, t.way, t.is_cancelled, t.changed_at
        from meetings_feed f
        join staff_user u on u.id = f.user_id and u.tenant_id = velvalgt_tenant() and u.is_active
        left join lateral (
          select m.uid, m.sequence, m.starts_at, m.ends_at, m.way, c.meeting_id is not null as is_cancelled,
                 coalesce(c.cancelled_at, m.booked_at) as changed_at
          from meetings_meeting m left join meetings_cancellation c on c.meeting_id = m.id
          where m.tenant_id = velvalgt_tenant() and m.ends_at > since
            and not exists (select 1 from meetings_meeting later where later.replaces_id = m.id)
            and m.id in (
              select held.id from meetings_meeting held where held.caseworker_id = u.id
              union select held.id from meetings_meeting held where held.second_id = u.id
              union select held.id from meetings_meeting held
                    join people_citizen p on p.id = held.citizen_id where p.user_id = u.id
              union select held.id from meetings_meeting held
                    join meetings_party party on party.uid = held.uid
                    where party.user_id = u.id and party.left_at is null)
          union all
          select g.id, 0, g.starts_at, g.ends_at, g.way, g.cancelled_at is not null, coalesce(g.cancelled_at, g.arranged_at)
          from meetings_groupmeeting g
          where g.tenant_id = velvalgt_tenant() and g.ends_at > since and g.host_id = u.id
        ) t on true
        where f.tenant_id = velvalgt_tenant() and f.secret_hash = secret and f.revoked_at is null
        order by t.starts_at, t.uid $$;
alter function meetings_in_feed(bytea, timestamptz) owner to {OWNER};
revoke all on function meetings_in_feed(bytea, timestamptz) from public;
grant execute on function meetings_in_feed(bytea, timestamptz) to {WEB}, {WORKER};
"""

# The web may not touch the queue. It may ask that its own user's calendar be read; reading twice does it once.
ASK = f"""
create function meetings_ask_for_reading(calendar uuid) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (
    select 1 from meetings_outsidecalendar o
    where o.id = calendar and o.tenant_id = velvalgt_tenant() and o.user_id = velvalgt_user()
  ) then
    raise exception 'no such calendar' using errcode = 'insufficient_privilege';
  end if;
  perform procrastinate_defer_jobs_v1(array[row(
    'meetings', 'velvalgt.apps.meetings.tasks.read_calendar', 0, null, null,
    jsonb_build_object('tenant_id', velvalgt_tenant()::text, 'calendar_id', calendar::text), null
  )::procrastinate_job_to_defer_v1]);
end $$;
alter function meetings_ask_for_reading(uuid) owner to {OWNER};
revoke all on function meetings_ask_for_reading(uuid) from public;
grant execute on function meetings_ask_for_reading(uuid) to {WEB};
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0005_invitations")]

    operations = [
        migrations.RunSQL(FEED, "drop function meetings_in_feed(bytea, timestamptz);"),
        migrations.RunSQL(ASK, "drop function meetings_ask_for_reading(uuid);"),
    ]
