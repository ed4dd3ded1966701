"""What may be done to a plan from a page: the form, what it does, and the words around it.

The citizen's pages and the caseworker's offer the same errands, each for their side.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from velvalgt.apps.cases import planning
from velvalgt.apps.cases.plan_templates import ready_step_named, template_named
from velvalgt.apps.cases.planwriting import Hand, open_goal, open_step
from velvalgt.apps.cases.requests.steps import GoalForm, GoalWords, NextStepForm, StepFields
from velvalgt.apps.people.models import Citizen


@dataclass(frozen=True, slots=True)
class Other:
    """Another thing that can be done from the same page, by one button."""

    text: str
    action: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing that somebody does to a plan."""

    form: forms.Form
    do: Callable[[], object]
    heading: str
    lead: str = ""
    praise: str = ""
    ready: str = ""
    """Which ready words stand above the form: those of goals, or of steps."""
    others: tuple[Other, ...] = ()


def new_goal(*, citizen: Citizen, hand: Hand, data: QueryDict | None, ready: str) -> Errand:
    """Write a goal with its first step, in one's own words or from ready ones."""
    template = template_named(ready)
    initial: dict[str, object] | None = None
    if template is not None:
        first = template.steps[0]
        initial = {"goal": str(template.goal), "step": str(first.text), "owner": first.owner}
    form = GoalForm(data, citizen=citizen, side=hand.side, initial=initial)
    return Errand(
        form=form,
        do=lambda: planning.add_goal(
            citizen=citizen, goal=form.new_goal, first=form.new_step, hand=hand
        ),
        heading=_("A new goal"),
        lead=_("A goal has a first step. The other side says yes to the goal."),
        ready="goals",
    )


def changed_goal(*, citizen: Citizen, hand: Hand, data: QueryDict | None, key: UUID) -> Errand:
    """Write a goal anew, say that it is reached, or take it out.

    Raises:
        NotOpen: it is closed or unknown.
    """
    now = open_goal(citizen, key).now
    form = GoalWords(data, initial={"goal": now.words, "why": now.why})
    return Errand(
        form=form,
        do=lambda: planning.change_goal(citizen=citizen, key=key, goal=form.new_goal, hand=hand),
        heading=_("Change the goal"),
        others=(
            Other(_("The goal is reached"), "end/", "reached"),
            Other(_("Take the goal out"), "end/", "out"),
        ),
    )


def new_step(
    *, citizen: Citizen, hand: Hand, data: QueryDict | None, goal: UUID, ready: str
) -> Errand:
    """Write one more step towards a goal, in one's own words or in ready ones.

    Raises:
        NotOpen: the goal is closed or unknown.
    """
    lead = open_goal(citizen, goal).now.words
    chosen = ready_step_named(ready)
    initial: dict[str, object] | None = None
    if chosen is not None:
        initial = {"step": str(chosen.text), "owner": chosen.owner}
    form = StepFields(data, citizen=citizen, side=hand.side, initial=initial)
    return Errand(
        form=form,
        do=lambda: planning.add_step(citizen=citizen, goal_key=goal, step=form.new_step, hand=hand),
        heading=_("One more step"),
        lead=lead,
        ready="steps",
    )


def changed_step(*, citizen: Citizen, hand: Hand, data: QueryDict | None, key: UUID) -> Errand:
    """Write a step anew, or take it out.

    Raises:
        NotOpen: it is closed or unknown.
    """
    now = open_step(citizen, key)[1].now
    initial: dict[str, object] = {
        "step": now.words,
        "due_on": now.due_on,
        "owner": now.owner,
        "owner_name": now.owner_name,
    }
    form = StepFields(data, citizen=citizen, side=hand.side, initial=initial)
    return Errand(
        form=form,
        do=lambda: planning.change_step(citizen=citizen, key=key, step=form.new_step, hand=hand),
        heading=_("Change the step"),
        others=(Other(_("Take the step out"), "removal/"),),
    )


def finished_step(*, citizen: Citizen, hand: Hand, data: QueryDict | None, key: UUID) -> Errand:
    """Mark a step as done; after the last one comes another, or the goal is reached.

    Raises:
        NotOpen: it is closed or unknown.
    """
    goal, found = open_step(citizen, key)
    finish = partial(planning.finish_step, citizen=citizen, key=key, hand=hand)
    if not goal.has_one_step:
        return Errand(
            form=forms.Form(data),
            do=lambda: finish(then=None, reaches_goal=False),
            heading=_("Is it done?"),
            lead=found.now.words,
        )
    form = NextStepForm(data, citizen=citizen, side=hand.side)
    return Errand(
        form=form,
        do=lambda: finish(then=form.then, reaches_goal=form.reaches),
        heading=_("What comes next?"),
        praise=_("Well done: %(step)s") % {"step": found.now.words},
    )
