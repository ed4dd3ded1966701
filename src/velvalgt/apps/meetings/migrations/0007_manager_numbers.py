"""Give the manager numbers and never a person; let a manager switch meetings to be held from afar."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import OWNER, WEB, WORKER

# A meeting that is agreed now.
STANDING = """not exists (select 1 from meetings_meeting l where l.replaces_id = m.id)
    and not exists (select 1 from meetings_cancellation k where k.meeting_id = m.id)"""
MINE = "m.tenant_id = velvalgt_tenant()"


def definer(name: str, arguments: str, types: str, returns: str, body: str, *, language: str = "sql stable") -> str:
    return f"""
create function {name}({arguments}) returns {returns}
  language {language} security definer set search_path = public, pg_temp as $$ {body} $$;
revoke all on function {name}({types}) from public;
grant execute on function {name}({types}) to {WEB}, {WORKER};
alter function {name}({types}) owner to {OWNER};
"""


# What the law asks for and nobody has booked, by unit and by the week of the last day; week 0 is the running one, and
# what is overdue is due in it. One meeting meets all that a citizen is owed: what counts is the most of it by a week.
DEMAND = definer(
    "meetings_demand",
    "counted text[], begins timestamptz, weeks integer",
    "text[], timestamptz, integer",
    "table (unit_id uuid, week integer, due bigint, booked bigint)",
    f"""
    with seen as (
      select c.citizen_id, c.unit_id, date_trunc('week', begins at time zone 'Europe/Copenhagen')::date as monday
      from cases_case c where c.tenant_id = velvalgt_tenant() and c.closed_on is null
        and (velvalgt_purpose() = 'steering' or velvalgt_purpose() = 'case_work' and c.unit_id = velvalgt_unit())
    ), asked as (
      select s.unit_id, s.citizen_id, s.monday, greatest(0, floor((d.due - s.monday) / 7.0)::integer) as week,
        max(d.required - d.done) as needed
      from seen s join duties_duty d on d.citizen_id = s.citizen_id
      where d.tenant_id = velvalgt_tenant() and d.status in ('upcoming', 'overdue') and d.forms <> ''
        and d.actor in ('municipality', 'joint') and d.required > d.done and d.due < s.monday + 7 * weeks
      group by 1, 2, 3, 4
    ), agreed as (
      select m.unit_id, m.citizen_id, floor(((m.starts_at at time zone 'Europe/Copenhagen')::date
        - date_trunc('week', begins at time zone 'Europe/Copenhagen')::date) / 7.0)::integer as week, count(*) as meetings
      from meetings_meeting m where {MINE} and m.type = any(counted) and {STANDING}
        and m.starts_at >= begins and m.starts_at < begins + make_interval(weeks => weeks)
      group by 1, 2, 3
    ), open as (
      select a.unit_id, a.citizen_id, a.week,
        greatest(0, a.needed - coalesce(sum(g.meetings) filter (where g.week <= a.week), 0)) as meetings
      from asked a left join agreed g on g.citizen_id = a.citizen_id group by 1, 2, 3, a.needed
    ), more as (
      select o.unit_id, o.week, greatest(0, o.meetings - coalesce(max(o.meetings) over (
        partition by o.citizen_id order by o.week rows between unbounded preceding and 1 preceding), 0)) as meetings
      from open o
    ), told as (
      select x.unit_id, x.week, x.meetings as due, 0 as booked from more x
      union all select y.unit_id, y.week, 0, y.meetings from agreed y
      where y.week < weeks
        and (velvalgt_purpose() = 'steering' or velvalgt_purpose() = 'case_work' and y.unit_id = velvalgt_unit())
    )
    select t.unit_id, t.week, sum(t.due)::bigint, sum(t.booked)::bigint from told t group by 1, 2 order by 1, 2
    """,
)

# Who came and who did not, by the words of the invitation and the way. Where fewer than five came, or fewer than five
# did not, the number is left out here, so that no page can tell of single people.
NO_SHOWS = definer(
    "meetings_no_shows",
    "begins timestamptz, ends timestamptz",
    "timestamptz, timestamptz",
    "table (text_set text, way text, meetings bigint, missed bigint, wished bigint)",
    """
    with told as (
      select m.text_set, m.way, count(*) as meetings, count(*) filter (where o.result = 'missed') as missed,
        count(*) filter (where m.is_citizens_wish) as wished
      from meetings_meeting m join meetings_outcome o on o.meeting_id = m.id
      where m.tenant_id = velvalgt_tenant() and velvalgt_purpose() = 'steering'
        and m.starts_at >= begins and m.starts_at < ends and o.result in ('held', 'missed')
        and not exists (select 1 from meetings_outcome c where c.corrects_id = o.id)
      group by 1, 2
    )
    select t.text_set, t.way, case when t.meetings >= 5 then t.meetings end,
      case when t.meetings >= 5 and t.missed not between 1 and 4 and t.meetings - t.missed not between 1 and 4
        then t.missed end,
      case when t.meetings >= 5 and t.wished not between 1 and 4 and t.meetings - t.wished not between 1 and 4
        then t.wished end
    from told t order by 1, 2
    """,
)

# How many meetings in person a crisis would touch, by type and by the forms that the law allows the citizen's next
# meeting (as `duties.queries.permitted_forms` reads them); the line without a type counts all of them.
IN_PERSON = definer(
    "meetings_in_person",
    "begins timestamptz, ends timestamptz, unit uuid, rights text[], quotas text[]",
    "timestamptz, timestamptz, uuid, text[], text[]",
    "table (type text, forms text, meetings bigint, people bigint)",
    f"""
    with found as (
      select m.type, m.citizen_id, coalesce((
        select d.forms from duties_duty d
        where d.tenant_id = velvalgt_tenant() and d.citizen_id = m.citizen_id and d.due is not null
          and d.status in ('upcoming', 'overdue') and d.rule_id <> all(rights)
        order by d.due, d.rule_id = any(quotas), d.rule_id limit 1), '') as forms
      from meetings_meeting m
      where {MINE} and velvalgt_purpose() = 'steering' and m.starts_at < ends and m.ends_at > begins
        and m.way in ('office', 'home', 'walk') and (unit is null or m.unit_id = unit) and {STANDING}
    )
    select f.type, f.forms, count(*), count(distinct f.citizen_id) from found f
    group by grouping sets ((f.type, f.forms), ()) order by 1, 2
    """,
)

# How far a crisis has come: meetings turned, of these back in person again, and still from afar.
CRISIS_COUNTS = definer(
    "meetings_crisis_counts",
    "crisis uuid",
    "uuid",
    "table (switched bigint, back bigint, afar bigint)",
    f"""
    select count(*), count(*) filter (where exists (
        select 1 from meetings_meeting b where b.replaces_id = m.id and b.change = 'crisis_over')),
      count(*) filter (where {STANDING})
    from meetings_meeting m where {MINE} and m.crisis_id = crisis and velvalgt_purpose() = 'steering'
    """,
)

# The web may not touch the queue, and a manager sees no meeting: the job turns them. Asking twice turns them once.
ASK = definer(
    "meetings_ask_for_crisis",
    "crisis uuid",
    "uuid",
    "void",
    """
