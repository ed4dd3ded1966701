"""The copy of what is known: whole, the same each time, and of one citizen alone."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import models

from tests.world.factories import EntryFactory, SpellFactory
from tests.world.municipality import World
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.choices import DocumentKind
from velvalgt.apps.cases.services import keep, object_to_profiling
from velvalgt.apps.exchange.copy_words import all_copy_words, copy_words
from velvalgt.apps.exchange.subject_access import (
    _is_told,
    _meta,
    citizen_records,
    copy_of,
    tables_of,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
COLUMNS = sorted(
    {
        field.name
        for model in citizen_records()
        for field in _meta(model).concrete_fields
        if _is_told(field)
    }
)


def jørns_copy(world: World) -> dict:
    with acting(world.tenant.pk, world.joern.user_id, Purpose.OWN_CASE):
        return copy_of(world.joern, tenant=world.tenant, at=NOW)


@pytest.fixture
def told(world: World) -> World:
    """Jørn has a spell, a journal, a document and an objection; Amalie has hers."""
    with world.building():
        for citizen in (world.joern, world.amalie):
            SpellFactory(citizen=citizen)
            EntryFactory(citizen=citizen, detail=f"om {citizen.name}")
        keep(
            citizen=world.joern, kind=DocumentKind.UPLOAD, name="cv.txt", content=b"hemmeligt cv",
            by=world.joern.user, at=NOW,
        )  # fmt: skip
        object_to_profiling(
            citizen=world.joern, today=date(2026, 11, 23), by=world.joern.user, at=NOW
        )
    return world


def test_what_every_station_holds_is_in_it(told: World) -> None:
    copy = jørns_copy(told)

    with told.building():
        held = {
            _meta(model).db_table
            for model in citizen_records()
            if model._base_manager.filter(
                **{"pk" if _meta(model).model_name == "citizen" else "citizen": told.joern.pk}
            ).exists()
        }
    assert set(copy["records"]) == held
    assert {"people_spell", "cases_entry", "cases_document", "cases_receipt"} <= held


def test_it_is_the_same_word_for_word_each_time(told: World) -> None:
    assert json.dumps(jørns_copy(told)) == json.dumps(jørns_copy(told))


def test_nothing_of_another_citizen_is_in_it(told: World) -> None:
    text = json.dumps(jørns_copy(told), ensure_ascii=False)

    assert "Amalie" not in text
    assert str(told.amalie.pk) not in text


def test_what_is_sealed_is_not_in_it_and_a_document_is_told_by_its_hash(told: World) -> None:
    copy = jørns_copy(told)
    text = json.dumps(copy, ensure_ascii=False)

    (document,) = copy["records"]["cases_document"]
    assert len(document["sha256"]) == 64
    assert "hemmeligt" not in text
    for name in ("cpr_sealed", "cpr_index", "code_hash", "tenant_id", "sealed"):
        assert f'"{name}"' not in text


def test_no_bytes_are_told_but_a_documents_hash() -> None:
    told = {
        field.name
        for model in citizen_records()
        for field in _meta(model).concrete_fields
        if isinstance(field, models.BinaryField) and _is_told(field)
    }

    assert told == {"sha256"}


def test_coded_values_are_told_in_words_too(told: World) -> None:
    records = jørns_copy(told)["records"]

    assert records["people_spell"][0]["benefit"] == {
        "code": "kontanthjaelp", "words": "kontanthjælp",
    }  # fmt: skip
    assert records["cases_entry"][0]["kind"]["code"] == "interview"
    assert records["cases_case"][0]["caseworker"] == {"name": "Tine"}
    assert records["cases_case"][0]["unit"] == "Jobteam Nord"


def test_who_may_see_and_who_has_looked_are_in_it(told: World) -> None:
    copy = jørns_copy(told)

    assert [grant["purpose"]["code"] for grant in copy["access"]] == ["own_case"]
    assert isinstance(copy["looks"], list)


def test_tables_come_in_the_order_of_the_stations(told: World) -> None:
    with acting(told.tenant.pk, told.joern.user_id, Purpose.OWN_CASE):
        names = [table.name for table in tables_of(told.joern)]

    assert names.index("people_spell") < names.index("cases_entry")


@pytest.mark.parametrize("table", [_meta(model).db_table for model in citizen_records()])
def test_every_table_has_a_name_that_people_use(table: str) -> None:
    assert set(all_copy_words()["tables"].get(table, ())) == {"da", "en"}


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_has_a_name_that_people_use(column: str) -> None:
    assert set(all_copy_words()["columns"].get(column, ())) == {"da", "en"}


def test_a_column_without_a_word_says_its_own_name() -> None:
    assert copy_words("columns", "not_a_column") == "not a column"
