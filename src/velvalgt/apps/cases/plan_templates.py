"""Ready goals with ready steps (skabelon), read from `plan_templates.yaml`."""

from dataclasses import dataclass
from functools import cache

from velvalgt.apps.cases.choices import Owner
from velvalgt.apps.cases.texts import Said, data_file


@dataclass(frozen=True, slots=True)
class ReadyStep:
    """A step in ready words, and who is to take it."""

    text: Said
    owner: Owner


@dataclass(frozen=True, slots=True)
class Template:
    """A goal in ready words with the steps that often lead there."""

    key: str
    title: Said
    goal: Said
    steps: tuple[ReadyStep, ...]


@cache
def templates() -> tuple[Template, ...]:
    """The ready goals, in the file's order."""
    return tuple(
        Template(
            key=entry["key"],
            title=Said(**entry["title"]),
            goal=Said(**entry["goal"]),
            steps=tuple(
                ReadyStep(Said(da=step["da"], en=step["en"]), Owner(step["owner"]))
                for step in entry["steps"]
            ),
        )
        for entry in data_file("plan_templates")["templates"]
    )


def template_named(key: str) -> Template | None:
    """Find a ready goal."""
    return next((template for template in templates() if template.key == key), None)


def ready_step_named(key: str) -> ReadyStep | None:
    """Find a ready step by its template and place, such as "try_a_trade.2"."""
    name, _, place = key.partition(".")
    template = template_named(name)
    number = int(place) if place.isdecimal() else 0
    if template is None or not 0 < number <= len(template.steps):
        return None
    return template.steps[number - 1]
