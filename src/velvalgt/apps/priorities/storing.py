"""A plan's rows, written and read whole: a statement for each table."""

import json
from uuid import UUID

import polars as pl
from django.db import connection

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.priorities.frames import frame_of
from velvalgt.apps.priorities.models import Run, WorkLine
from velvalgt.apps.priorities.plan import SUGGESTIONS, WORK_LINES, Plan

WRITE_LINES = """
insert into priorities_workline (id, tenant_id, citizen_id, run_id, place, reasons)
select id, velvalgt_tenant(), citizen_id, %s, place, string_to_array(nullif(reasons, ''), ' ')
from unnest(%s::uuid[], %s::uuid[], %s::int[], %s::text[]) as f(id, citizen_id, place, reasons)
"""
WRITE_SUGGESTIONS = """
insert into priorities_suggestion (
  id, tenant_id, citizen_id, run_id, "on", effort, offer_id, gain_weeks, low, high, hours,
  cost_oere, others, reasons, is_new, grade, facts)
select id, velvalgt_tenant(), citizen_id, %s, %s, effort, offer_id, gain_weeks, low, high, hours,
  cost_oere, others::jsonb, string_to_array(reasons, ' '), is_new, grade, facts
from unnest(
  %s::uuid[], %s::uuid[], %s::text[], %s::uuid[], %s::float8[], %s::float8[], %s::float8[],
  %s::float8[], %s::bigint[], %s::text[], %s::text[], %s::bool[], %s::text[], %s::bigint[])
as f(id, citizen_id, effort, offer_id, gain_weeks, low, high, hours, cost_oere, others, reasons,
  is_new, grade, facts)
"""
COLUMNS = ("citizen", "effort", "offer", "gain_weeks", "low", "high", "hours", "cost_oere",
    "others", "reasons", "is_new", "grade", "facts")  # fmt: skip
READ_LINES = """
select citizen_id::text, place, reasons from priorities_workline where run_id = %(run)s
order by place
"""
READ_SUGGESTIONS = """
select citizen_id::text, coalesce('offer:' || offer_id, effort), effort, offer_id::text, gain_weeks,
  low, high, hours, cost_oere, others, reasons, is_new, grade
from priorities_suggestion where run_id = %(run)s order by citizen_id
"""


def write(run: Run, plan: Plan, citizens: pl.DataFrame) -> None:
    """Write a plan's order of work, in the place of the one before, and its suggestions."""
    WorkLine.objects.all().delete()
    lines = plan.work_lines.with_columns(pl.col("reasons").list.join(" "))
    facts = citizens.select("citizen", "facts")
    suggestions = plan.suggestions.join(facts, on="citizen", maintain_order="left").with_columns(
        pl.col("reasons").list.join(" "), pl.col("grade").fill_null("")
    )
    with connection.cursor() as cursor:
        cursor.execute(WRITE_LINES, [run.pk, _keys(lines), *_columns(lines, tuple(WORK_LINES))])
        columns = dict(zip(COLUMNS, _columns(suggestions, COLUMNS), strict=True))
        columns["others"] = [json.dumps(each, allow_nan=False) for each in columns["others"]]
        cursor.execute(WRITE_SUGGESTIONS, [run.pk, run.on, _keys(suggestions), *columns.values()])


def stored_lines(run: Run) -> pl.DataFrame:
    """Give a plan's order of work as it is stored; none but the newest plan has one."""
    return frame_of(READ_LINES, {"run": run.pk}, WORK_LINES)


def stored_suggestions(run: Run) -> pl.DataFrame:
    """Give a plan's suggestions as they are stored."""
    as_text = SUGGESTIONS | {"others": pl.String}
    told = frame_of(READ_SUGGESTIONS, {"run": run.pk}, as_text)
    return told.with_columns(pl.col("others").str.json_decode(SUGGESTIONS["others"]))


def _keys(rows: pl.DataFrame) -> list[UUID]:
    return [new_id() for _ in range(rows.height)]


def _columns(rows: pl.DataFrame, names: tuple[str, ...]) -> list[list[object]]:
    return [rows[name].to_list() for name in names]
