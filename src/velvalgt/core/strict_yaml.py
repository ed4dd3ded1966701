"""YAML that people write by hand: read strictly, with faults told in the words of its writers."""

from __future__ import annotations

import re
from typing import Any

import yaml


class _Loader(yaml.CSafeLoader):
    """YAML in which only true and false are truth values, so that `on` stays a word."""

    def construct_yaml_timestamp(self, node: yaml.ScalarNode) -> Any:
        """Read a day of the calendar."""
        try:
            return super().construct_yaml_timestamp(node)
        except ValueError:
            raise _at(node, f"{node.value} is no day of the calendar") from None


def _at(node: yaml.Node, problem: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)


_Loader.yaml_implicit_resolvers = {
    start: [(tag, pattern) for tag, pattern in found if not tag.endswith(":bool")]
    for start, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), list("tf"))
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_yaml_timestamp)


def loaded(text: str) -> Any:
    """What stands in a text; each key once in its mapping.

    Args:
        text: YAML.

    Returns:
        Mappings, lists and values; None where nothing stands there.

    Raises:
        yaml.YAMLError: it is none, or a key stands twice; `unreadable` says it in words.
    """
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        _each_key_once(node, set())
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _each_key_once(node: yaml.Node, seen: set[int]) -> None:
    if id(node) in seen or not isinstance(node, yaml.CollectionNode):
        return
    seen.add(id(node))
    keys: set[str] = set()
    for part in node.value:
        key, value = part if isinstance(part, tuple) else (None, part)
        if key is not None:
            if key.value in keys:
                raise _at(key, f"'{key.value}' stands twice")
            keys.add(key.value)
        _each_key_once(value, seen)


def unreadable(error: yaml.YAMLError, text: str) -> str:
    """Why a text is no YAML, with the line, and what is mostly meant.

    Args:
        error: what `loaded` raised.
        text: as it was given.

    Returns:
        A sentence without its full stop.
    """
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    if mark is None:
        return f"not YAML: {problem}"
    line = text.splitlines()[mark.line] if mark.line < len(text.splitlines()) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return f"not YAML, line {mark.line + 1}: a tab; indent with spaces"
    if "stands twice" in problem or "calendar" in problem:
        return f"line {mark.line + 1}: {problem}"
    return (
        f"not YAML, line {mark.line + 1}: {problem}. The fields of an entry stand under each other;"
        " a text with a comma or a colon stands in quotes"
    )


def wording(fault: Any) -> str:
    """What is wrong with a field, in words of those who write such files.

    Args:
        fault: one of pydantic's errors.

    Returns:
        A sentence without its full stop.
    """
    given, message = fault.get("input"), str(fault["msg"]).removeprefix("Value error, ")
    plain = _PLAIN.get(fault["type"])
    if plain is not None:
        message = plain
    if fault["type"] == "value_error" or given is None or isinstance(given, dict | list | tuple):
        return message
    return f"{message} (given: {given})"


_PLAIN = {
    "missing": "this is missing",
    "extra_forbidden": "no such field here; a text with a comma or a colon stands in quotes",
    "date_from_datetime_parsing": "write the day as 2026-11-30",
    "date_parsing": "write the day as 2026-11-30",
    "date_type": "write the day as 2026-11-30",
    "tuple_type": "this is a list: [first, second]",
    "model_type": "this has fields, each as 'name: value'",
    "dict_type": "this has fields, each as 'name: value'",
}
