"""What a file brings in about the labour market, many rows at once, out of the table `incoming`.

The files are about nobody, so nothing here leaves a line in the log of citizens.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection

# A balance is known by its title's code and its day, whoever sends it.
BALANCES = """
insert into companies_balance as kept
  (id, tenant_id, source, occupation, title, area, category, as_of)
select i.id, %(tenant)s, %(source)s, i.occupation, i.title, i.area, i.category, i.as_of
from incoming i order by i.row
on conflict (tenant_id, occupation, as_of) do update set
  title = excluded.title, area = excluded.area, category = excluded.category,
  source = excluded.source
where (kept.title, kept.area, kept.category)
  is distinct from (excluded.title, excluded.area, excluded.category)
"""

VACANCIES = """
insert into companies_vacancy as kept
  (id, tenant_id, source, external_key, title, occupation, employer, postcode, city,
   latitude, longitude, hours_week, apply_by, url, imported_at)
select i.id, %(tenant)s, %(source)s, i.external_key, i.title, i.occupation, i.employer,
  i.postcode, i.city, i.latitude, i.longitude, i.hours_week, i.apply_by, i.url, %(at)s
from incoming i order by i.row
on conflict (tenant_id, source, external_key) do update set
  title = excluded.title, occupation = excluded.occupation, employer = excluded.employer,
  postcode = excluded.postcode, city = excluded.city, latitude = excluded.latitude,
  longitude = excluded.longitude, hours_week = excluded.hours_week, apply_by = excluded.apply_by,
  url = excluded.url, imported_at = excluded.imported_at, gone_at = null
where kept.gone_at is not null or
  (kept.title, kept.occupation, kept.employer, kept.postcode, kept.city, kept.latitude,
   kept.longitude, kept.hours_week, kept.apply_by, kept.url)
  is distinct from
  (excluded.title, excluded.occupation, excluded.employer, excluded.postcode, excluded.city,
   excluded.latitude, excluded.longitude, excluded.hours_week, excluded.apply_by, excluded.url)
"""

GONE = """
update companies_vacancy set gone_at = %(at)s
where tenant_id = %(tenant)s and source = %(source)s and gone_at is null
  and not (external_key = any(%(listed)s))
"""

Values = dict[str, UUID | str | datetime | list[str]]


def receive_balances(*, tenant_id: UUID, source: str) -> int:
    """Add balances, and put right those of the same title and day (modtage arbejdsmarkedsbalance).

    Returns:
        How many were added or changed.
    """
    return _run(BALANCES, {"tenant": tenant_id, "source": source})


def receive_vacancies(
    *, tenant_id: UUID, source: str, listed: Collection[str], at: datetime
) -> int:
    """Add and change vacancies; those that their source drops are gone (modtage stillinger).

    Args:
        tenant_id: whose they are.
        source: where the file comes from; a file is the whole list of its source.
        listed: the keys that the file has, those of rejected rows included.
        at: now.

    Returns:
        How many were added or changed.
    """
    values: Values = {"tenant": tenant_id, "source": source, "at": at, "listed": list(listed)}
    _run(GONE, values)
    return _run(VACANCIES, values)


def _run(statement: str, values: Values) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
