"""What the documentation says is there, is there; and what is there, it says."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
DOCS, SOURCE = ROOT / "docs", ROOT / "src" / "velvalgt"
DECISIONS = DOCS / "decisions"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LINK = re.compile(r"(?<!`)\[[^\]]*\]\(([^)\s]+)\)")
TERM = re.compile(r"\(([^()]+)\)")

# In brackets in the first lines of docstrings, and no term of the law or of the trade.
ASIDES = {
    "NEVER where the law gives no day",
    "Velby",
    "cells, cells",
    "core/vocabulary.yaml",
    "docs/reference/components.md",
    "municipality, a-kasse",
    "new or changed",
    "or a run",
    'vel valgt, "well chosen"',
}
# What would lead a reader out of the project, to the machine on which it was written.
ELSEWHERE = re.compile(
    r"\.\./shared|(?<![\w.])/(?:work|root)/|(?<![\w.])/tmp/|/home/[a-z]+/|--(?:extra-)?index-url"
)
PRIVILEGES = {"R": "select", "A": "insert", "C": "update", "D": "delete"}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def rows_of(page: Path) -> Iterator[list[str]]:
    """The rows of all tables on a page, a text for each cell."""
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("|") and not line.startswith("|---"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def anchors_of(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("document", PAGES, ids=named)
def test_every_link_leads_somewhere(document: Path) -> None:
    broken = []
    for link in LINK.findall(document.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            broken.append(link)

    assert broken == []


def test_every_page_is_reached_from_the_first() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    reached = {(DOCS / link.partition("#")[0]).resolve() for link in LINK.findall(index)}

    unreached = {page for page in DOCS.rglob("*.md") if page.parent != DECISIONS} - reached
    assert {named(page) for page in unreached} == {"docs/index.md"}


def test_every_decision_is_listed_and_numbered_once() -> None:
    files = sorted(path.name for path in DECISIONS.glob("[0-9]*.md"))
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| \[(\d{4})\]\(([^)]+)\)", index, re.MULTILINE)

    assert [name for _, name in listed] == files
    assert [number for number, _ in listed] == [f"{n:04d}" for n in range(1, len(files) + 1)]


@pytest.mark.parametrize("decision", sorted(DECISIONS.glob("[0-9]*.md")), ids=named)
def test_a_decision_says_question_choice_price_and_what_would_change_it(decision: Path) -> None:
    headings = re.findall(r"^## (.+)$", decision.read_text(encoding="utf-8"), re.MULTILINE)

    assert headings == [
        "The question",
        "The choice",
        "Its price",
        "What would change our mind",
    ]


def wanted_libraries() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {re.split(r"[\[<>=~!; ]", each)[0].lower() for each in project["dependencies"]}


def test_every_library_has_its_licence_and_its_reason() -> None:
    page = (DECISIONS / "0021-libraries.md").read_text(encoding="utf-8")
    what_runs = page.partition("### What runs")[2].partition("### What the browser gets")[0]
    rows = [line.strip("|").split("|") for line in what_runs.splitlines() if line.startswith("|")]
    told = {row[0].strip(): [cell.strip() for cell in row[2:]] for row in rows[2:]}

    assert set(told) == wanted_libraries()
    assert [name for name, cells in told.items() if not all(cells)] == []


def test_the_licences_that_are_told_are_the_versions_that_are_pinned() -> None:
    run = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", run, re.MULTILINE))
    told = {row[0]: row[1] for row in rows_of(DECISIONS / "0021-libraries.md") if row[0] in pinned}

    assert told == {name: pinned[name] for name in wanted_libraries()}


def words() -> dict[str, set[str]]:
    """English word -> its Danish terms."""
    return {
        row[0]: set(re.split(r", ", row[1])) | {row[1]}
        for row in rows_of(DOCS / "reference" / "glossary.md")
        if row[0] != "English"
    }


def docstrings() -> Iterator[tuple[str, str]]:
    """The first sentence of each public docstring, with where it stands."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for path in SOURCE.rglob("*.py"):
        if {"migrations", "node_modules"} & set(path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, kinds) and not getattr(node, "name", "").startswith("_"):
                text = (ast.get_docstring(node) or "").partition("\n\n")[0]
                yield f"{named(path)}, {getattr(node, 'name', 'module')}", text


def is_aside(term: str) -> bool:
    """Codes, shapes and numbers are no words; the rest of what is none is listed."""
    return term in ASIDES or re.search(r"[0-9§*=_`:]|^n,|,$", term) is not None


def test_every_danish_term_in_a_docstring_is_in_the_table_of_words() -> None:
    known = set().union(*words().values())
    in_docstrings = [(term, at) for at, text in docstrings() for term in TERM.findall(text)]

    unknown = {
        f"{term} ({at})"
        for term, at in in_docstrings
        if not at.startswith("src/velvalgt/cli/") and not is_aside(term)
        if term not in known and not set(term.split(", ")) <= known
    }
    assert unknown == set()


def test_every_word_of_the_table_is_used_in_the_code() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for suffix in ("*.py", "*.yaml")
        for path in SOURCE.rglob(suffix)
        if "node_modules" not in path.parts
    )

    assert [w for w in words() if not re.search(w.replace("_", "_?"), code, re.IGNORECASE)] == []


def our_tables() -> list[str]:
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("velvalgt.")
    )


def described_tables() -> dict[str, list[str]]:
    rows = rows_of(DOCS / "reference" / "data-model.md")
    return {row[0].strip("`"): row[1:] for row in rows if row[0].startswith("`")}


def test_the_data_model_describes_every_table_of_ours() -> None:
    described = set(described_tables())

    assert set(our_tables()) == {name for name in described if name in our_tables()}
    assert [name for name in our_tables() if not described_tables()[name][0]] == []


@pytest.mark.parametrize("table", our_tables())
@pytest.mark.parametrize(("login", "column"), [("velvalgt_web", 1), ("velvalgt_worker", 2)])
def test_the_data_model_tells_what_each_login_may(
    db: None, table: str, login: str, column: int
) -> None:
    told = set(re.findall(r"\b[RACD]\b", described_tables()[table][column].partition(",")[0]))

    with connection.cursor() as cursor:
        held = set()
        for letter, privilege in PRIVILEGES.items():
            cursor.execute("select has_table_privilege(%s, %s, %s)", [login, table, privilege])
            if cursor.fetchone()[0]:
                held.add(letter)
    assert held == told


def committed_texts() -> list[Path]:
    """The texts of the project that somebody wrote; pictures, papers and pinned lists are none."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    skipped = {".png", ".mo", ".pdf"}
    return [ROOT / name for name in listed if Path(name).suffix not in skipped]


def test_nothing_leads_out_of_the_project() -> None:
    leading = {
        f"{named(path)}: {found[0]}"
        for path in committed_texts()
        if path.is_file() and path != Path(__file__)
        if (found := ELSEWHERE.search(path.read_text(encoding="utf-8")))
    }

    assert leading == set()


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert re.findall(r"^(\d+)\.", text, re.MULTILINE) == [str(n) for n in range(1, 16)]
    assert text.rstrip().endswith("Appendix require the production of a new EUPL version.")


def test_the_public_description_keeps_to_its_standard() -> None:
    told = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert told["publiccodeYmlVersion"] == "0.4"
    assert told["legal"]["license"] == project["license"]
    assert told["softwareVersion"] == project["version"]
    for text in told["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert all((ROOT / picture).exists() for picture in text["screenshots"])
