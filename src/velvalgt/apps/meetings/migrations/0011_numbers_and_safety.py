"""Tell numbers of whole weeks to whoever leads, and safety to whoever sees the citizen; put groups in calendars.

With free dates two questions, a day apart, would tell what one person did.
"""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import VISIBLE_CITIZEN, WORKER


def reading(signature: str, returns: str, body: str) -> str:
    """Another body for a definer function; its owner and whoever may call it stay."""
    return f"""
create or replace function {signature} returns {returns}
  language sql stable security definer set search_path = public, pg_temp as $$ {body} $$;
"""


def answers(day_of: str, by_whom: str) -> str:
    return reading(
        "meetings_answers(begins date, ends date)",
        "table (form text, helpful text, own_choice text, answers bigint)",
        f"""
        select a.form::text, a.helpful::text, a.own_choice::text, count(*) from meetings_contactanswer a
        where a.tenant_id = velvalgt_tenant() {by_whom}
          and (a.answered_at at time zone 'Europe/Copenhagen')::date >= {day_of.format("begins")}
          and (a.answered_at at time zone 'Europe/Copenhagen')::date < {day_of.format("ends")}
        group by 1, 2, 3 having count(*) >= 5 order by 1, 2, 3
        """,
    )


def no_shows(moment_of: str) -> str:
    return reading(
        "meetings_no_shows(begins timestamptz, ends timestamptz)",
        "table (text_set text, way text, meetings bigint, missed bigint, wished bigint)",
        f"""
        with told as (
          select m.text_set, m.way, count(*) as meetings, count(*) filter (where o.result = 'missed') as missed,
            count(*) filter (where m.is_citizens_wish) as wished
          from meetings_meeting m join meetings_outcome o on o.meeting_id = m.id
          where m.tenant_id = velvalgt_tenant() and velvalgt_purpose() = 'steering'
            and m.starts_at >= {moment_of.format("begins")} and m.starts_at < {moment_of.format("ends")}
            and o.result in ('held', 'missed')
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


# Monday at midnight here.
MONDAY_OF_DAY = "date_trunc('week', {}::timestamp)::date"
MONDAY_OF_MOMENT = "(date_trunc('week', {} at time zone 'Europe/Copenhagen') at time zone 'Europe/Copenhagen')"

# The jobs ask about anybody, as before; the settings of the actor hold inside the function, the role's own as well.
IS_WORKER = f"coalesce(nullif(current_setting('role'), 'none'), session_user) = '{WORKER}'"
KNOWS = f"""and ({IS_WORKER} or {VISIBLE_CITIZEN.format(citizen="meetings_safety.citizen")}
            or velvalgt_purpose() = 'own_meeting' and velvalgt_citizen() = meetings_safety.citizen)"""


def safety(knows: str) -> str:
    return reading(
        "meetings_safety(citizen uuid)",
        "table (needs_two boolean, needs_alarm boolean)",
        f"""
        select bool_or(n.needs_two), bool_or(n.needs_alarm) from meetings_safetynote n
        where n.tenant_id = velvalgt_tenant() and n.citizen_id = meetings_safety.citizen
          and n.ends_on > coalesce((select t.frozen_on from staff_tenant t where t.id = velvalgt_tenant()),
                                   (now() at time zone 'Europe/Copenhagen')::date)
          and not exists (select 1 from meetings_safetynoteend e where e.note_id = n.id)
          {knows}
        having count(*) > 0
        """,
    )


# A citizen's seat at a meeting for many, but not their place in line: the first ones in line have the seats.
SEATS = """
          union all
          select g.id, 0, g.starts_at, g.ends_at, g.way, g.cancelled_at is not null, coalesce(g.cancelled_at, g.arranged_at)
          from meetings_groupmeeting g
          join meetings_enrolment e on e.group_id = g.id and e.tenant_id = g.tenant_id and e.ended_at is null
          join people_citizen p on p.id = e.citizen_id
          where g.tenant_id = velvalgt_tenant() and g.ends_at > since and p.user_id = u.id and g.host_id <> u.id
            and g.seats > (
              select count(*) from meetings_enrolment b where b.tenant_id = g.tenant_id and b.group_id = g.id
                and b.ended_at is null and (b.enrolled_at, b.id) < (e.enrolled_at, e.id))
"""


def in_feed(seats: str) -> str:
    return reading(
        "meetings_in_feed(secret bytea, since timestamptz)",
        """table (
          uid uuid, sequence integer, starts_at timestamptz, ends_at timestamptz, way text, is_cancelled boolean,
          changed_at timestamptz)""",
        f"""
        select t.uid, t.sequence, t.starts_at, t.ends_at, t.way, t.is_cancelled, t.changed_at
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
          {seats}
        ) t on true
        where f.tenant_id = velvalgt_tenant() and f.secret_hash = secret and f.revoked_at is null
        order by t.starts_at, t.uid
        """,
    )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0010_law")]

    operations = [
        migrations.RunSQL(
            answers(MONDAY_OF_DAY, "and velvalgt_purpose() = 'steering'"), answers("{}", "")
        ),
        migrations.RunSQL(no_shows(MONDAY_OF_MOMENT), no_shows("{}")),
        migrations.RunSQL(safety(KNOWS), safety("")),
        migrations.RunSQL(in_feed(SEATS), in_feed("")),
    ]
