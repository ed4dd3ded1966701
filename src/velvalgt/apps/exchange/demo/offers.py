"""What Velby offers, who waits for a seat, and what Jørn and Amalie wish for."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from velvalgt.apps.exchange.demo.people import of_the_story
from velvalgt.apps.offers import services
from velvalgt.apps.offers.choices import Outcome
from velvalgt.apps.offers.models import Application, Offer
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Tenant, Unit, User

WAITED = timedelta(days=4)
"""How long the first in line has waited."""


class Rejected(Exception):
    """An offer of the demo was not taken: the file and its reader disagree."""


@cache
def catalogue() -> dict[str, Any]:
    """The demo's catalogue and line."""
    content: dict[str, Any] = yaml.safe_load(_text())
    return content


def _text() -> str:
    return files(__package__).joinpath("offers.yaml").read_text("utf-8")


def tell(tenant: Tenant, at: datetime) -> None:
    """Publish the catalogue, fill the line for one course, and write two wish lists."""
    units = {unit.code: unit for unit in Unit.objects.filter(tenant=tenant)}
    done = services.publish_catalogue(text=_text(), units=units)
    if done.faults:
        raise Rejected(done.faults)
    offers = {offer.key: offer for offer in done.offers}
    tine = User.objects.get(tenant=tenant, initials="TINE")
    _line_up(offers, tine, tenant.working_day(at.date()), at - WAITED)
    for name, keys in catalogue()["wishes"].items():
        citizen = of_the_story(name)
        for key in keys:
            services.wish(citizen=citizen, offer=offers[key], by=_hand(citizen, tine), at=at)


def _line_up(offers: Mapping[str, Offer], tine: User, today: date, at: datetime) -> None:
    """Have the first ones granted, where the machine can set a letter; then the line waits."""
    line = catalogue()["in_line"]
    offer = offers[line["of"]]
    for place, name in enumerate([*line["first"], *line["then"], line["last"]]):
        words = line["last_words"] if name == line["last"] else line["words"]
        citizen, when = of_the_story(name), at + timedelta(hours=place)
        services.apply(
            citizen=citizen,
            offer=offer,
            start=offer.starts.get(),
            words=words,
            today=today,
            by=_hand(citizen, tine),
            at=when,
        )
        if name in line["first"]:
            with suppress(services.LettersMissing):  # then the seats are still free
                _grant(citizen, offer, tine, today, when)


def _grant(citizen: Citizen, offer: Offer, tine: User, today: date, at: datetime) -> None:
    mine = Application.objects.select_related("citizen", "offer", "start")
    ruling = services.Ruling(Outcome.GRANTED, law=catalogue()["in_line"]["law"])
    services.answer(
        application=mine.get(citizen=citizen, offer=offer),
        ruling=ruling,
        today=today,
        by=tine,
        at=at + timedelta(minutes=30),
    )


def _hand(citizen: Citizen, tine: User) -> User:
    """Whose hand does it: the citizen's own, or Tine's for whoever does not sign in here."""
    return citizen.user or tine
