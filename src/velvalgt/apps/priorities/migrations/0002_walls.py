"""Wall the plans: who records, who answers, and that the web asks for work only for its own tenant."""

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
STAFF = "velvalgt_purpose() in ('case_work', 'steering', 'legal_oversight', 'administration')"
MANAGER, CASEWORKER = (f"velvalgt_purpose() = '{purpose}'" for purpose in ("steering", "case_work"))
# Whoever checks the law for the whole municipality, as with a dispensation.
JURIST = "velvalgt_purpose() = 'legal_oversight' and (select velvalgt_sees_everyone())"


def decided(table: str, *, by: str, who: str, sees: str = "true") -> list[migrations.RunSQL]:
    """What somebody with the right decides in their own name; added to, never changed."""
    writes = f"{by} and {who} = velvalgt_user()"
    return [
        wall(table, web="select, insert", worker="select, insert", sees=sees, writes=writes),
        leave_traces(table, citizen=None),
        only_added_to(table),
    ]


def answered(table: str, *, by: str, who: str) -> list[migrations.RunSQL]:
    """What is said of a citizen in one's own name; added to, never changed."""
    writes = f"{VISIBLE} and {by} and {who} = velvalgt_user()"
    return [
        *wall_citizen_record(table, web="select, insert", worker="select, insert", writes=writes),
        only_added_to(table),
    ]


def derived(table: str, *, sees: str = VISIBLE) -> list[migrations.RunSQL]:
    """What a plan writes for each citizen: the run stands in the log, not each row of it."""
    return [
        wall(table, web="select", worker="select, insert, delete", sees=sees),
        same_tenant_as_citizen(table),
    ]


def tied(table: str, column: str, target: str) -> migrations.RunSQL:
    """An answer is about the same citizen as what it answers."""
    name = f"{table}_same_citizen"
    return migrations.RunSQL(
        f"alter table {table} add constraint {name} foreign key ({column}, citizen_id)"
        f" references {target} (id, citizen_id);",
        f"alter table {table} drop constraint {name};",
    )


# Only totals leave here: a suggestion's citizen is not told. Small units are the page's to hide.
ANSWERED = f"""
create function priorities_answers_by_unit(since date)
  returns table (unit_id uuid, suggested bigint, accepted bigint, other bigint, postponed bigint)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select c.unit_id, count(distinct s.id),
          count(distinct s.id) filter (where said.reply = 'accepted'),
          count(distinct s.id) filter (where said.reply = 'other'),
          count(distinct s.id) filter (where said.reply = 'postponed')
        from priorities_suggestion s
        join cases_case c on c.citizen_id = s.citizen_id and c.closed_on is null
        left join lateral (
          select a.reply from priorities_suggestionanswer a where a.suggestion_id = s.id
          order by a.answered_at desc, a.id desc limit 1
        ) said on true
        where s.tenant_id = velvalgt_tenant() and s.on >= since
          and (said.reply is not null
               or s.run_id in (select r.run_id from priorities_currentrun r
                               where r.tenant_id = velvalgt_tenant()))
        group by c.unit_id $$;
alter function priorities_answers_by_unit(date) owner to {OWNER};
revoke all on function priorities_answers_by_unit(date) from public;
grant execute on function priorities_answers_by_unit(date) to {WEB}, {WORKER};
"""

# The web cannot touch the queue: it asks for a plan or a forecast of its own tenant, and for nothing else.
ASK = f"""
create function priorities_ask_for_plan(day date) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if velvalgt_purpose() <> 'steering' then
    raise exception 'a plan is asked for by a manager' using errcode = 'insufficient_privilege';
  end if;
  perform procrastinate_defer_jobs_v1(array[row(
    'plans', 'velvalgt.apps.priorities.tasks.replan_tenant', 0, null, null,
    jsonb_build_object('tenant_id', velvalgt_tenant()::text, 'day', day::text,
                       'asked_by', velvalgt_user()::text), null
  )::procrastinate_job_to_defer_v1]);
end $$;
revoke all on function priorities_ask_for_plan(date) from public;
grant execute on function priorities_ask_for_plan(date) to {WEB}, {WORKER};
alter function priorities_ask_for_plan(date) owner to {OWNER};

create function priorities_ask_for_forecast(forecast uuid) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if velvalgt_purpose() <> 'steering' or not exists (select 1 from priorities_forecast f where f.id = forecast and f.tenant_id = velvalgt_tenant()) then
    raise exception 'no such forecast' using errcode = 'insufficient_privilege';
  end if;
  perform procrastinate_defer_jobs_v1(array[row(
    'plans', 'velvalgt.apps.priorities.tasks.reckon_forecast', 0, null, null,
    jsonb_build_object('tenant_id', velvalgt_tenant()::text, 'forecast_id', forecast::text), null
  )::procrastinate_job_to_defer_v1]);
end $$;
revoke all on function priorities_ask_for_forecast(uuid) from public;
grant execute on function priorities_ask_for_forecast(uuid) to {WEB}, {WORKER};
alter function priorities_ask_for_forecast(uuid) owner to {OWNER};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("priorities", "0001_plans_and_suggestions"),
        ("cases", "0014_need_assessment_walls"),
        ("offers", "0002_walls"),
        ("people", "0002_walls"),
    ]

    operations = [
        # Everybody of the tenant may read on what ground they are weighed, and whose weeks count how much.
        *decided("priorities_profilingbasis", by=JURIST, who="recorded_by_id"),
        *decided("priorities_basisend", by=JURIST, who="ended_by_id"),
        *decided("priorities_needweights", by=MANAGER, who="recorded_by_id"),
        *decided("priorities_capacityplan", by=MANAGER, who="recorded_by_id", sees=STAFF),
        *decided("priorities_skill", by=MANAGER, who="recorded_by_id", sees=STAFF),
        wall(
            "priorities_forecast",
            web="select, insert",
            worker="select, update, delete",
            sees=MANAGER,
            writes=f"{MANAGER} and asked_by_id = velvalgt_user() and result is null and failed = ''",
        ),
        wall("priorities_attempt", web="select", worker="select, insert, update, delete", sees=STAFF),
        wall("priorities_run", web="select", worker="select, insert, delete", sees=STAFF),
        wall("priorities_currentrun", web="select", worker="select, insert, update"),
        *derived("priorities_suggestion"),
        *derived("priorities_workline", sees=f"{VISIBLE} and {CASEWORKER}"),
        *derived("priorities_handover", sees=f"{VISIBLE} and {CASEWORKER}"),
        *answered("priorities_suggestionanswer", by=CASEWORKER, who="answered_by_id"),
        *answered("priorities_ownno", by="true", who="said_by_id"),
        *answered("priorities_ownnoend", by="true", who="ended_by_id"),
        *answered("priorities_conflict", by=CASEWORKER, who="recorded_by_id"),
        *answered("priorities_unitchoice", by="true", who="chosen_by_id"),
        *answered("priorities_handoveranswer", by=CASEWORKER, who="answered_by_id"),
        tied("priorities_suggestionanswer", "suggestion_id", "priorities_suggestion"),
        tied("priorities_ownnoend", "own_no_id", "priorities_ownno"),
        tied("priorities_handoveranswer", "handover_id", "priorities_handover"),
        migrations.RunSQL(ANSWERED, "drop function priorities_answers_by_unit(date);"),
        migrations.RunSQL(
            ASK,
            "drop function priorities_ask_for_plan(date); drop function priorities_ask_for_forecast(uuid);",
        ),
    ]
