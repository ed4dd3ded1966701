"""Count the answers that have words, and let a second click on "make a plan" find the first waiting."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import OWNER, WEB, WORKER

DROP = "drop function priorities_answers_by_unit(date);"
OWNED = f"""
alter function priorities_answers_by_unit(date) owner to {OWNER};
revoke all on function priorities_answers_by_unit(date) from public;
grant execute on function priorities_answers_by_unit(date) to {WEB}, {WORKER};
"""

# Only totals leave here: a suggestion's citizen is not told. Small units are the page's to hide.
ANSWERED = """
create function priorities_answers_by_unit(since date)
  returns table (unit_id uuid, suggested bigint, accepted bigint, other bigint, postponed bigint{column})
  language sql stable security definer set search_path = public, pg_temp
  as $$ select c.unit_id, count(distinct s.id),
          count(distinct s.id) filter (where said.reply = 'accepted'),
          count(distinct s.id) filter (where said.reply = 'other'),
          count(distinct s.id) filter (where said.reply = 'postponed'){counted}
        from priorities_suggestion s
        join cases_case c on c.citizen_id = s.citizen_id and c.closed_on is null
        left join lateral (
          select a.reply, a.words from priorities_suggestionanswer a where a.suggestion_id = s.id
          order by a.answered_at desc, a.id desc limit 1
        ) said on true
        where s.tenant_id = velvalgt_tenant() and s.on >= since{whose}
          and (said.reply is not null
               or s.run_id in (select r.run_id from priorities_currentrun r
                               where r.tenant_id = velvalgt_tenant()))
        group by c.unit_id $$;
"""
WITH_WORDS = ANSWERED.format(
    column=", worded bigint",
    counted=",\n          count(distinct s.id) filter (where said.words <> '')",
    # A manager's numbers; and what a person chose before is not suggested anew.
    whose=" and velvalgt_purpose() = 'steering' and not 'chosen' = any(s.reasons)",
)
BEFORE = ANSWERED.format(column="", counted="", whose="")

ASK = """
create or replace function priorities_ask_for_plan(day date) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if velvalgt_purpose() <> 'steering' then
    raise exception 'a plan is asked for by a manager' using errcode = 'insufficient_privilege';
  end if;
  perform procrastinate_defer_jobs_v1(array[row(
    'plans', 'velvalgt.apps.priorities.tasks.replan_tenant', 0, {lock}, {lock},
    jsonb_build_object('tenant_id', velvalgt_tenant()::text, 'day', day::text,
                       'asked_by', velvalgt_user()::text), null
  )::procrastinate_job_to_defer_v1]);
{when_waiting}end $$;
"""
ASK_ONCE = ASK.format(
    lock="'plan ' || velvalgt_tenant()::text",  # as the nightly job has it
    when_waiting="exception when unique_violation then null;  -- one waits already\n",
)
ASK_BEFORE = ASK.format(lock="null", when_waiting="")


class Migration(migrations.Migration):
    dependencies = [("priorities", "0003_facts_of_suggestions")]

    operations = [
        migrations.RunSQL(f"{DROP}{WITH_WORDS}{OWNED}", f"{DROP}{BEFORE}{OWNED}"),
        migrations.RunSQL(ASK_ONCE, ASK_BEFORE),
    ]
