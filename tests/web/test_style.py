"""The site's own style is whole: a rule left open would swallow those after it without a word."""

from pathlib import Path

import pytest

SHEETS = sorted((Path(__file__).parents[2] / "src/velvalgt/web/static/velvalgt").glob("*.css"))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_every_rule_is_closed_before_the_next_begins(sheet: Path) -> None:
    depth, left_open = 0, []
    for number, line in enumerate(sheet.read_text(encoding="utf-8").splitlines(), 1):
        begins_anew = line[:1] not in {"", " ", "}"}
        if depth and begins_anew:
            left_open.append(number)
        depth += line.count("{") - line.count("}")

    assert (left_open, depth) == ([], 0)
