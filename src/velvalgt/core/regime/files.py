"""Reading law files: YAML to validated rules, with errors that name file, rule and field."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from velvalgt.core.regime.schema import LawFile
from velvalgt.core.regime.shapes import SHAPES
from velvalgt.core.strict_yaml import loaded, unreadable, wording

LAWS = Path(__file__).parent / "laws"
_LISTS = ("rules", "clocks", "ledgers", "dispensations")
_OF_THE_REGIME = ("valid", "commences", "planned_last_day")


class LawError(ValueError):
    """A law file does not hold: where, what is wrong, and what is allowed."""

    def __init__(self, file: str, rule: str, field: str, problem: str) -> None:
        self.file, self.rule, self.field, self.problem = file, rule, field, problem
        super().__init__(f"{file}: {rule or 'the file'}, {field or 'as a whole'}: {problem}")


def read_laws(folder: Path | None) -> tuple[dict[str, LawFile], str]:
    """Read the law that Velvalgt ships, with a folder of law files laid over it.

    Args:
        folder: holds `*.yaml`; a file with the name of a shipped one stands in its place, the
            others are added. None for the shipped law alone.

    Returns:
        File name to its content, in name order, and the hash of names and texts.

    Raises:
        LawError: a file cannot be read or does not hold.
    """
    paths = {path.name: path for path in files_of(LAWS)}
    if folder is not None:
        paths |= {path.name: path for path in files_of(folder)}
    digest = hashlib.sha256()
    files = {}
    for name in sorted(paths):
        text = paths[name].read_bytes()
        digest.update(name.encode() + b"\0" + text + b"\0")
        files[name] = _read(name, text)
    return files, digest.hexdigest()[:16]


def files_of(folder: Path) -> list[Path]:
    """The law files of a folder, in name order.

    Args:
        folder: holds `*.yaml`; a file whose name begins with a dot is none of them.

    Returns:
        At least one path.

    Raises:
        LawError: there is none.
    """
    found = sorted(path for path in folder.glob("*.yaml") if not path.name.startswith("."))
    if not found:
        raise LawError(folder.name, "", "", "no law files here: their names end in .yaml")
    return found


def faults_of(path: Path) -> list[LawError]:
    """All that is wrong with one law file for itself.

    Args:
        path: the file.

    Returns:
        The faults, none where it holds.
    """
    return _parsed(path.name, path.read_bytes())[1]


def _read(name: str, text: bytes) -> LawFile:
    content, faults = _parsed(name, text)
    if content is None:
        raise faults[0]
    return content


def _parsed(name: str, text: bytes) -> tuple[LawFile | None, list[LawError]]:
    """A law file, or what is wrong with it."""
    try:
        content = loaded(text.decode())
    except UnicodeDecodeError:
        return None, [LawError(name, "", "", "not UTF-8: save the file as UTF-8")]
    except yaml.YAMLError as error:
        return None, [LawError(name, "", "", unreadable(error, text.decode()))]
    if not isinstance(content, dict):
        kind = "a law file is a mapping with regime, act and rules, or dispensations"
        return None, [LawError(name, "", "", kind)]
    content = _inherited(content)
    rules, faults = _shaped(name, content)
    try:
        read = LawFile.model_validate({**content, "rules": rules})
    except ValidationError as error:
        return None, [*faults, *_law_errors(name, content, error)]
    return (None if faults else read), faults


def _inherited(content: Mapping[str, Any]) -> dict[str, Any]:
    """Give each entry what the file says of all of them, unless it has its own."""
    regime = content.get("regime")
    regime = regime if isinstance(regime, dict) else {}
    checked = {"last_checked": content.get("last_checked")}
    regimes = content.get("regimes") or [regime[key] for key in ("id",) if key in regime]
    dated = {key: regime[key] for key in _OF_THE_REGIME if key in regime}
    law = {"regimes": regimes, "standing": regime.get("standing", "law")}
    taken = {
        "rules": {**checked, **law, **dated},
        "clocks": checked,
        "ledgers": {"regimes": regimes},
        "dispensations": checked,
    }
    result = dict(content)
    for key, shared in taken.items():
        entries = content.get(key) or []
        result[key] = (
            [{**shared, **entry} if isinstance(entry, dict) else entry for entry in entries]
            if isinstance(entries, list)
            else entries
        )
    return result


def _shaped(name: str, content: Mapping[str, Any]) -> tuple[list[Any], list[LawError]]:
    """Read each rule's parameters as its shape asks."""
    if not isinstance(content["rules"], list):
        return [], [LawError(name, "", "rules", "this is a list, each rule beginning with '- id:'")]
    rules, faults = [], []
    for entry in content["rules"]:
        shape = SHAPES.get(str(entry.get("shape"))) if isinstance(entry, dict) else None
        params = None
        if shape is not None and not entry.get("cases"):
            try:
                params = shape.model_validate(entry.get("params"))
            except ValidationError as error:
                faults += _law_errors(name, content, error, rule=entry.get("id", "?"))
        rules.append({**entry, "params": params} if isinstance(entry, dict) else entry)
    return rules, faults


def _law_errors(
    name: str, content: Mapping[str, Any], error: ValidationError, rule: str = ""
) -> list[LawError]:
    # A field that is not known tells more than the one that is missing because of it.
    told = sorted(error.errors(), key=lambda each: each["type"] != "extra_forbidden")
    return [_law_error(name, content, each, rule) for each in told]


def _law_error(name: str, content: Mapping[str, Any], fault: Any, rule: str) -> LawError:
    location = list(fault["loc"])
    prefix = ["params"] if rule else []
    if len(location) > 1 and location[0] in _LISTS and isinstance(location[1], int):
        entry = content[str(location[0])][location[1]]
        given = entry.get("id") if isinstance(entry, dict) else None
        rule = str(given or f"{location[0]} no. {location[1] + 1}")
        location = location[2:]
    field = ".".join(str(part) for part in [*prefix, *location])
    return LawError(name, rule, field, wording(fault))
