"""What import contracts cannot say: how apps and screens treat each other, where words stand."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from velvalgt.apps.cases.choices import Actor, Kind
from velvalgt.apps.duties.choices import Status
from velvalgt.apps.people.choices import Form
from velvalgt.core.frames import vocabulary
from velvalgt.core.regime.duties import STATUSES

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "velvalgt"
ORDER = [
    "audit", "staff", "people", "cases", "messages", "duties", "meetings", "companies",
    "offers", "priorities", "exchange",
]  # fmt: skip
DOORS = {
    "services", "queries", "models", "choices",
    "types",  # what the doctor asks: the file of meeting types needs no database
    "machine",  # the same, of the steps of an invitation
    "evidence",  # and of the table of studies
    "scanner",  # what the doctor asks, too; it knows nothing of cases
    "receiving",  # services for many rows at a time
    "actor", "reading", "rowsecurity", "requests", "cpr", "guarded",  # what every station rests on
    "retention",  # how each says what it keeps, and how long
}  # fmt: skip
WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create"}


def modules(folder: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((SOURCE / folder).rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_of_another_app_only_its_doors_are_imported() -> None:
    wrong = []
    for path, tree in [*modules("apps"), *modules("screens"), *modules("site")]:
        for name in imported(tree):
            parts = name.split(".")
            is_app = name.startswith("velvalgt.apps.") and len(parts) > 3
            own = path.is_relative_to(SOURCE / "apps" / parts[2]) if is_app else True
            if is_app and not own and parts[3] not in DOORS:
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")

    assert not wrong


def test_screens_write_nothing_themselves() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno} calls {node.func.attr}"
        for path, tree in modules("screens")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
    ]

    assert not wrong


def test_a_foreign_key_names_only_an_earlier_app() -> None:
    for model in apps.get_models():
        label = model._meta.app_label
        for field in model._meta.fields:
            if label in ORDER and isinstance(field, ForeignKey):
                there = field.related_model._meta.app_label

                assert ORDER.index(there) <= ORDER.index(label), f"{model.__name__}.{field.name}"


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        (Kind, [word.word for word in vocabulary("kind")]),
        (Actor, [word.word for word in vocabulary("actor")]),
        (Form, [word.word for word in vocabulary("form")]),
        (Status, list(STATUSES)),
    ],
)
def test_the_records_and_the_core_use_the_same_words(choices: type, words: list[str]) -> None:
    assert set(choices.values) == set(words)


def test_the_clock_is_read_only_where_a_request_or_job_begins() -> None:
    clock = re.compile(
        r"timezone\.(now\(|localdate\(\)|localtime\(\))|datetime\.now\(|date\.today\("
    )
    allowed = ("screens", "site", "/cli/", "/tasks.py", "/requests.py")
    wrong = [
        str(path.relative_to(SOURCE))
        for path in sorted(SOURCE.rglob("*.py"))
        if clock.search(path.read_text(encoding="utf-8"))
        and not any(place in f"/{path.relative_to(SOURCE)}" for place in allowed)
    ]

    assert not wrong


def test_every_setting_from_the_environment_is_documented() -> None:
    documented = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    used = {
        name
        for path in SOURCE.rglob("*.py")
        for name in re.findall(r"\b(?:VELVALGT_[A-Z_]+|DATABASE_URL|PG_BIN)\b", path.read_text())
    }

    assert used
    assert not {name for name in used if f"`{name}`" not in documented}


def test_every_queue_has_a_worker() -> None:
    from procrastinate.contrib.django import app

    queues = {task.queue for task in app.tasks.values() if task.name.startswith("velvalgt")}
    launcher = "".join(path.read_text() for path in (SOURCE / "site" / "server").glob("*.py"))
    names_queues = "--queues" in launcher or "queues=" in launcher

    assert queues
    assert not names_queues or all(f'"{queue}"' in launcher for queue in queues)
