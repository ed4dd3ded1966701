"""What a plan would be with other figures (prognose), beside the plan that holds; never a citizen.

The newest plan's own frames are planned anew with the figures that are tried, so that nothing
differs but what was tried.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import polars as pl
from django.utils.translation import gettext as _

from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.choices import AT_RISK
from velvalgt.apps.priorities import storing
from velvalgt.apps.priorities.choices import Mode
from velvalgt.apps.priorities.evidence import evidence
from velvalgt.apps.priorities.floors import CannotPlan
from velvalgt.apps.priorities.frames_file import FramesGone, inputs_of
from velvalgt.apps.priorities.gathering_citizens import citizens_on
from velvalgt.apps.priorities.gathering_duties import duties_within
from velvalgt.apps.priorities.gathering_options import Figures, capacities_of, options_on
from velvalgt.apps.priorities.grounds import mode_on
from velvalgt.apps.priorities.inputs import Inputs
from velvalgt.apps.priorities.looking_back import current_run
from velvalgt.apps.priorities.models import Forecast
from velvalgt.apps.staff.models import Tenant
from velvalgt.core.effect import SELF_SERVICE


class NothingToForecast(Exception):
    """There is no plan yet that other figures could be held against."""


def reckon(*, tenant: Tenant, forecast_id: UUID, at: datetime) -> None:
    """Reckon a forecast that was asked for, or say in it why it cannot be; twice is once."""
    with acting(tenant.pk, SYSTEM, Purpose.CASE_WORK):
        asked = Forecast.objects.filter(pk=forecast_id, result__isnull=True, failed="").first()
        if asked is None:
            return
        try:
            asked.result = _tried(asked.draft)
        except (FramesGone, NothingToForecast, CannotPlan) as refusal:
            asked.failed = str(refusal)
        asked.reckoned_at = at
        asked.save(update_fields=["result", "failed", "reckoned_at"])


def _tried(draft: dict[str, Any]) -> dict[str, Any]:
    # Compiled kernels and solvers are loaded only by whoever makes a plan, never by the web.
    from velvalgt.apps.priorities.planning import make_plan

    run = current_run()
    if run is None:
        raise NothingToForecast(_("There is no plan yet, so there is nothing to compare with."))
    before = inputs_of(run)
    if run.mode != mode_on(run.on):
        raise NothingToForecast(
            _("The ground for profiling is another than when the plan was made. Make a plan first.")
        )
    after = _with(before, draft)
    plan = make_plan(after, evidence())
    return {
        "run": str(run.pk),
        "before": _told(storing.stored_suggestions(run), before, run.capacities),
        "after": _told(plan.suggestions, after, plan.capacities),
    }


def _with(inputs: Inputs, draft: dict[str, Any]) -> Inputs:
    """The same citizens on the same day, with other figures.

    What the law asks within another period is asked anew.
    """
    figures, on = Figures(**draft["capacity"]), inputs.settings.on
    citizens = _as_they_say_now(inputs.citizens, citizens_on(on, weeks=figures.weeks))
    options = options_on(on, figures)
    duties = inputs.duties
    if figures.weeks != inputs.settings.weeks:
        duties = duties_within(on, weeks=figures.weeks, citizens=citizens)
    said = replace(
        inputs.settings,
        weeks=figures.weeks,
        weights=draft["weights"],
        floors=figures.floors,
    )
    capacities = capacities_of(options, figures)
    return Inputs(citizens, duties, options, capacities, said)


def _as_they_say_now(citizens: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """The same people, with the objections and the noes that stand now."""
    said = now.select("citizen", "objects", "no_to")
    known = citizens.drop("objects", "no_to").join(said, on="citizen", maintain_order="left")
    return known.select(citizens.columns)


def _told(
    suggestions: pl.DataFrame, inputs: Inputs, capacities: list[dict[str, Any]]
) -> dict[str, Any]:
    """A plan in totals: weeks in all and for those at risk, what is used, who gets how much.

    Small groups are counted here and hidden by the page. In plain mode no weeks are reckoned.
    """
    if inputs.settings.mode == Mode.PLAIN:
        return {"weeks": None, "weeks_at_risk": None, "capacities": capacities, "levels": []}
    levels = inputs.citizens.select("citizen", "level").filter(pl.col("level").is_not_null())
    known = levels.join(suggestions, on="citizen", how="left")
    told = known.group_by("level").agg(
        citizens=pl.len(),
        with_effort=(pl.col("effort") != SELF_SERVICE).sum(),
        weeks=pl.col("gain_weeks").sum(),
    )
    at_risk = told.filter(pl.col("level").is_in(AT_RISK))
    return {
        "weeks": suggestions["gain_weeks"].sum(),
        "weeks_at_risk": at_risk["weeks"].sum(),
        "capacities": capacities,
        "levels": told.sort("level").to_dicts(),
    }
