"""Explanations: what is asked, by when, why, counted how; short enough for everyone."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.core.regime.lives import DEMO_DAY, insured, interview, job_ready, life
from velvalgt.core.regime import LawBook, load
from velvalgt.core.regime.explain import Explanation

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
    rule = book.rule(rule_id)

    texts = [
        book.explain(
            *life(story.spells, story.events, story.people),
            story.on,
            person_id=1,
            rule_id=rule_id,
        ).text("da")
        for story in rule.examples
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
    for story in book.rule(rule_id).examples:
        frames = life(story.spells, story.events, story.people)

        finding = book.explain(*frames, story.on, person_id=1, rule_id=rule_id).finding

        rows = [
            row for row in book.duties(*frames, story.on).to_dicts() if row["rule_id"] == rule_id
        ]
        assert (finding is None) == (not rows)
        if finding is not None:
            latest = rows[-1]
            told = (finding.since, finding.due, finding.status, finding.reason, finding.done)
            assert told == tuple(latest[n] for n in ("since", "due", "status", "reason", "done"))
            assert len(finding.counted) == latest["done"]


def test_both_languages_say_the_same_things(book: LawBook) -> None:
    for rule in book.rules:
        story = rule.examples[0]
        frames = life(story.spells, story.events, story.people)

        explanation = book.explain(*frames, story.on, person_id=1, rule_id=rule.id)

        assert codes(explanation) == [line.code for line in explanation.lines("en")]
