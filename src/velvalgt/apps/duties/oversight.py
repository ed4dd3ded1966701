"""Who may write down what the State gave: whoever sees the whole tenant, as the walls ask."""

from django.db import connection


def oversees_everyone() -> bool:
    """Whether the one who acts sees everybody here, by a grant that runs now."""
    with connection.cursor() as cursor:
        cursor.execute("select velvalgt_sees_everyone()")
        row: tuple[bool] = cursor.fetchone()
    return row[0]
