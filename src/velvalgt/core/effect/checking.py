"""Reading the two files of evidence: held to their shape and to each other, or told what fails."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from velvalgt.core.effect.studies import GRADES, Strict, Studies, Study
from velvalgt.core.effect.table import SELF_SERVICE, Effort, Row, Table
from velvalgt.core.strict_yaml import loaded, unreadable, wording

SHIPPED = Path(__file__).parent / "evidence"
GAINS, STUDIES = "gains.yaml", "studies.yaml"
TRIALS = ("lot_dk", "lot_abroad")
WEAK = "before_after"
_LISTS = ("levels", "outcomes", "efforts", "orders", "rows", "grades", "studies")
_NOT_HELP = re.compile(r"sanktion|sanction|threat|trussel", re.IGNORECASE)

File = TypeVar("File", bound=Strict)


class EvidenceError(ValueError):
    """A file of evidence does not hold: where, what is wrong, and how to mend it."""

    def __init__(self, file: str, row: str, field: str, problem: str) -> None:
        self.file, self.row, self.field, self.problem = file, row, field, problem
        super().__init__(f"{file}: {row or 'the file'}, {field or 'as a whole'}: {problem}")


def read_evidence(folder: Path | None) -> tuple[Table, Studies, str]:
    """Read what Velvalgt ships, or a municipality's copy.

    Args:
        folder: holds gains.yaml and studies.yaml, or one of them; the shipped one stands in for
            the other. None for the shipped ones.

    Returns:
        The table, the studies, and the hash of both texts.

    Raises:
        EvidenceError: something does not hold; the first fault.
    """
    table, studies, version, faults = _read(folder)
    if table is None or studies is None or faults:
        raise faults[0]
    return table, studies, version


def faults_of(folder: Path | None) -> list[EvidenceError]:
    """All that is wrong with a copy.

    Args:
        folder: as in `read_evidence`.

    Returns:
        The faults, none where it holds.
    """
    return _read(folder)[3]


def _read(folder: Path | None) -> tuple[Table | None, Studies | None, str, list[EvidenceError]]:
    if folder is not None and not any((folder / name).is_file() for name in (GAINS, STUDIES)):
        problem = f"no {GAINS} and no {STUDIES} here; write a copy with velvalgt evidence --write"
        return None, None, "", [EvidenceError(folder.name, "", "", problem)]
    texts = {name: _path(folder, name).read_bytes() for name in (GAINS, STUDIES)}
    table, in_table = _shaped(GAINS, texts[GAINS], Table)
    studies, in_studies = _shaped(STUDIES, texts[STUDIES], Studies)
    faults = [*in_table, *in_studies]
    if table is not None and studies is not None:
        faults += _disagreements(table, studies)
    digest = hashlib.sha256(b"\0".join(texts[name] for name in sorted(texts)))
    return table, studies, digest.hexdigest()[:16], faults


def _path(folder: Path | None, name: str) -> Path:
    own = (folder or SHIPPED) / name
    return own if own.is_file() else SHIPPED / name


def _shaped(name: str, text: bytes, kind: type[File]) -> tuple[File | None, list[EvidenceError]]:
    try:
        content = loaded(text.decode())
        if not isinstance(content, dict):
            return None, [EvidenceError(name, "", "", "this has fields, each as 'name: value'")]
        return kind.model_validate(content), []
    except UnicodeDecodeError:
        return None, [EvidenceError(name, "", "", "not UTF-8: save the file as UTF-8")]
    except yaml.YAMLError as error:
        return None, [EvidenceError(name, "", "", unreadable(error, text.decode()))]
    except ValidationError as error:
        # A field that is not known tells more than the one that is missing because of it.
        told = sorted(error.errors(), key=lambda each: each["type"] != "extra_forbidden")
        return None, [_fault(name, content, each) for each in told]


def _fault(name: str, content: dict[str, Any], fault: Any) -> EvidenceError:
    place, row = list(fault["loc"]), ""
    if len(place) > 1 and place[0] in _LISTS and isinstance(place[1], int):
        entry = content[str(place[0])][place[1]]
        named = entry.get("id") or entry.get("flag") if isinstance(entry, dict) else None
        row, place = str(named or f"{place[0]} no. {place[1] + 1}"), place[2:]
    problem = wording(fault)
    if place == ["grade"] and fault["type"] != "missing":
        problem = f"'{fault['input']}' is no grade; there are: {', '.join(GRADES)}"
    return EvidenceError(name, row, ".".join(str(part) for part in place), problem)


def _disagreements(table: Table, studies: Studies) -> Iterator[EvidenceError]:
    """Where parts that hold for themselves do not fit together."""
    known = {study.id: study for study in studies.studies}
    cited = [("displacement", "studies", study) for study in table.displacement.studies]
    cited += [("well_measured", "", study) for study in table.well_measured]
    cited += [(row.id, "study", row.study) for row in table.rows]
    for row, field, study in cited:
        if study not in known:
            yield EvidenceError(GAINS, row, field, f"'{study}' is not in {STUDIES}; write it there")
    for study in table.well_measured:
        if study in known and known[study].grade.id not in TRIALS:
            problem = f"'{study}' is no trial by lot; take it out, and let sd be at least the mean"
            yield EvidenceError(GAINS, "well_measured", "", problem)
    yield from _about_efforts(table)
    yield from _about_rows(table, known)


def _about_efforts(table: Table) -> Iterator[EvidenceError]:
    ids = [effort.id for effort in table.efforts]
    for effort in table.efforts:
        if ids.count(effort.id) > 1:
            yield EvidenceError(GAINS, effort.id, "id", "an effort stands once")
        if _is_no_help(effort):
            problem = "a sanction or a threat is never an effort; take it out"
            yield EvidenceError(GAINS, effort.id, "words", problem)
    for order in table.orders:
        unknown = sorted({*order.first, *order.then} - set(ids))
        if unknown:
            problem = f"no effort {', '.join(unknown)}; there are: {', '.join(ids)}"
            yield EvidenceError(GAINS, order.flag, "first and then", problem)


def _is_no_help(effort: Effort) -> bool:
    return bool(_NOT_HELP.search(f"{effort.id} {effort.words.da} {effort.words.en}"))


def _about_rows(table: Table, known: dict[str, Study]) -> Iterator[EvidenceError]:
    efforts = [effort.id for effort in table.efforts if effort.id != SELF_SERVICE]
    spoken: dict[tuple[str, ...], str] = {}
    for row in table.rows:
        if row.effort not in efforts:
            problem = f"'{row.effort}' has no rows; there are: {', '.join(efforts)}"
            yield EvidenceError(GAINS, row.id, "effort", problem)
        yield from _about_reading(row, table)
        for group in row.groups:
            if row.measured.unit not in table.outcome_of(group).units:
                yield EvidenceError(GAINS, row.id, "measured.unit", _no_outcome(row, table, group))
            for level in row.levels:
                other = spoken.setdefault((row.study, row.effort, group, level), row.id)
                if other != row.id:
                    problem = f"{row.study} speaks twice for {group}, {level}: here and in {other}"
                    yield EvidenceError(GAINS, row.id, "levels", problem)
    ids = [row.id for row in table.rows]
    for row_id in sorted({row_id for row_id in ids if ids.count(row_id) > 1}):
        yield EvidenceError(GAINS, row_id, "id", "a row stands once; give the other another id")


def _about_reading(row: Row, table: Table) -> Iterator[EvidenceError]:
    if row.study not in table.well_measured and row.reading.sd < abs(row.reading.mean):
        problem = (
            f"at least as large as the mean, here {abs(row.reading.mean):g}: {row.study} is none of"
            f" the well measured ({', '.join(table.well_measured)})"
        )
        yield EvidenceError(GAINS, row.id, "reading.sd", problem)


def _no_outcome(row: Row, table: Table, group: str) -> str:
    outcome = table.outcome_of(group)
    allowed = ", ".join(outcome.units) or "nothing that was measured: such a group has no rows"
    return (
        f"{row.measured.unit} is not what counts for {group} ({outcome.words.en}); allowed:"
        f" {allowed}"
    )
