"""A file of people on its way in: the CPR number sealed, the unit and the caseworker found."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import polars as pl
from uuid_utils.compat import uuid7

from velvalgt.apps.cases.services import receive_cases
from velvalgt.apps.exchange.checking import fault, without
from velvalgt.apps.exchange.choices import FileKind
from velvalgt.apps.exchange.files import KEY
from velvalgt.apps.exchange.reading import FAULTS
from velvalgt.apps.exchange.staging import staged
from velvalgt.apps.people.guarded import blind_index, seal_cpr
from velvalgt.apps.people.services import Known, known_citizens, receive_citizens
from velvalgt.apps.staff.models import Unit, User


@dataclass(frozen=True, slots=True)
class Reception:
    """Where a file comes from and when: what every row of it is received with."""

    tenant_id: UUID
    source: str
    present: Collection[str]
    day: date
    at: datetime


def receive(rows: pl.DataFrame, reception: Reception) -> tuple[int, pl.DataFrame]:
    """Receive the good rows of a file of people.

    Args:
        rows: `row` and the typed columns, `cpr` as ten digits, `born`.
        reception: where they come from.

    Returns:
        How many citizens were added or changed, and the faults that only the records show.
    """
    kept, faults = _found(rows, reception.present)
    kept, taken = _known(kept, reception)
    with staged(FileKind.PEOPLE, kept.rename({"born": "born_on"})):
        changed = receive_citizens(
            tenant_id=reception.tenant_id,
            source=reception.source,
            present=reception.present,
            day=reception.day,
            at=reception.at,
        )
        if "unit" in reception.present:
            changed |= receive_cases(
                tenant_id=reception.tenant_id,
                has_caseworker="initials" in reception.present,
                day=reception.day,
                at=reception.at,
            )
    return len(changed), pl.concat([faults, taken])


def _found(rows: pl.DataFrame, present: Collection[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Find the unit and the caseworker that each row names."""
    faults = [pl.DataFrame(schema=FAULTS)]
    units = {unit.code: unit.pk for unit in Unit.objects.all()}
    users = {user.initials: user.pk for user in User.objects.exclude(initials="")}
    for field, key, name, code, known in (
        ("unit", "unit_id", "enhed", "unknown_unit", units),
        ("initials", "caseworker_id", "sagsbehandler", "unknown_caseworker", users),
    ):
        if field in present:
            rows, unknown = _with_key(rows, field, key, known)
            faults.append(fault(unknown, name, code))
    found = pl.concat(faults)
    return without(rows, found), found


def _with_key(
    rows: pl.DataFrame, field: str, key: str, known: Mapping[str, UUID]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    keys = {name: str(pk) for name, pk in known.items()}
    found = pl.col(field).replace_strict(keys, default=None, return_dtype=pl.String)
    keyed = rows.with_columns(found.alias(key))
    return keyed, keyed.filter(pl.col(field).is_not_null() & pl.col(key).is_null())


def _known(rows: pl.DataFrame, reception: Reception) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Find who is known already, and seal the CPR number of who is new or has got another."""
    citizens = known_citizens()
    by_key = {known.external_key: known for known in citizens if known.source == reception.source}
    by_cpr = {known.cpr_index: known for known in citizens}
    guarded = [
        _guarded(key, number, reception.tenant_id, by_key, by_cpr)
        for key, number in rows.select(KEY, "cpr").iter_rows()
    ]
    columns = pl.DataFrame(
        guarded,
        schema={
            "id": pl.String,
            "cpr_index": pl.String,
            "cpr_sealed": pl.String,
            "free": pl.Boolean,
        },
        orient="row",
    )
    whole = pl.concat([rows.drop("cpr"), columns], how="horizontal")
    taken = fault(whole.filter(~pl.col("free")), "cpr", "cpr_of_another_citizen")
    return without(whole, taken), taken


def _guarded(
    key: str,
    number: str,
    tenant_id: UUID,
    by_key: Mapping[str, Known],
    by_cpr: Mapping[bytes, Known],
) -> tuple[str, str, str | None, bool]:
    index = blind_index(number, tenant_id)
    citizen, owner = by_key.get(key), by_cpr.get(index)
    is_free = owner is None or owner is citizen
    if citizen is not None and citizen.cpr_index == index:
        return str(citizen.id), _hex(index), None, is_free
    pk = citizen.id if citizen else uuid7()
    return str(pk), _hex(index), _hex(seal_cpr(number, pk)), is_free


def _hex(value: bytes) -> str:
    return f"\\x{value.hex()}"
