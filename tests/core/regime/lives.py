"""Lives written short: one citizen or many, with the columns that a test names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from velvalgt.core.regime import LawBook
from velvalgt.core.regime.examples import Answer, Frames, answer, frames_of

Record = Mapping[str, object]
DEMO_DAY = date(2026, 11, 23)


def life(
    spells: Iterable[Record], events: Iterable[Record] = (), people: Iterable[Record] = ()
) -> Frames:
    """The frames of a story; who and where are 1 and Velby unless the story says."""
    return frames_of(spells, events, people)


def insured(start: str, **more: object) -> Record:
    """A spell on dagpenge."""
    return {"benefit": "dagpenge", "group": "G1", "start": start, **more}


def job_ready(start: str, **more: object) -> Record:
    """A job-ready spell on cash benefit."""
    return {"benefit": "kontanthjaelp", "group": "G2", "start": start, **more}


def interview(on: str, **more: object) -> Record:
    """An interview in person with the municipality, unless told otherwise."""
    return {"kind": "interview", "on": on, "form": "in_person", **more}


def rows_of(book: LawBook, frames: Frames, on: date, rule: str) -> Answer:
    """The rows that a rule gives on a day."""
    return answer(book, rule, frames, on)
