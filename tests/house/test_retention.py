"""Every table about people says how long it is kept."""

import pytest
from django.apps import apps

from velvalgt.apps.exchange.queries import kept

OF_NOBODY = {
    # The organisation itself, and numbers without people in them.
    "staff_tenant", "staff_unit", "duties_ledger",
}  # fmt: skip
KEPT = {table for each in kept() for table in each.tables}


def personal_tables() -> list[str]:
    """The tables with a citizen, a user or a trace in them."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("velvalgt.apps.")
        and model._meta.db_table not in OF_NOBODY
        and (
            any(field.name == "citizen" for field in model._meta.fields)
            or model._meta.db_table in {"people_citizen", "staff_user", "audit_trace", "audit_seal"}
        )
    )


@pytest.mark.parametrize("table", personal_tables())
def test_a_table_about_people_says_how_long_it_is_kept(table: str) -> None:
    assert table in KEPT


def test_only_tables_that_are_there_are_told_of() -> None:
    there = {model._meta.db_table for model in apps.get_models()}

    assert there >= KEPT


def test_each_says_what_how_long_and_by_which_rule() -> None:
    for each in kept():
        assert all((str(each.what), str(each.until), each.source))