begin
  if velvalgt_purpose() <> 'steering'
    or not exists (select 1 from meetings_crisis c where c.id = crisis and c.tenant_id = velvalgt_tenant()) then
    raise exception 'no such crisis' using errcode = 'insufficient_privilege';
  end if;
  perform procrastinate_defer_jobs_v1(array[row(
    'meetings', 'velvalgt.apps.meetings.tasks.keep_to_crisis', 0, null, null,
    jsonb_build_object('tenant_id', velvalgt_tenant()::text, 'crisis_id', crisis::text), null
  )::procrastinate_job_to_defer_v1]);
end
    """,
    language="plpgsql",
)

# The manager's alone, in their own name.
WRITES = f"""
grant insert on meetings_crisis, meetings_crisisend to {WEB};
alter policy web on meetings_crisis
  with check (velvalgt_purpose() = 'steering' and switched_by_id = (select velvalgt_user()));
alter policy web on meetings_crisisend
  with check (velvalgt_purpose() = 'steering' and ended_by_id = (select velvalgt_user()));
"""
WRITES_NO_MORE = f"""
alter policy web on meetings_crisis with check (true);
alter policy web on meetings_crisisend with check (true);
revoke insert on meetings_crisis, meetings_crisisend from {WEB};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0006_calendars"),
        ("cases", "0012_meetings"),
        ("duties", "0007_withdrawal_walls"),
        ("staff", "0005_managers"),
    ]

    operations = [
        migrations.RunSQL(DEMAND, "drop function meetings_demand(text[], timestamptz, integer);"),
        migrations.RunSQL(NO_SHOWS, "drop function meetings_no_shows(timestamptz, timestamptz);"),
        migrations.RunSQL(IN_PERSON, "drop function meetings_in_person(timestamptz, timestamptz, uuid, text[], text[]);"),
        migrations.RunSQL(CRISIS_COUNTS, "drop function meetings_crisis_counts(uuid);"),
        migrations.RunSQL(ASK, "drop function meetings_ask_for_crisis(uuid);"),
        migrations.RunSQL(WRITES, WRITES_NO_MORE),
    ]
