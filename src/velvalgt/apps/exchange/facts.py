"""A file of facts on its way in: spells, events, work, payments of citizens who are known."""

import polars as pl

from velvalgt.apps.cases.services import receive_entries
from velvalgt.apps.exchange.checking import fault, without
from velvalgt.apps.exchange.choices import FileKind
from velvalgt.apps.exchange.citizens import Reception
from velvalgt.apps.exchange.files import CITIZEN
from velvalgt.apps.exchange.overlaps import overlapping
from velvalgt.apps.exchange.reading import FAULTS
from velvalgt.apps.exchange.reasons import FROM_CORE
from velvalgt.apps.exchange.staging import (
    discard,
    rows_of_another_citizen,
    staged,
    stored_spells,
)
from velvalgt.apps.people.services import known_citizens, receive_facts
from velvalgt.core import frames

TABLES = {
    FileKind.SPELLS: "people_spell",
    FileKind.EVENTS: "cases_entry",
    FileKind.WORK: "people_work",
    FileKind.PAYMENTS: "people_payment",
    FileKind.JOBNET: "people_jobnetstate",
}
STORED_AS = {"start": "starts_on", "end": "ends_on", "group": "target_group"}
SPELL = ["citizen_id", "benefit", "group", "municipality", "start", "end", "degree", "row"]


def receive(kind: FileKind, rows: pl.DataFrame, reception: Reception) -> tuple[int, pl.DataFrame]:
    """Receive the good rows of a file of facts.

    Args:
        kind: any but people.
        rows: `row` and the typed columns.
        reception: where they come from.

    Returns:
        How many facts were added or changed, and the faults that only the records show.
    """
    owned = _with_citizen(rows, reception.source)
    unknown = fault(owned.filter(pl.col("citizen_id").is_null()), "borger", "unknown_citizen")
    kept = without(owned, unknown)
    names = {name: STORED_AS[name] for name in STORED_AS if name in kept.columns}
    with staged(kind, kept.rename(names)):
        faults = _against_the_records(kind, kept, reception)
        discard(faults["row"].unique().to_list())
        changed = _receive(kind, reception, {STORED_AS.get(n, n) for n in reception.present})
    return changed, pl.concat([unknown, faults])


def _receive(kind: FileKind, reception: Reception, present: set[str]) -> int:
    tenant_id, source = reception.tenant_id, reception.source
    if kind is FileKind.EVENTS:
        return receive_entries(tenant_id=tenant_id, source=source, present=present, at=reception.at)
    return receive_facts(table=TABLES[kind], tenant_id=tenant_id, source=source, present=present)


def _with_citizen(rows: pl.DataFrame, source: str) -> pl.DataFrame:
    keys = [(c.external_key, str(c.id)) for c in known_citizens() if c.source == source]
    citizens = pl.DataFrame(
        keys, schema={CITIZEN: pl.String, "citizen_id": pl.String}, orient="row"
    )
    return rows.join(citizens, on=CITIZEN, how="left", maintain_order="left")


def _against_the_records(kind: FileKind, rows: pl.DataFrame, reception: Reception) -> pl.DataFrame:
    strangers = rows_of_another_citizen(
        TABLES[kind], tenant_id=reception.tenant_id, source=reception.source
    )
    frame = pl.DataFrame({"row": pl.Series(strangers, dtype=pl.Int64)})
    faults = fault(frame, "noegle", "key_of_another_citizen")
    if kind is not FileKind.SPELLS:
        return faults
    return pl.concat(
        [faults, _among_spells(without(rows, faults), stored_spells(reception.source))]
    )


def _among_spells(rows: pl.DataFrame, stored: pl.DataFrame) -> pl.DataFrame:
    """What does not go with the spells that stay; a row takes the place of the one with its key.

    When such a row is rejected, the stored one stays after all, and others may go against it.
    """
    absent = [pl.lit(None).alias(name) for name in SPELL if name not in rows.columns]
    candidates = rows.with_columns(absent).select(SPELL)
    faults = pl.DataFrame(schema=FAULTS)
    while True:
        standing = stored.join(candidates, on="row", how="anti").select(SPELL)
        found = _spell_faults(standing.with_columns(row=pl.lit(None, pl.Int64)), candidates)
        faults = pl.concat([faults, found])
        candidates = without(candidates, found)
        if found.join(stored, on="row", how="semi").is_empty():
            return faults


def _spell_faults(standing: pl.DataFrame, candidates: pl.DataFrame) -> pl.DataFrame:
    both = pl.concat([standing, candidates], how="vertical_relaxed")
    coded = frames.Ids(both["citizen_id"]).code(both.rename({"citizen_id": "person_id"}))
    _, rejects = frames.check("spells", coded.drop("row"))
    by_core = rejects.select(
        coded["row"].gather(rejects["row"]),
        column=pl.lit("fra"),
        code=pl.col("reason_code").cast(pl.String).replace(FROM_CORE),
    ).drop_nulls("row")
    rest = coded.join(by_core, on="row", how="anti", maintain_order="left")
    overlaps = pl.DataFrame({"row": overlapping(rest)})
    return pl.concat([by_core.cast(FAULTS), fault(overlaps, "fra", "overlapping_spell")])
