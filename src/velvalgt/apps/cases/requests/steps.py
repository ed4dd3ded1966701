"""The forms of the plan: a goal with its first step, a step, and what comes after the last."""

from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from velvalgt.apps.cases.choices import Owner, Side
from velvalgt.apps.cases.planwriting import NewGoal, NewStep
from velvalgt.apps.cases.requests.fields import DayField, OwnWords
from velvalgt.apps.people.models import Citizen


class StepFields(forms.Form):
    """A step of the plan: what, by when, by whom."""

    step = OwnWords(label=_("The step"), max_length=300)
    due_on = DayField(label=_("By when"))
    owner = forms.ChoiceField(
        label=_("Who does it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who does it.")},
    )
    owner_name = OwnWords(
        label=_("If somebody else: who?"),
        help_text=_("Such as the workshop’s name. Write no CPR number."),
        max_length=120,
        required=False,
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        citizen: Citizen,
        side: Side,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        owner = cast("forms.ChoiceField", self.fields["owner"])
        me = _("I do") if side == Side.CITIZEN else citizen.first_name
        owner.choices = [
            (Owner.CITIZEN, me),
            (Owner.MUNICIPALITY, _("The municipality")),
            (Owner.SOMEBODY, _("Somebody else")),
        ]

    def clean(self) -> dict[str, object]:
        """Somebody else has a name."""
        said = self.cleaned_data
        if said.get("owner") == Owner.SOMEBODY and not said.get("owner_name"):
            self.add_error("owner_name", _("Write who it is."))
        return said

    @property
    def new_step(self) -> NewStep:
        """The step as it was written."""
        said = self.cleaned_data
        owner = Owner(said["owner"])
        name = said["owner_name"] if owner == Owner.SOMEBODY else ""
        return NewStep(said["step"], said["due_on"], owner, name)


class GoalWords(forms.Form):
    """A goal: what, and why it matters."""

    goal = OwnWords(label=_("The goal"), max_length=300)
    why = OwnWords(label=_("Why does it matter?"), max_length=1000, required=False, rows=2)

    @property
    def new_goal(self) -> NewGoal:
        """The goal as it was written."""
        return NewGoal(self.cleaned_data["goal"], self.cleaned_data["why"])


class GoalForm(StepFields, GoalWords):
    """A goal together with its first step: none stands without one."""

    field_order = ["goal", "why", "step", "due_on", "owner", "owner_name"]

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        citizen: Citizen,
        side: Side,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, citizen=citizen, side=side, initial=initial)
        self.fields["step"].label = _("The first step")


class NextStepForm(StepFields):
    """What comes after the last step of a goal: another one, or the goal is reached."""

    reaches_goal = forms.ChoiceField(
        label=_("What now?"),
        choices=[("no", _("There is a next step")), ("yes", _("The goal is reached"))],
        widget=forms.RadioSelect,
        initial="no",
    )
    field_order = ["reaches_goal", "step", "due_on", "owner", "owner_name"]

    def full_clean(self) -> None:
        """A reached goal needs no next step."""
        if self.is_bound and self.data.get("reaches_goal") == "yes":
            for name in ("step", "due_on", "owner"):
                self.fields[name].required = False
        super().full_clean()

    @property
    def reaches(self) -> bool:
        """Whether the goal is reached."""
        return bool(self.cleaned_data["reaches_goal"] == "yes")

    @property
    def then(self) -> NewStep | None:
        """The next step, unless the goal is reached."""
        return None if self.reaches else self.new_step
