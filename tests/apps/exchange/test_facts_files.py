"""Spells, work and payments: what comes in, what changes, and what does not go together."""

from datetime import date
from decimal import Decimal

import pytest

from tests.apps.exchange.conftest import Post, Row, person, spell
from velvalgt.apps.people.models import FactVersion, Payment, Spell, Work


@pytest.fixture(autouse=True)
def known(post: Post) -> None:
    """Two citizens."""
    post.receive("people", [person("b1", "610190-0001"), person("b2", "620190-0001")])


def work(**more: object) -> Row:
    usual = {"noegle": "a1", "borger": "b1", "fra": "01-01-2026", "til": "31-03-2026"}
    return {**usual, "timer_uge": "37,5", "art": "ordinary", **more}


def payment(**more: object) -> Row:
    usual = {"noegle": "u1", "borger": "b1", "ydelse": "dagpenge", "fra": "01-10-2026"}
    return {**usual, "til": "31-10-2026", "brutto": "20.359,75", **more}


def codes(post: Post, kind: str, *rows: Row) -> list[str]:
    return sorted(post.receive(kind, rows).run.reasons)


def test_the_last_day_of_a_spell_is_kept_as_the_first_day_after(post: Post) -> None:
    post.receive("spells", [spell(fra="01.02.2026", til="28.02.2026", grad="0,333")])

    stored = post.ask(Spell.objects.get)
    assert (stored.starts_on, stored.ends_on) == (date(2026, 2, 1), date(2026, 3, 1))
    assert (stored.degree, stored.target_group) == (Decimal("0.333"), "G1")


def test_work_is_kept_with_its_hours(post: Post) -> None:
    post.receive("work", [work()])

    stored = post.ask(Work.objects.get)
    assert (stored.hours_week, stored.ends_on) == (Decimal("37.5"), date(2026, 4, 1))


@pytest.mark.parametrize(
    ("brutto", "oere"), [("20.359,75", 2035975), ("0,5", 50), ("-100", -10000)]
)
def test_kroner_are_kept_as_oere(post: Post, brutto: str, oere: int) -> None:
    post.receive("payments", [payment(brutto=brutto)])

    assert post.ask(Payment.objects.get).gross_oere == oere


def test_a_spell_that_ends_is_the_same_spell_and_gets_a_new_fact_number(post: Post) -> None:
    post.receive("spells", [spell("f1"), spell("f2", borger="b2")])
    before = post.ask(lambda: dict(FactVersion.objects.values_list("citizen_id", "number")))

    result = post.receive("spells", [spell("f1", til="20-11-2026"), spell("f2", borger="b2")])

    after = post.ask(lambda: dict(FactVersion.objects.values_list("citizen_id", "number")))
    ended = post.ask(lambda: Spell.objects.get(external_key="f1"))
    assert (result.accepted, result.unchanged) == (1, 1)
    assert ended.ends_on == date(2026, 11, 21)
    assert [key for key in after if after[key] != before[key]] == [ended.citizen_id]


@pytest.mark.parametrize(
    ("code", "kind", "row"),
    [
        ("unknown_citizen", "spells", spell(borger="b9")),
        ("out_of_range", "spells", spell(grad="0")),
        ("missing", "payments", payment(til="")),
        ("too_many_decimals", "payments", payment(brutto="1,234")),
        ("out_of_range", "work", work(timer_uge="168,5")),
        ("unknown_word", "work", work(art="sort")),
        ("end_before_start", "work", work(til="31-12-2025")),
    ],
)
def test_a_fact_that_does_not_hold_is_rejected(post: Post, code: str, kind: str, row: Row) -> None:
    assert codes(post, kind, row) == [code]


def test_two_open_spells_on_one_benefit_are_rejected_within_a_file_and_against_what_is_known(
    post: Post,
) -> None:
    within = codes(post, "spells", spell("f1"), spell("f2", fra="01-09-2026"))
    against = codes(post, "spells", spell("f3", fra="01-10-2026"))

    assert within == against == ["second_open_spell"]
    assert post.ask(Spell.objects.get).external_key == "f1"


