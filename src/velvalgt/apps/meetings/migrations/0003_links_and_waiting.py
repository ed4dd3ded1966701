"""Let a signed link reach one citizen's meetings, ask for earlier times to be offered, count answers.

Whoever has a signed link has not signed in. For that purpose no access is granted to anybody, so that every table
about citizens is shut; the policies below open the few that a meeting needs, for the one citizen of the link.
"""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import OWNER, VISIBLE_CITIZEN, WEB, WORKER

CITIZEN = """
create function velvalgt_citizen() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('velvalgt.citizen', true), '')::uuid $$;
"""
BY_LINK = "(select velvalgt_purpose()) = 'own_meeting' and {citizen} = (select velvalgt_citizen())"

# What a link reads of its citizen, and the column that says whose a row is.
READ = {
    "people_citizen": "id",
    "people_contactwish": "citizen_id",  # in which language we tell of what was done
    "people_contactdetail": "citizen_id",  # whether there is an address to tell it to
    "messages_channelchoice": "citizen_id",
    "cases_case": "citizen_id",  # whether the meeting is with their own caseworker
    "meetings_relation": "citizen_id",  # who must not interpret
    "meetings_invitation": "citizen_id",  # what a meeting that is called off answered
}
# What it writes besides: always in nobody's name.
WRITTEN = {
    "meetings_meeting": "booked_by_id is null",
    "meetings_cancellation": "cancelled_by_id is null",
    "meetings_invitationstep": "taken_by_id is null",
    "messages_notice": "told_by_id is null",
    "messages_notification": "true",
}
# The citizen's own hold; those of staff and rooms are the tenant's to know already.
HOLD = "kind = 'citizen' and " + BY_LINK.format(citizen="resource")
# Of the log, the lines that links have left.
TRACE = "purpose = 'own_meeting' and " + BY_LINK.format(citizen="citizen_id")


def opened(table: str, sees: str, writes: str | None = None) -> migrations.RunSQL:
    """Open a table to a signed link, beside whoever has access."""
    check = f"with check ({sees} and {writes})" if writes else ""
    return migrations.RunSQL(
        f"create policy by_link on {table} {'for select' if not writes else ''} to {WEB} using ({sees}) {check};",
        f"drop policy by_link on {table};",
    )


# The web may not touch the queue. Whoever frees a time asks that it be offered, as part of what frees it; nobody is
# disturbed where nobody waits. Each asking is a job of its own, for one that waits may begin before this is over.
ASK = f"""
create function meetings_ask_for_earlier() returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from meetings_earlierwish w where w.tenant_id = velvalgt_tenant() and w.ended_at is null) then
    perform procrastinate_defer_jobs_v1(array[row(
      'meetings', 'velvalgt.apps.meetings.tasks.offer_earlier_of_tenant', 0, 'earlier ' || velvalgt_tenant(), null,
      jsonb_build_object('tenant_id', velvalgt_tenant()::text), null
    )::procrastinate_job_to_defer_v1]);
  end if;
end $$;
revoke all on function meetings_ask_for_earlier() from public;
grant execute on function meetings_ask_for_earlier() to {WEB}, {WORKER};
alter function meetings_ask_for_earlier() owner to {OWNER};
"""

# What citizens thought, in numbers alone; a group of fewer than five tells of nobody.
ANSWERS = f"""
create function meetings_answers(begins date, ends date)
  returns table (form text, helpful text, own_choice text, answers bigint)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select a.form::text, a.helpful::text, a.own_choice::text, count(*) from meetings_contactanswer a
        where a.tenant_id = velvalgt_tenant()
          and (a.answered_at at time zone 'Europe/Copenhagen')::date >= begins
          and (a.answered_at at time zone 'Europe/Copenhagen')::date < ends
        group by 1, 2, 3 having count(*) >= 5 order by 1, 2, 3 $$;
revoke all on function meetings_answers(date, date) from public;
grant execute on function meetings_answers(date, date) to {WEB}, {WORKER};
alter function meetings_answers(date, date) owner to {OWNER};
"""

# Who answered what is the citizen's own; neither those who met them nor an overseer reads it.
VISIBLE = VISIBLE_CITIZEN.format(citizen="citizen_id")
OWN_WORDS = f"{VISIBLE} and (select velvalgt_purpose()) in ('own_case', 'representation')"


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0002_walls"),
        ("people", "0012_purposes_of_access"),
        ("messages", "0002_walls"),
        ("cases", "0006_document_walls"),
    ]

    operations = [
        migrations.RunSQL(CITIZEN, "drop function velvalgt_citizen();"),
        *[opened(table, BY_LINK.format(citizen=column)) for table, column in READ.items()],
        *[opened(table, BY_LINK.format(citizen="citizen_id"), writes) for table, writes in WRITTEN.items()],
        opened("meetings_hold", HOLD, "true"),
        opened("audit_trace", TRACE),
        migrations.RunSQL(ASK, "drop function meetings_ask_for_earlier();"),
        migrations.RunSQL(ANSWERS, "drop function meetings_answers(date, date);"),
        migrations.RunSQL(
            f"alter policy web on meetings_contactanswer using ({OWN_WORDS}) with check ({OWN_WORDS});",
            f"alter policy web on meetings_contactanswer using ({VISIBLE}) with check ({VISIBLE});",
        ),
    ]
