"""Explanations: what is asked, by when, why, counted how; short enough for everyone."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.core.regime.lives import DEMO_DAY, insured, interview, job_ready, life, rows_of
from velvalgt.core.regime import LawBook, load
from velvalgt.core.regime.examples import examples_of
from velvalgt.core.regime.explain import Explanation, _texts

RULES = [rule.id for rule in load().rules]
# A power that the law gives the authority; no citizen is shown it as a duty.
NOT_FOR_CITIZENS = {"exempt_override"}


def lix(text: str) -> float:
    """Words a sentence plus the percentage of words over six letters (Björnsson, 1968)."""
    text = re.sub(r"(\d)\. (?=[a-zæøå])", r"\1 ", text).replace("stk. ", "stk ")
    words = re.findall(r"\w+", text)
    sentences = len(re.findall(r"[.!?:](?=\s|$)", text))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def codes(explanation: Explanation) -> list[str]:
    return [line.code for line in explanation.lines("da")]


def said(explanation: Explanation, code: str, language: str = "da") -> str:
    lines = explanation.lines("da" if language == "da" else "en")
    return next(line.text for line in lines if line.code == code)


@pytest.mark.parametrize("rule_id", [rule for rule in RULES if rule not in NOT_FOR_CITIZENS])
def test_a_citizen_can_read_every_explanation(book: LawBook, rule_id: str) -> None:
    texts = [
        book.explain(
            *life(story.spells, story.events, story.people),
            story.on,
            person_id=1,
            rule_id=rule_id,
        ).text("da")
        for about, story in examples_of(book)
        if about == rule_id
    ]

    assert max(lix(text) for text in texts) <= 30


def test_joerns_first_interview_is_explained_with_day_paragraph_and_doubt(book: LawBook) -> None:
    joern = life([job_ready("2026-11-23")], [{"kind": "first_contact", "on": "2026-11-23"}])

    explanation = book.explain(*joern, DEMO_DAY, person_id=1, rule_id="k3_first_for_all")

    assert said(explanation, "deadline") == (
        "Den sidste dag er 30. november 2026. Det er 1 uge efter 23. november 2026."
    )
    assert said(explanation, "source") == "Det står i LAB § 31, lov 1750/2025."
    assert explanation.unverified
    assert "1 og 2 uger" in said(explanation, "doubt")


def test_what_has_been_counted_is_told_with_its_days(book: LawBook) -> None:
    amalie = life(
        [insured("2026-08-18")],
        [interview("2026-08-27", actor="a_kasse"), interview("2026-10-01", actor="a_kasse")],
    )

    explanation = book.explain(
        *amalie, DEMO_DAY, person_id=1, rule_id="k3_akasse_min2_in_3mt_quota75"
    )

    assert said(explanation, "counted", "en") == (
        "We have counted 2: 27 August 2026 and 1 October 2026. Needed in all: 2."
    )
    assert explanation.finding is not None
    assert explanation.finding.counted == (date(2026, 8, 27), date(2026, 10, 1))


def test_a_right_is_told_as_a_right_before_it_is_used(book: LawBook) -> None:
    explanation = book.explain(
        *life([insured("2026-08-18")]), DEMO_DAY, person_id=1, rule_id="k3_right_on_request"
    )

    assert explanation.is_right
    assert explanation.finding is None
    assert codes(explanation) == ["asked", "right", "source", "doubt"]


def test_an_exempt_citizen_is_told_the_ground(book: LawBook) -> None:
    event = {"kind": "exemption", "on": "2026-11-23", "detail": "exempt_layoff_weather"}
    frames = life([job_ready("2026-11-23")], [event])

    explanation = book.explain(*frames, DEMO_DAY, person_id=1, rule_id="k3_first_for_all")

    assert said(explanation, "status") == (
        "Du er fri for det nu. Du er sendt hjem på grund af vejr eller mangel på materialer."
    )


def test_only_grounds_that_the_citizens_group_can_use_are_told(book: LawBook) -> None:
    ready = {"benefit": "kontanthjaelp", "group": "G4", "start": "2026-11-02"}

    explanation = book.explain(
        *life([ready]), DEMO_DAY, person_id=1, rule_id="offer_by_6mt_quota75"
    )

    assert "exempt_study_within_6w" not in {rule.id for rule in explanation.exempts}


@pytest.mark.parametrize("rule_id", RULES)
def test_the_explanation_agrees_with_the_duty(book: LawBook, rule_id: str) -> None:
    for story in (story for about, story in examples_of(book) if about == rule_id):
        frames = life(story.spells, story.events, story.people)

        finding = book.explain(*frames, story.on, person_id=1, rule_id=rule_id).finding

        rows = rows_of(book, frames, story.on, rule_id)
        assert (finding is None) == (not rows)
        if finding is not None:
            latest = rows[-1]
            told = (finding.since, finding.due, finding.status, finding.reason, finding.done)
            assert told == tuple(latest[n] for n in ("since", "due", "status", "reason", "done"))
            assert len(finding.counted) == latest["done"]


def test_both_languages_say_the_same_things(book: LawBook) -> None:
    for rule_id, story in examples_of(book):
        frames = life(story.spells, story.events, story.people)

        explanation = book.explain(*frames, story.on, person_id=1, rule_id=rule_id)

        assert codes(explanation) == [line.code for line in explanation.lines("en")]


def test_who_is_too_old_for_the_group_is_told_so(book: LawBook) -> None:
    young = {"benefit": "kontanthjaelp", "group": "G5", "start": "2024-02-01"}
    frames = life([young], people=[{"born": "1994-06-03"}])

    explanation = book.explain(*frames, date(2024, 6, 3), person_id=1, rule_id="k2_min4_in_6mt")

    ended = book.rule("group_ends_at_30").name.da
    assert said(explanation, "status") == f"Det gælder ikke for dig nu. {ended}"


def test_a_rule_for_an_earlier_day_is_explained_by_the_forms_of_that_day(book: LawBook) -> None:
    frames = life([job_ready("2020-10-05")], [{"kind": "first_contact", "on": "2020-10-05"}])

    explanation = book.explain(
        *frames, date(2020, 10, 6), person_id=1, rule_id="k1_first_within_1w"
    )

    assert said(explanation, "form") == "Du vælger selv: ved et møde, i telefon eller på video."
    assert "BEK 1398/2020" in said(explanation, "dispensation")


def test_every_text_of_an_explanation_stands_in_both_languages() -> None:
    def torn(value: object) -> bool:
        if not isinstance(value, dict):
            return False
        if {"da", "en"} & set(value):
            return set(value) != {"da", "en"}
        return any(torn(part) for part in value.values())

    assert not torn(_texts())


def test_a_list_of_grounds_tells_only_those_of_the_citizens_group(book: LawBook) -> None:
    frames = life([job_ready("2026-11-23")])

    explanation = book.explain(*frames, DEMO_DAY, person_id=1, rule_id="k3_first_for_all")

    told = [line.text for line in explanation.lines("en") if line.code == "exempt"]
    assert any("leave" in text for text in told)
    assert not any("disability" in text for text in told)
