"""One question to the database, whole, as a frame: never a row at a time."""

from collections.abc import Mapping
from typing import Any

import polars as pl
from django.db import connection

Schema = Mapping[str, pl.DataType | type[pl.DataType]]


def frame_of(question: str, parameters: Mapping[str, Any], schema: Schema) -> pl.DataFrame:
    """Ask a question about everybody, whose columns are those of a schema, in its order.

    Within a transaction. Where nobody has counted the tables since much came in, the database
    takes everybody for a few and walks through each table once for each of them; it is told not to.
    """
    with connection.cursor() as cursor:
        cursor.execute("set local enable_nestloop = off")
        cursor.execute(question, parameters)
        rows = cursor.fetchall()
        cursor.execute("set local enable_nestloop = on")
    return pl.DataFrame(rows, schema=dict(schema), orient="row")
