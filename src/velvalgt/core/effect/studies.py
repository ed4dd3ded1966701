"""Studies of efforts: what was found, for whom, how strong the method is and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

EVIDENCE = Path(__file__).parent / "evidence" / "studies.yaml"
KINDS = ("course", "placement", "wage_subsidy", "mentor", "network", "guidance", "team")
"""The kinds of effort that a study may be about; the catalogue uses the same words."""

GRADES = ("lot_dk", "lot_abroad", "review", "matched_dk", "told", "before_after")
"""How strong a method is, the strongest first: what a copy of the files may word, but not move."""

Kind = Literal["course", "placement", "wage_subsidy", "mentor", "network", "guidance", "team"]
Status = Literal["confirmed", "secondhand"]


class Strict(BaseModel):
    """A part of an evidence file: no unknown field, nothing changed after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Texts(Strict):
    """The same text in Danish and in English."""

    da: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Source(Strict):
    """Where it is written: authors and title, the year, the page where there is one."""

    title: str
    year: int
    url: str | None = Field(default=None, pattern="^https://")
    read_on: date


class Grade(Strict):
    """How strong a method is, in words; the stronger stands first in the file."""

    id: str
    words: Texts
    why: Texts


class Study(Strict):
    """One study, or a group of studies: never more certain than its uncertainty says.

    Attributes:
        kinds: the kinds of effort it is about; none where it is about no offer, such as meetings.
        groups: the target groups it is about; none where it is about no group of the law's.
        status: confirmed where the figures were read in the source, or in its summary; secondhand
            where somebody else told of them.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    kinds: tuple[Kind, ...]
    groups: tuple[str, ...] = ()
    whom: Texts
    found: Texts
    uncertainty: Texts
    grade: Grade
    source: Source
    status: Status


class Studies(Strict):
    """The file as a whole."""

    grades: tuple[Grade, ...]
    studies: tuple[Study, ...]

    @model_validator(mode="before")
    @classmethod
    def _with_grades(cls, content: Mapping[str, Any]) -> dict[str, Any]:
        """Put the grade itself where a study names it; what names none is left to be refused."""
        grades, studies = content.get("grades"), content.get("studies")
        if not isinstance(grades, list) or not isinstance(studies, list):
            return dict(content)
        known = {str(grade.get("id")): grade for grade in grades if isinstance(grade, dict)}
        graded = [
            study | {"grade": known[str(study.get("grade"))]}
            if isinstance(study, dict) and str(study.get("grade")) in known
            else study
            for study in studies
        ]
        return {**content, "studies": graded}

    @model_validator(mode="after")
    def _in_order_and_once(self) -> Studies:
        if tuple(grade.id for grade in self.grades) != GRADES:
            raise ValueError(f"grades: there are exactly these, in this order: {', '.join(GRADES)}")
        ids = [study.id for study in self.studies]
        twice = sorted({study for study in ids if ids.count(study) > 1})
        if twice:
            raise ValueError(f"studies: {', '.join(twice)} stands twice")
        return self


@cache
def load(path: Path = EVIDENCE) -> Studies:
    """Read and check a file of studies.

    Args:
        path: the file; the one that Velvalgt ships where nothing is said.

    Returns:
        Its grades, the strongest first, and its studies.

    Raises:
        pydantic.ValidationError: the file does not hold; it says where and why.
    """
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return Studies.model_validate(content)


@cache
def studies_of(kind: str, groups: tuple[str, ...] = ()) -> tuple[Study, ...]:
    """What studies say of a kind of effort.

    Args:
        kind: one of `KINDS`.
        groups: the target groups of whoever reads; what is about other groups stands last.

    Returns:
        The studies, the strongest method first, the newest first within a method; none where none
        has been read.

    Raises:
        KeyError: there is no such kind.
    """
    if kind not in KINDS:
        raise KeyError(kind)
    evidence = load()
    strength = {grade.id: place for place, grade in enumerate(evidence.grades)}
    about = [study for study in evidence.studies if kind in study.kinds]
    about.sort(key=lambda study: (strength[study.grade.id], -study.source.year, study.id))
    about.sort(key=lambda study: bool(study.groups) and not set(study.groups) & set(groups))
    return tuple(about)
