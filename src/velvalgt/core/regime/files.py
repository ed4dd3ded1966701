"""Reading law files: YAML to validated rules, with errors that name file, rule and field."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from velvalgt.core.regime.schema import SHAPES, LawFile

LAWS = Path(__file__).parent / "laws"
_LISTS = ("rules", "clocks", "ledgers")


class LawError(ValueError):
    """A law file does not hold: where, what is wrong, and what is allowed."""

    def __init__(self, file: str, rule: str, field: str, problem: str) -> None:
        self.file, self.rule, self.field, self.problem = file, rule, field, problem
        super().__init__(f"{file}: {rule or 'the file'}, {field or 'as a whole'}: {problem}")


class _Loader(yaml.CSafeLoader):
    """YAML in which only true and false are truth values, so that `on` stays a word."""


_Loader.yaml_implicit_resolvers = {
    start: [(tag, pattern) for tag, pattern in found if not tag.endswith(":bool")]
    for start, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), list("tf"))


def read_laws(folder: Path) -> tuple[dict[str, LawFile], str]:
    """Read a folder of law files.

    Args:
        folder: holds `*.yaml`, a file for each act and period.

    Returns:
        File name to its content, in name order, and the hash of the texts.

    Raises:
        LawError: a file cannot be read or does not hold.
    """
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise LawError(str(folder), "", "", "no law files (*.yaml) here")
    digest = hashlib.sha256()
    files = {}
    for path in paths:
        text = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + text + b"\0")
        files[path.name] = _read(path.name, text)
    return files, digest.hexdigest()[:16]


def _read(name: str, text: bytes) -> LawFile:
    try:
        content = yaml.load(text, Loader=_Loader)  # noqa: S506 a safe loader
    except yaml.YAMLError as error:
        raise LawError(name, "", "", f"not YAML: {error}") from error
    if not isinstance(content, dict):
        raise LawError(name, "", "", "a law file is a mapping with regime, act and rules")
    content = _inherited(content)
    try:
        return LawFile.model_validate({**content, "rules": _shaped(name, content)})
    except ValidationError as error:
        raise _law_error(name, content, error) from error


def _inherited(content: Mapping[str, Any]) -> dict[str, Any]:
    """Give each entry the file's regime, standing and day of checking, unless it has its own."""
    result = dict(content)
    shared = {
        "regime": content.get("regime"),
        "standing": content.get("standing", "law"),
        "last_checked": content.get("last_checked"),
    }
    taken = {"rules": shared, "clocks": {"last_checked": shared["last_checked"]}}
    taken["ledgers"] = {"regime": shared["regime"]}
    for key in _LISTS:
        entries = content.get(key) or []
        result[key] = [
            {**taken[key], **entry} if isinstance(entry, dict) else entry for entry in entries
        ]
    return result


def _shaped(name: str, content: Mapping[str, Any]) -> list[Any]:
    """Read each rule's parameters as its shape asks."""
    rules = []
    for entry in content["rules"]:
        shape = SHAPES.get(str(entry.get("shape"))) if isinstance(entry, dict) else None
        if shape is None or entry.get("cases"):
            rules.append({**entry, "params": None} if isinstance(entry, dict) else entry)
            continue
        try:
            params = shape.model_validate(entry.get("params"))
        except ValidationError as error:
            raise _law_error(name, content, error, rule=entry.get("id", "?")) from error
        rules.append({**entry, "params": params})
    return rules


def _law_error(
    name: str, content: Mapping[str, Any], error: ValidationError, rule: str = ""
) -> LawError:
    first = error.errors()[0]
    location = list(first["loc"])
    prefix = ["params"] if rule else []
    if len(location) > 1 and location[0] in _LISTS and isinstance(location[1], int):
        entry = content[str(location[0])][location[1]]
        rule = entry.get("id", f"{location[0]} no. {location[1] + 1}") if entry else rule
        location = location[2:]
    field = ".".join(str(part) for part in [*prefix, *location])
    given = first.get("input")
    shown = "" if isinstance(given, dict | list) else f" (given: {given!r})"
    return LawError(name, rule, field, f"{first['msg'].removeprefix('Value error, ')}{shown}")
