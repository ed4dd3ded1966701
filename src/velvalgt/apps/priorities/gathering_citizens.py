"""Everybody with an open case as a plan sees them: a few words each, and no feature besides.

What stands here is what the municipality has recorded or what the citizen has said: no age, no sex,
no origin, nothing of health.
"""

from datetime import date, timedelta

import polars as pl

from velvalgt.apps.cases.queries import PROFILING
from velvalgt.apps.priorities.frames import frame_of
from velvalgt.apps.priorities.inputs import CITIZENS

OPEN_CASES = """
with held as (
  select e.citizen_id, e.kind, e.on, e.until, e.detail from cases_entry e
  where e.kind in ('interview', 'follow_up', 'objection', 'flag') and not e.is_withdrawal
    and not exists (select 1 from cases_entry c where c.corrects_id = e.id)
), talk as (
  select citizen_id, max(day) as day from (
    select citizen_id, held.on as day from held where kind in ('interview', 'follow_up')
    union all
    select m.citizen_id, (m.starts_at at time zone 'Europe/Copenhagen')::date
    from meetings_outcome o join meetings_meeting m on m.id = o.meeting_id
    where o.result = 'held'
      and not exists (select 1 from meetings_outcome c where c.corrects_id = o.id)
  ) spoken where day <= %(on)s group by citizen_id
), graduate as (
  select distinct citizen_id from held where kind = 'flag' and detail = 'graduate'
    and held.on <= %(on)s and (until is null or until > %(on)s)
), objection as (
  select distinct citizen_id from held where kind = 'objection' and detail = %(profiling)s
), spell as (
  select distinct on (citizen_id) citizen_id, target_group from people_spell
  where starts_on <= %(on)s and (ends_on is null or ends_on > %(on)s) and target_group <> ''
  order by citizen_id, starts_on desc, id desc
), said as (
  select citizen_id, count(*) as times from (
    select citizen_id from cases_needassessment union all select citizen_id from cases_answer
    union all select citizen_id from people_contactwish union all
    select citizen_id from offers_wishlist
  ) told group by citizen_id
), level as (
  select distinct on (citizen_id) citizen_id, level from cases_needassessment
  order by citizen_id, assessed_at desc, id desc
), steering as (
  select distinct a.citizen_id from cases_selfsteering a
  join cases_selfsteeringreply r on r.agreement_id = a.id and r.is_yes
  left join cases_selfsteeringend e on e.agreement_id = a.id
  where e.agreement_id is null and a.starts_on <= %(on)s and a.ends_on > %(on)s
), wish as (
  select distinct on (citizen_id) citizen_id, language from people_contactwish
  order by citizen_id, recorded_at desc, id desc
), wishes as (
  select distinct on (citizen_id) citizen_id, offers::text[] from offers_wishlist
  order by citizen_id, changed_at desc, id desc
), help as (
  select distinct on (citizen_id) citizen_id, choice from cases_answer where question = 'help'
  order by citizen_id, answered_at desc, id desc
), own_no as (
  select n.citizen_id, array_agg(distinct coalesce('offer:' || n.offer_id, n.effort)) as efforts
  from priorities_ownno n left join priorities_ownnoend e on e.own_no_id = n.id
  where e.own_no_id is null group by n.citizen_id
), answer as (
  select distinct on (citizen_id) citizen_id, reply, until, answered_at,
    coalesce('offer:' || offer_id, effort) as option
  from priorities_suggestionanswer order by citizen_id, answered_at desc, id desc
), before as (
  select s.citizen_id, s.facts, coalesce('offer:' || s.offer_id, s.effort) as option
  from priorities_suggestion s join priorities_currentrun r on r.run_id = s.run_id
)
select c.citizen_id::text, c.unit_id::text, c.caseworker_id::text, spell.target_group, level.level,
  coalesce(v.number, 0) + coalesce(said.times, 0),
  greatest(%(on)s - greatest(c.opened_on, talk.day), 0),
  graduate.citizen_id is not null, objection.citizen_id is not null,
  steering.citizen_id is not null, coalesce(wish.language, '') not in ('', 'da'),
  coalesce(wishes.offers, '{}'), nullif(help.choice, ''), coalesce(own_no.efforts, '{}'),
  case when answer.reply <> 'postponed' and answer.answered_at > %(runs_since)s
    then answer.option end,
  case when answer.reply = 'postponed' and answer.until > %(on)s then answer.until end,
  before.option, before.facts
from cases_case c
left join people_factversion v using (citizen_id) left join talk using (citizen_id)
left join spell using (citizen_id) left join level using (citizen_id)
left join said using (citizen_id)
left join steering using (citizen_id) left join wish using (citizen_id)
left join wishes using (citizen_id) left join help using (citizen_id)
left join own_no using (citizen_id) left join answer using (citizen_id)
left join before using (citizen_id) left join graduate using (citizen_id)
left join objection using (citizen_id)
where c.closed_on is null and c.opened_on <= %(on)s order by c.citizen_id
"""


def citizens_on(day: date, *, weeks: int) -> pl.DataFrame:
    """Give everybody with an open case on a day, as `inputs.CITIZENS` says.

    What a caseworker chose runs for one planned period from the answer, unless they have answered
    anew: it takes of what there is meanwhile.
    """
    asked = {"on": day, "profiling": PROFILING, "runs_since": day - timedelta(weeks=weeks)}
    return frame_of(OPEN_CASES, asked, CITIZENS)
