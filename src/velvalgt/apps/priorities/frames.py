"""One question to the database, whole, as a frame: never a row at a time."""

from collections.abc import Mapping
from typing import Any

import polars as pl
from django.db import connection

Schema = Mapping[str, pl.DataType | type[pl.DataType]]


def frame_of(question: str, parameters: Mapping[str, Any], schema: Schema) -> pl.DataFrame:
    """Ask a question whose columns are those of a schema, in its order."""
    with connection.cursor() as cursor:
        cursor.execute(question, parameters)
        rows = cursor.fetchall()
    return pl.DataFrame(rows, schema=dict(schema), orient="row")
