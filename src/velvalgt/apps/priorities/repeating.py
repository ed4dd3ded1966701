"""A plan made again from what it was made from: the same, row for row, or where it differs."""

import json
from dataclasses import asdict
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from velvalgt.apps.priorities import storing
from velvalgt.apps.priorities.evidence import evidence
from velvalgt.apps.priorities.frames_file import inputs_of
from velvalgt.apps.priorities.models import CurrentRun, Run
from velvalgt.apps.priorities.plan import Plan, Proof

TOTALS = ("capacities", "frontier", "groups", "less")


def differences(run: Run) -> list[str]:
    """Make a run's plan again, and say in words what differs; nothing where it is the same.

    Of the order of work only the newest plan's is stored, so only that is compared.

    Raises:
        FramesGone: what it was made from is kept no more.
    """
    # Compiled kernels and solvers are loaded only by whoever makes a plan, never by the web.
    from velvalgt.apps.priorities.planning import make_plan

    table = evidence()
    plan = make_plan(inputs_of(run), table)
    told = [
        _table(run, table.version),
        _rows(_("suggestions"), plan.suggestions, storing.stored_suggestions(run)),
    ]
    if CurrentRun.objects.filter(run=run).exists():
        told.append(
            _rows(_("lines of the order of work"), plan.work_lines, storing.stored_lines(run))
        )
    if _totals_of(plan) != _totals_of(run):
        told.append(_("The totals differ."))
    return [each for each in told if each]


def _table(run: Run, version: str) -> str:
    """That the plan went by another table of studies than the one here now."""
    if run.evidence_version in {"", version}:
        return ""
    return _("It went by version %(version)s of the table of studies, which is not here now.") % {
        "version": run.evidence_version
    }


def _rows(what: str, made: pl.DataFrame, stored: pl.DataFrame) -> str:
    """Which rows of two frames differ, in whatever order they stand."""
    one, other = ({repr(row) for row in _plain(frame).iter_rows()} for frame in (made, stored))
    if one == other and made.height == stored.height:
        return ""
    said = {"count": len(one ^ other), "what": what}
    return _("%(count)s rows differ among the %(what)s.") % said


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """With nothing for what a column of the database holds as an empty text."""
    return frame.with_columns(pl.col("^grade$").fill_null(""))


def _totals_of(of: Plan | Run) -> Any:
    proof = of.proof if isinstance(of, Plan) else _proof(of)
    totals = [getattr(of, name) for name in TOTALS]
    # As the database keeps them: what is no number, or a whole one, comes back as it went.
    return json.loads(json.dumps([proof and asdict(proof), of.weighed, totals]))


def _proof(run: Run) -> Proof | None:
    if run.value is None or run.gain is None or run.bound is None or run.gap is None:
        return None
    return Proof(run.value, run.gain, run.bound, run.gap)