@pytest.mark.parametrize(
    ("fra", "til"),
    [("01-01-2026", "10-01-2026"), ("31-01-2026", ""), ("01-12-2025", "28-02-2026")],
)
def test_spells_that_share_a_day_are_rejected(post: Post, fra: str, til: str) -> None:
    post.receive("spells", [spell("f1", fra="10-01-2026", til="31-01-2026")])

    assert codes(post, "spells", spell("f2", fra=fra, til=til)) == ["overlapping_spell"]


def test_a_spell_may_begin_the_day_after_another_ends_and_beside_another_benefit(
    post: Post,
) -> None:
    result = post.receive(
        "spells",
        [
            spell("f1", fra="01-01-2026", til="31-01-2026"),
            spell("f2", fra="01-02-2026"),
            spell("f3", fra="15-01-2026", ydelse="sygedagpenge", maalgruppe="G6"),
            spell("f4", borger="b2"),
        ],
    )

    assert (result.accepted, result.rejected) == (4, 0)


def test_one_file_may_end_a_spell_and_open_the_next(post: Post) -> None:
    post.receive("spells", [spell("f1", fra="01-01-2026")])

    result = post.receive(
        "spells",
        [spell("f2", fra="01-02-2026"), spell("f1", fra="01-01-2026", til="31-01-2026")],
    )

    assert (result.accepted, result.rejected) == (2, 0)


def test_a_stored_spell_whose_new_row_is_rejected_still_stands_in_the_way(post: Post) -> None:
    post.receive("spells", [spell("f1"), spell("f9", ydelse="kontanthjaelp", maalgruppe="G2")])

    result = post.receive(
        "spells",
        [spell("f1", ydelse="kontanthjaelp", maalgruppe="G2"), spell("f2", fra="01-10-2026")],
    )

    assert (result.accepted, result.rejected) == (0, 2)
    stored = post.ask(lambda: set(Spell.objects.values_list("external_key", "benefit")))
    assert stored == {("f1", "dagpenge"), ("f9", "kontanthjaelp")}


def test_a_key_never_moves_to_another_citizen(post: Post) -> None:
    post.receive("work", [work()])

    assert codes(post, "work", work(borger="b2")) == ["key_of_another_citizen"]


def test_columns_that_may_be_left_out_stay_as_they_were(post: Post) -> None:
    post.receive("spells", [spell(grad="0,5", til="31-12-2026")])
    short = {k: v for k, v in spell().items() if k not in {"grad", "til", "maalgruppe"}}

    result = post.receive("spells", [short])

    stored = post.ask(Spell.objects.get)
    assert (result.unchanged, stored.degree, stored.target_group) == (1, Decimal("0.5"), "G1")


def test_two_sources_have_keys_of_their_own(post: Post) -> None:
    post.receive("people", [person("b1", "630190-0001")], source="andet system")

    result = post.receive("work", [work(timer_uge="20")], source="andet system")

    assert result.accepted == 1
    assert post.ask(lambda: Work.objects.filter(external_key="a1").count()) == 1


def test_one_municipalitys_facts_never_touch_anothers_with_the_same_keys(
    post: Post, neighbour: Post
) -> None:
    neighbour.receive("people", [person("b1", "610190-0001")])
    neighbour.receive("work", [work(timer_uge="20")])
    post.receive("work", [work(timer_uge="30")])

    post.receive("work", [work(timer_uge="37")])

    assert post.ask(Work.objects.get).hours_week == 37
    assert neighbour.ask(Work.objects.get).hours_week == 20


def test_the_run_is_on_record_without_personal_data(post: Post) -> None:
    result = post.receive("work", [work(), work(noegle="a2", art="sort")])

    run = result.run
    assert (run.kind, run.accepted, run.rejected, run.reasons) == (
        "work",
        1,
        1,
        {"unknown_word": 1},
    )
    assert (len(run.sha256), run.encoding, run.by) == (64, "utf-8", None)
