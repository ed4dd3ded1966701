"""The style sheet closes every brace: a rule that swallows the next is seen in no review."""

import re
from pathlib import Path

import velvalgt.web

SHEETS = sorted((Path(velvalgt.web.__file__).parent / "static" / "velvalgt").glob("*.css"))


def test_every_rule_of_the_style_sheet_is_closed_before_the_next_begins() -> None:
    assert SHEETS
    for sheet in SHEETS:
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        depth = 0
        for brace in re.findall(r"^\S.*{|[{}]", text, flags=re.MULTILINE):
            assert brace in "{}" or not depth, f"{sheet.name}: not closed before {brace}"
            depth += -1 if brace == "}" else 1
        assert not depth
