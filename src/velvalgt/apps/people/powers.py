"""Powers: what each opens, giving and ending one, and the code by which it is taken up."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from django.db import connection, transaction
from django.utils.translation import gettext as _

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.people.choices import Area, PowerKind
from velvalgt.apps.people.models import (
    GIVEN_BY_THE_CITIZEN,
    Citizen,
    Power,
    PowerCode,
    PowerEnd,
    PowerHolder,
)
from velvalgt.apps.staff.models import User

OF_AGE = 18
CODE_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another
CODE_LENGTH = 12
CODE_LASTS = timedelta(days=14)


class CannotGivePower(Exception):
    """A power that cannot be given; the message says why, `field` where it belongs on a form."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages."""

    da: str
    en: str


@dataclass(frozen=True, slots=True)
class PowerRule:
    """What a kind of power opens, by which law, and who gives it."""

    kind: PowerKind
    given_by: Literal["citizen", "staff"]
    sees: frozenset[Area]
    acts: frozenset[Area]
    words: Words
    source: str
    url: str
    status: str


@dataclass(frozen=True, slots=True)
class Given:
    """A power that was given, with the code that is shown this once."""

    power: Power
    code: str


@cache
def power_rules() -> Mapping[PowerKind, PowerRule]:
    """Read what each power opens, in the order of `powers.yaml`."""
    text = files(__package__).joinpath("powers.yaml").read_text("utf-8")
    return {PowerKind(kind): _rule(PowerKind(kind), told) for kind, told in _loaded(text)}


def _loaded(text: str) -> Iterable[tuple[str, dict[str, Any]]]:
    content: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return content.items()


def _rule(kind: PowerKind, told: dict[str, Any]) -> PowerRule:
    sees, acts = (frozenset(Area(each) for each in told[part]) for part in ("sees", "acts"))
    if not acts <= sees:
        raise ValueError(f"{kind}: whoever acts in an area sees it")
    return PowerRule(kind, told["given_by"], sees, acts, Words(**told["words"]), told["source"],
                     told["url"], told["status"])  # fmt: skip


def areas_seen(powers: Iterable[Power]) -> frozenset[Area]:
    """Give what some powers together let their holder see."""
    return frozenset().union(*(power_rules()[PowerKind(power.kind)].sees for power in powers))


def areas_acted_in(powers: Iterable[Power]) -> frozenset[Area]:
    """Give where some powers together let their holder act."""
    return frozenset().union(*(power_rules()[PowerKind(power.kind)].acts for power in powers))


def eighteenth_birthday(citizen: Citizen) -> date:
    """The day on which nobody has custody any more; who is born on 29 February waits a day."""
    born = citizen.born_on
    try:
        return born.replace(year=born.year + OF_AGE)
    except ValueError:
        return date(born.year + OF_AGE, 3, 1)


@transaction.atomic
def give_power(  # noqa: PLR0913 - what a power is
    *,
    citizen: Citizen,
    kind: PowerKind,
    name: str,
    by: User,
    today: date,
    at: datetime,
    ends_on: date | None = None,
    proof: str = "",
    proof_seen_on: date | None = None,
) -> Given:
    """Let somebody stand in for a citizen (give fuldmagt); the same power twice is one.

    Raises:
        CannotGivePower: it has no proof, ends before it begins, or the citizen is of age.
    """
    ends_on = _end_of(citizen, kind, ends_on, today)
    if kind not in GIVEN_BY_THE_CITIZEN and not (proof and proof_seen_on):
        raise CannotGivePower(_("Write what you have seen, and when."), "proof")
    if proof_seen_on and proof_seen_on > today:
        raise CannotGivePower(_("Choose today or an earlier day."), "proof_seen_on")
    one_power_at_a_time(citizen)
    standing = Power.objects.standing(at).filter(citizen=citizen, kind=kind, name=name)
    if same := standing.order_by("pk").first():
        return Given(same, "")
    power = Power.objects.create(
        tenant_id=citizen.tenant_id, citizen=citizen, kind=kind, name=name, ends_on=ends_on,
        proof=proof, proof_seen_on=proof_seen_on, given_by=by, given_at=at,
    )  # fmt: skip
    return Given(power, _new_code(power, at))


def _end_of(citizen: Citizen, kind: PowerKind, ends_on: date | None, today: date) -> date | None:
    if kind == PowerKind.CUSTODY:
        birthday = eighteenth_birthday(citizen)
        if birthday <= today:
            raise CannotGivePower(_("The citizen is 18. Nobody has custody any more."), "kind")
        ends_on = min(ends_on or birthday, birthday)
    if ends_on and ends_on <= today:
        raise CannotGivePower(_("Choose a day after today."), "ends_on")
    return ends_on


def _new_code(power: Power, at: datetime) -> str:
    code = "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))
    PowerCode.objects.create(
        tenant_id=power.tenant_id, citizen_id=power.citizen_id, power=power,
        code_hash=code_hash(code), ends_at=at + CODE_LASTS,
    )  # fmt: skip
    return "-".join(code[i : i + 4] for i in range(0, CODE_LENGTH, 4))


def code_hash(code: str) -> bytes:
    """Give what is kept of a code; case, spaces and dashes do not count."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(signs.encode()).digest()


@transaction.atomic
def hold_power(*, power: Power, user: User, at: datetime) -> PowerHolder:
    """Tie a power to the user who holds it (fuldmagtshaver); a grant of access follows."""
    holder, _created = PowerHolder.objects.get_or_create(
        power=power,
        defaults={
            "tenant_id": power.tenant_id,
            "citizen_id": power.citizen_id,
            "user": user,
            "since": at,
        },
    )
    return holder


def take_up_power(*, code: str, issuer: str, subject: str) -> bool:
    """Tie a power to whoever has its code and was vouched for; before there is an actor.

    Returns:
        Whether the code was good: known, not spent, not too old, its power not ended.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select people_take_up_power(%s, %s, %s, %s, %s, %s)",
            [code_hash(code), issuer, subject, new_id(), new_id(), new_id()],
        )
        return bool(cursor.fetchone()[0])


@transaction.atomic
def end_power(*, power: Power, by: User, at: datetime) -> PowerEnd:
    """End a power (tilbagekalde fuldmagt): it shuts at once, in the database too."""
    one_power_at_a_time(power.citizen)
    ended = PowerEnd.objects.filter(power=power).first()
    return ended or PowerEnd.objects.create(
        tenant_id=power.tenant_id,
        citizen_id=power.citizen_id,
        power=power,
        ended_by=by,
        ended_at=at,
    )


def one_power_at_a_time(citizen: Citizen) -> None:
    """Wait until nobody else gives or ends a power of this citizen."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 8))", [str(citizen.pk)])
