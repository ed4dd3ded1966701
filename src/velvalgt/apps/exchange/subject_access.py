"""A copy of all that is known of a citizen (indsigt, kopi af oplysninger), from every station.

It walks the models: whatever is a `CitizenRecord` is in it, in the order of the stations, so that
no station can forget to. Left out is what is no information about the citizen: sealed bytes (the
CPR number among them), blind indexes, the hashes of codes, and the tenant's key on each row. A
document is told with its name, size and hash; its content is fetched in the case.

Legal basis: GDPR art. 15 and 20.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise

from velvalgt.apps.audit.queries import looks_at
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.people.models import Access, Citizen, PowerCode
from velvalgt.apps.staff.models import Tenant, Unit, User
from velvalgt.apps.staff.queries import units_by_id
from velvalgt.web.templatetags.words import word

SCHEMA = "velvalgt.subject-access/1"
SECRETS = {PowerCode}
"""Records that hold a secret's hash and nothing about the citizen."""
SHOWN_BYTES = {"sha256"}
VOCABULARIES = {"benefit": "benefit", "target_group": "group"}
ROWS_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one table, each a mapping from column to value."""

    name: str
    rows: list[dict[str, Any]]


def citizen_records() -> list[type[CitizenRecord]]:
    """Give every kind of record about citizens, in the order of the stations."""
    found = [
        model
        for model in apps.get_models()
        if issubclass(model, CitizenRecord) and model not in SECRETS
    ]
    order = {name.rpartition(".")[2]: place for place, name in enumerate(settings.INSTALLED_APPS)}
    return sorted(found, key=lambda each: (order[_meta(each).app_label], _meta(each).db_table))


def _meta(model: type[models.Model]) -> Any:
    return model._meta  # noqa: SLF001 - Django's documented way to ask a model about itself


def tables_of(citizen: Citizen, *, without: Collection[type[CitizenRecord]] = ()) -> list[Table]:
    """Give all records about a citizen, a question a table; rows in the order of their keys.

    Args:
        citizen: whose.
        without: what whoever asks may not see, such as money for a guardian in personal matters.
    """
    names = _Names(units_by_id())
    tables = [
        Table(_meta(model).db_table, _rows(model, citizen, names))
        for model in citizen_records()
        if model not in without
    ]
    names.fill()
    return [table for table in tables if table.rows]


def copy_of(
    citizen: Citizen,
    *,
    tenant: Tenant,
    at: datetime,
    without: Collection[type[CitizenRecord]] = (),
) -> dict[str, Any]:
    """Give the copy as it is written to a file: the same at the same moment, word for word."""
    tables = tables_of(citizen, without=without)
    return {
        "schema": SCHEMA,
        "generated_at": timezone.localtime(at).isoformat(),
        "controller": {"kind": tenant.kind, "code": tenant.code, "name": tenant.name},
        "citizen": str(citizen.pk),
        "records": {table.name: _plain(table.rows) for table in tables},
        "access": _access(citizen),
        "looks": _looks(citizen),
    }


def _rows(model: type[CitizenRecord], citizen: Citizen, names: "_Names") -> list[dict[str, Any]]:
    fields = [field for field in _meta(model).concrete_fields if _is_told(field)]
    key = "pk" if model is Citizen else "citizen"
    everything = model._base_manager  # noqa: SLF001 - hides no row, whatever the model
    found = everything.filter(**{key: citizen.pk}).order_by("pk")
    only = found.only(*(field.attname for field in fields))
    return [
        {field.name: _told(field, record, names) for field in fields}
        for record in only.iterator(chunk_size=ROWS_AT_A_TIME)
    ]


def _is_told(field: "models.Field[Any, Any]") -> bool:
    if isinstance(field, models.BinaryField):
        return field.name in SHOWN_BYTES
    return field.name not in {"tenant_id", "citizen"}


def _told(field: "models.Field[Any, Any]", record: models.Model, names: "_Names") -> Any:
    value = getattr(record, field.attname)
    if isinstance(field, models.ForeignKey):
        return names.of(field.related_model, value)
    if value and field.choices:
        words = dict(field.flatchoices).get(value, value)
        return {"code": value, "words": str(words)}
    if value and field.name in VOCABULARIES:
        return {"code": value, "words": word(value, VOCABULARIES[field.name])}
    return bytes(value).hex() if isinstance(field, models.BinaryField) else value


class _Names:
    """The names of users and units that rows point to; users are asked for once, at the end."""

    def __init__(self, units: Mapping[UUID, Unit]) -> None:
        self.units, self.users = units, dict[UUID, dict[str, str]]()

    def of(self, model: object, key: UUID | None) -> Any:
        if key is None:
            return None
        if model is Unit:
            return self.units[key].name if key in self.units else str(key)
        return self.users.setdefault(key, {"name": ""}) if model is User else str(key)

    def fill(self) -> None:
        for user in User.objects.filter(pk__in=self.users):
            self.users[user.pk]["name"] = user.name


def _plain(value: Any) -> Any:
    """Turn a value into what JSON knows."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | UUID | Promise) else value


def _access(citizen: Citizen) -> list[dict[str, Any]]:
    """Who may see, or could: what the acting user may know of it."""
    grants: Iterable[Access] = Access.objects.filter(citizen=citizen).order_by("starts_at", "pk")
    return [
        {
            "purpose": {"code": grant.purpose, "words": grant.get_purpose_display()},
            "ground": {"code": grant.ground, "words": grant.get_ground_display()},
            "from": _plain(grant.starts_at),
            "until": _plain(grant.ends_at),
        }
        for grant in grants
    ]


def _looks(citizen: Citizen) -> list[dict[str, Any]]:
    units = units_by_id()
    return [
        {
            "on": look.on.isoformat(),
            "unit": units[look.unit_id].name if look.unit_id in units else None,
            "purpose": {"code": look.purpose.value, "words": str(look.purpose.label)},
            "times": look.times,
            "is_own": look.is_own,
        }
        for look in looks_at(citizen.pk, own_user_id=citizen.user_id)
    ]
