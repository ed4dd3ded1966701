"""From the database to a plan's inputs, by a few questions about everybody at once."""

from datetime import date

from django.utils.translation import gettext as _

from velvalgt.apps.duties.queries import law_version
from velvalgt.apps.priorities.capacity import PERIOD, capacity_on
from velvalgt.apps.priorities.choices import Mode
from velvalgt.apps.priorities.evidence import evidence
from velvalgt.apps.priorities.gathering_citizens import citizens_on
from velvalgt.apps.priorities.gathering_duties import duties_within
from velvalgt.apps.priorities.gathering_options import Figures, capacities_of, options_on
from velvalgt.apps.priorities.grounds import mode_on
from velvalgt.apps.priorities.inputs import Inputs, Settings
from velvalgt.apps.priorities.weighing import weights_on


class NoCapacityPlan(Exception):
    """Nobody has written what there is, so nothing can be weighed against it."""


def gather(on: date) -> Inputs:
    """Gather what a plan for a day is made from, as the actor who sees everybody of a tenant.

    The duties are those that stand: have them reckoned for the day first.

    Raises:
        NoCapacityPlan: the plan is to go by gain, and nobody has written what there is.
    """
    mode = mode_on(on)
    figures = figures_on(on, mode)
    citizens = citizens_on(on, weeks=figures.weeks)
    options = options_on(on, figures)
    return Inputs(
        citizens=citizens,
        duties=duties_within(on, weeks=figures.weeks, citizens=citizens),
        options=options,
        capacities=capacities_of(options, figures),
        settings=_settings(on, mode, figures),
    )


def figures_on(on: date, mode: Mode) -> Figures:
    """Give what there is in the period that begins on a day.

    Raises:
        NoCapacityPlan: as `gather`.
    """
    plan = capacity_on(on)
    if plan is None and mode != Mode.PLAIN:
        raise NoCapacityPlan(
            _("Nobody has written what there is of hours and seats. Write the capacities first.")
        )
    return Figures.of(plan) if plan else Figures(PERIOD, {}, {}, {}, None, [])


def _settings(on: date, mode: Mode, figures: Figures) -> Settings:
    """What the plan goes by besides; its seed is the day's number.

    So the same day falls out the same, and nobody comes last among equals each day.
    """
    return Settings(
        on=on,
        weeks=figures.weeks,
        mode=mode,
        seed=on.toordinal(),
        weights=dict(weights_on(on).weights),
        floors=figures.floors,
        law_version=law_version(),
        evidence_version="" if mode == Mode.PLAIN else evidence().version,
    )
