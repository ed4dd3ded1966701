"""Wall meetings and what keeps them apart; say what safety asks without saying why."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import (
    OWNER,
    VISIBLE_CITIZEN,
    WEB,
    WORKER,
    leave_traces,
    only_added_to,
    wall,
    wall_citizen_record,
)

VISIBLE = VISIBLE_CITIZEN.format(citizen="citizen_id")
CASE_WORK = "velvalgt_purpose() = 'case_work'"
STAFF_ALONE = f"{VISIBLE} and {CASE_WORK}"


def mine(column: str) -> str:
    """In one's own name, or in nobody's: a signed link has no user."""
    return f"({column} is null or {column} = (select velvalgt_user()))"


# Whom and what a hold keeps busy is everybody's to know, but for citizens: those only by whoever sees them.
HOLDS = f"(kind <> 'citizen' or {VISIBLE_CITIZEN.format(citizen='resource')})"

# Whatever is about a citizen: who writes there, in whose name, and the one column that may be filled later. It is
# added in one's own name, but ended by whoever may write there: what staff did for a citizen, the citizen ends.
ABOUT = {
    "meeting": (VISIBLE, "booked_by_id", None),
    "cancellation": (VISIBLE, "cancelled_by_id", None),
    "outcome": (STAFF_ALONE, "said_by_id", None),
    "aftermissed": (STAFF_ALONE, "done_by_id", None),
    "videolink": (VISIBLE, "given_by_id", None),
    "contactanswer": (VISIBLE, None, None),
    "invitation": (VISIBLE, "sent_by_id", None),
    "invitationstep": (VISIBLE, "taken_by_id", None),
    "earlierwish": (VISIBLE, "wished_by_id", "ended_at"),
    "earlieroffer": (VISIBLE, None, "answer"),
    "enrolment": (VISIBLE, "enrolled_by_id", "ended_at"),
    "groupattendance": (STAFF_ALONE, "said_by_id", None),
    "party": (STAFF_ALONE, "added_by_id", "left_at"),
    "agendaitem": (VISIBLE, "written_by_id", "dropped_at"),
    "paper": (STAFF_ALONE, "added_by_id", None),
    "relation": (VISIBLE, "told_by_id", None),
}

# The organisation's own: seen by the tenant.
PLACES = ("place", "room", "interpreter")
SAFETY = f"""
create function meetings_safety(citizen uuid)
  returns table (needs_two boolean, needs_alarm boolean)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select bool_or(n.needs_two), bool_or(n.needs_alarm) from meetings_safetynote n
        where n.tenant_id = velvalgt_tenant() and n.citizen_id = citizen
          and n.ends_on > (now() at time zone 'Europe/Copenhagen')::date
          and not exists (select 1 from meetings_safetynoteend e where e.note_id = n.id)
        having count(*) > 0 $$;
alter function meetings_safety(uuid) owner to {OWNER};
revoke all on function meetings_safety(uuid) from public;
grant execute on function meetings_safety(uuid) to {WEB}, {WORKER};
"""


def in_own_name(table: str, author: str) -> migrations.RunSQL:
    """Let the web add rows in its user's own name alone."""
    return migrations.RunSQL(
        f"create policy own_name on {table} as restrictive for insert to {WEB} with check ({mine(author)});",
        f"drop policy own_name on {table};",
    )


def about_citizen(name: str, writes: str, author: str | None, filled: str | None) -> list[migrations.RunSQL]:
    table = f"meetings_{name}"
    later = f", update ({filled})" if filled else ""
    return [
        *wall_citizen_record(
            table, web=f"select, insert{later}", worker=f"select, insert{later}", writes=writes
        ),
        only_added_to(table, filled),
        *([in_own_name(table, author)] if author else []),
    ]


def of_the_house(name: str, *, web: str, worker: str, filled: str | None = None, writes: str | None = None) -> list[migrations.RunSQL]:
    table = f"meetings_{name}"
    return [wall(table, web=web, worker=worker, writes=writes), leave_traces(table, citizen=None)] + (
        [only_added_to(table, filled)] if filled != "anything" else []
    )


def safety_note(name: str, author: str) -> list[migrations.RunSQL]:
    """Seen in case work alone: neither the citizen's pages nor a representative's show it."""
    table = f"meetings_{name}"
    first, *rest = wall_citizen_record(table, web="select, insert", worker="select, insert")
    walled = wall(
        table, web="select, insert", worker="select, insert", sees=STAFF_ALONE,
        writes=f"{STAFF_ALONE} and {author} = (select velvalgt_user())",
    )
    return [walled, *rest, only_added_to(table)]


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_meetings"), ("people", "0011_own_hand"), ("staff", "0004_representatives")]

    operations = [
        *[operation for name, how in ABOUT.items() for operation in about_citizen(name, *how)],
        *safety_note("safetynote", "written_by_id"),
        *safety_note("safetynoteend", "ended_by_id"),
        wall("meetings_hold", web="select, insert, update (released_at)", worker="select, insert, update (released_at)", sees=HOLDS),
        only_added_to("meetings_hold", "released_at"),
        *[operation for name in PLACES for operation in of_the_house(name, web="select", worker="select, insert, update", filled="anything")],
        *of_the_house(
            "weeklyhours", web="select, insert, update (ends_on)", worker="select, insert, update (ends_on)", filled="ends_on",
            writes=CASE_WORK,
        ),
        in_own_name("meetings_weeklyhours", "written_by_id"),
        *of_the_house(
            "specialhours", web="select, insert, update (taken_back_at)", worker="select, insert, update (taken_back_at)",
            filled="taken_back_at", writes=CASE_WORK,
        ),
        in_own_name("meetings_specialhours", "written_by_id"),
        *of_the_house(
            "groupmeeting", web="select, insert, update (cancelled_at)", worker="select, insert, update (cancelled_at)",
            filled="cancelled_at", writes=CASE_WORK,
        ),
        *of_the_house("crisis", web="select", worker="select, insert"),
        *of_the_house("crisisend", web="select", worker="select, insert"),
        wall(
            "meetings_feed", web="select, insert, update (revoked_at)", worker="select, insert, update (revoked_at)",
            sees="user_id = (select velvalgt_user())",
        ),
        leave_traces("meetings_feed", citizen=None),
        only_added_to("meetings_feed", "revoked_at"),
        wall(
            "meetings_outsidecalendar", web="select, insert, update (removed_at)", worker="select, insert, update (removed_at)",
            sees="user_id = (select velvalgt_user())",
        ),
        leave_traces("meetings_outsidecalendar", citizen=None),
        only_added_to("meetings_outsidecalendar", "removed_at"),
        wall("meetings_calendarreading", web="select", worker="select, insert, update"),
        migrations.RunSQL(SAFETY, "drop function meetings_safety(uuid);"),
    ]
