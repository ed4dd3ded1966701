"""Wall the catalogue and the applications; tell places in line and seats without telling whose they are."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import (
    OWNER,
    VISIBLE_CITIZEN,
    WEB,
    WORKER,
    leave_traces,
    only_added_to,
    same_tenant_as_citizen,
    wall,
    wall_citizen_record,
)

VISIBLE = VISIBLE_CITIZEN.format(citizen="citizen_id")
CASE_WORK = "velvalgt_purpose() = 'case_work'"

# Who waits for or has a seat at some starts: not withdrawn, not refused. Called by the two functions below alone.
STANDING = f"""
create function offers_standing(starts uuid[])
  returns table (start_id uuid, application_id uuid, applied_at timestamptz, is_granted boolean)
  language sql stable set search_path = public, pg_temp
  as $$ select a.start_id, a.id, a.applied_at, coalesce(said.outcome = 'granted', false)
        from offers_application a
        left join lateral (
          select w.outcome from offers_answer w where w.application_id = a.id
          order by w.answered_at desc, w.id desc limit 1
        ) said on true
        where a.tenant_id = velvalgt_tenant() and a.start_id = any(starts)
          and said.outcome is distinct from 'refused'
          and not exists (
            select 1 from offers_applicationwithdrawal t where t.application_id = a.id
          ) $$;
alter function offers_standing(uuid[]) owner to {OWNER};
revoke all on function offers_standing(uuid[]) from public;
"""

# A citizen sees their own applications only, but how many want a seat is everybody's to know: numbers, and nothing
# that leads to anybody.
SEATS = f"""
create function offers_seats(starts uuid[])
  returns table (start_id uuid, seats_left bigint, in_line bigint)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select s.id, greatest(s.seats - count(*) filter (where x.is_granted), 0),
               count(*) filter (where not x.is_granted)
        from offers_start s left join offers_standing(starts) x on x.start_id = s.id
        where s.tenant_id = velvalgt_tenant() and s.id = any(starts)
        group by s.id $$;
alter function offers_seats(uuid[]) owner to {OWNER};
revoke all on function offers_seats(uuid[]) from public;
grant execute on function offers_seats(uuid[]) to {WEB}, {WORKER};
"""

# The place on the waiting list: the order of application among those who wait, less the seats that are left.
PLACES = f"""
create function offers_places(applications uuid[])
  returns table (application_id uuid, place bigint)
  language sql stable security definer set search_path = public, pg_temp
  as $$ with wanted as (
          select array_agg(distinct a.start_id) starts from offers_application a
          where a.tenant_id = velvalgt_tenant() and a.id = any(applications)
        ),
        line as (
          select x.start_id, x.application_id,
                 row_number() over (partition by x.start_id order by x.applied_at, x.application_id) number
          from wanted, offers_standing(wanted.starts) x where not x.is_granted
        )
        select line.application_id, greatest(line.number - free.seats_left, 0)
        from line join wanted on true
        join offers_seats(wanted.starts) free on free.start_id = line.start_id
        where line.application_id = any(applications) $$;
alter function offers_places(uuid[]) owner to {OWNER};
revoke all on function offers_places(uuid[]) from public;
grant execute on function offers_places(uuid[]) to {WEB}, {WORKER};
"""

# Whoever grants waits for whoever grants at the same start; the last seat is given once.
NO_OVERBOOKING = f"""
create function offers_no_overbooking() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$ declare the_start uuid;
  begin
    select a.start_id into the_start from offers_application a where a.id = new.application_id;
    if the_start is not null then
      perform pg_advisory_xact_lock(hashtextextended(the_start::text, 7));
      if (select free.seats_left from offers_seats(array[the_start]) free) < 1 then
        raise exception 'no seat is left at start %', the_start using errcode = 'check_violation';
      end if;
    end if;
    return new;
  end $$;
alter function offers_no_overbooking() owner to {OWNER};
revoke all on function offers_no_overbooking() from public;
create trigger no_overbooking before insert on offers_answer
  for each row when (new.outcome = 'granted') execute function offers_no_overbooking();
"""

# A key alone sees over the wall: what hangs together is tied by tenant, offer and citizen, too.
TIES = {
    "offers_start_same_tenant": ("offers_start", "tenant_id, offer_id", "offers_offer (tenant_id, id)"),
    "offers_application_same_tenant_offer": (
        "offers_application", "tenant_id, offer_id", "offers_offer (tenant_id, id)"
    ),
    "offers_application_start_of_offer": ("offers_application", "start_id, offer_id", "offers_start (id, offer_id)"),
    "offers_answer_same_citizen": ("offers_answer", "application_id, citizen_id", "offers_application (id, citizen_id)"),
    "offers_addition_same_citizen": (
        "offers_addition", "application_id, citizen_id", "offers_application (id, citizen_id)"
    ),
    "offers_applicationwithdrawal_same_citizen": (
        "offers_applicationwithdrawal", "application_id, citizen_id", "offers_application (id, citizen_id)"
    ),
}  # fmt: skip


def tied(name: str) -> migrations.RunSQL:
    table, columns, target = TIES[name]
    return migrations.RunSQL(
        f"alter table {table} add constraint {name} foreign key ({columns}) references {target};",
        f"alter table {table} drop constraint {name};",
    )


def written_by_citizen_or_staff(table: str) -> list[migrations.RunSQL]:
    return [
        *wall_citizen_record(table, web="select, insert", worker="select, insert"),
        only_added_to(table),
    ]


class Migration(migrations.Migration):
    dependencies = [("offers", "0001_catalogue_and_applications"), ("people", "0002_walls")]

    operations = [
        wall("offers_offer", web="select", worker="select, insert, update"),
        wall("offers_start", web="select", worker="select, insert, update"),
        *written_by_citizen_or_staff("offers_application"),
        *written_by_citizen_or_staff("offers_addition"),
        *written_by_citizen_or_staff("offers_applicationwithdrawal"),
        *written_by_citizen_or_staff("offers_wishlist"),
        # Nobody answers their own application.
        wall(
            "offers_answer",
            web="select, insert",
            worker="select, insert",
            sees=VISIBLE,
            writes=f"{VISIBLE} and {CASE_WORK}",
        ),
        same_tenant_as_citizen("offers_answer"),
        leave_traces("offers_answer"),
        only_added_to("offers_answer"),
        *[tied(name) for name in TIES],
        migrations.RunSQL(STANDING, "drop function offers_standing(uuid[]);"),
        migrations.RunSQL(SEATS, "drop function offers_seats(uuid[]);"),
        migrations.RunSQL(PLACES, "drop function offers_places(uuid[]);"),
        migrations.RunSQL(
            NO_OVERBOOKING,
            "drop trigger no_overbooking on offers_answer; drop function offers_no_overbooking();",
        ),
    ]
