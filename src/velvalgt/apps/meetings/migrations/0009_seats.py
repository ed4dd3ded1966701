"""Count seats and places in line without telling whose they are; tell a colleague when and where alone."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import OWNER, WEB, WORKER


def definer(signature: str, arguments: str, body: str) -> migrations.RunSQL:
    """A reviewed function that looks over the wall and gives numbers, times or nothing."""
    name = f"{signature.partition('(')[0]}({arguments})"
    return migrations.RunSQL(
        f"""
        create function {signature} {body};
        alter function {name} owner to {OWNER};
        revoke all on function {name} from public;
        grant execute on function {name} to {WEB}, {WORKER};
        """,
        f"drop function {name};",
    )


READS = "language sql stable security definer set search_path = public, pg_temp"

# Whoever enrols waits for whoever enrols at the same meeting, and comes after them in line whatever their clock says.
IN_LINE = f"""
create function meetings_in_line() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$ begin
    perform pg_advisory_xact_lock(hashtextextended(new.group_id::text, 8));
    new.enrolled_at := greatest(new.enrolled_at, (
      select max(e.enrolled_at) + interval '1 microsecond' from meetings_enrolment e
      where e.group_id = new.group_id and e.tenant_id = new.tenant_id
    ));
    return new;
  end $$;
alter function meetings_in_line() owner to {OWNER};
revoke all on function meetings_in_line() from public;
create trigger in_line before insert on meetings_enrolment
  for each row execute function meetings_in_line();
"""

# A citizen sees their own enrolment only, but how many seats are left is everybody's to know.
SEATS = f"""
  returns table (group_id uuid, seats_left bigint, waiting bigint) {READS}
  as $$ select g.id, greatest(g.seats - count(e.id), 0), greatest(count(e.id) - g.seats, 0)
        from meetings_groupmeeting g
        left join meetings_enrolment e
          on e.group_id = g.id and e.tenant_id = g.tenant_id and e.ended_at is null
        where g.tenant_id = velvalgt_tenant() and g.id = any(groups)
        group by g.id $$
"""

# The first ones in line have the seats; the others wait. Nobody is told who stands before them.
PLACE = f"""
  returns table (enrolment_id uuid, place bigint) {READS}
  as $$ with line as (
          select e.id, g.seats, row_number() over (partition by e.group_id order by e.enrolled_at, e.id) number
          from meetings_enrolment e
          join meetings_groupmeeting g on g.id = e.group_id and g.tenant_id = e.tenant_id
          where e.tenant_id = velvalgt_tenant() and e.ended_at is null and e.group_id in (
            select mine.group_id from meetings_enrolment mine
            where mine.tenant_id = velvalgt_tenant() and mine.id = any(enrolments)
          )
        )
        select line.id, greatest(line.number - line.seats, 0) from line where line.id = any(enrolments) $$
"""

# The web may not touch the queue. It may ask that those of a meeting of its own tenant be told how it stands.
ASK = """
  returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from meetings_groupmeeting g where g.id = the_group and g.tenant_id = velvalgt_tenant()) then
    raise exception 'no such meeting for many' using errcode = 'insufficient_privilege';
  end if;
  perform procrastinate_defer_jobs_v1(array[row(
    'meetings', 'velvalgt.apps.meetings.tasks.look_after_group', 0, null, null,
    jsonb_build_object('tenant_id', velvalgt_tenant()::text, 'group_id', the_group::text), null
  )::procrastinate_job_to_defer_v1]);
end $$
"""

# Whoever takes part in a meeting of several knows when and where, though not with whom they see no citizen.
SEATED = f"""
  returns table (uid uuid, starts_at timestamptz, ends_at timestamptz, way text, attends text, place text, room text)
  {READS}
  as $$ select m.uid, m.starts_at, m.ends_at, m.way, p.attends, coalesce(l.name, ''), coalesce(r.name, '')
        from meetings_party p
        join meetings_meeting m on m.uid = p.uid and m.tenant_id = p.tenant_id
        left join meetings_place l on l.id = m.place_id
        left join meetings_room r on r.id = m.room_id
        where p.tenant_id = velvalgt_tenant() and p.user_id = velvalgt_user() and p.left_at is null
          and velvalgt_purpose() = 'case_work' and m.ends_at > since
          and not exists (select 1 from meetings_meeting n where n.replaces_id = m.id)
          and not exists (select 1 from meetings_cancellation c where c.meeting_id = m.id)
        order by m.starts_at, m.uid $$
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0008_outcomes")]

    operations = [
        migrations.RunSQL(IN_LINE, "drop trigger in_line on meetings_enrolment; drop function meetings_in_line();"),
        definer("meetings_seats(groups uuid[])", "uuid[]", SEATS),
        definer("meetings_group_place(enrolments uuid[])", "uuid[]", PLACE),
        definer("meetings_ask_for_group(the_group uuid)", "uuid", ASK),
        definer("meetings_seated(since timestamptz)", "timestamptz", SEATED),
    ]
