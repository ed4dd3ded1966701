"""The log of a walk through the pages is exactly what was read, for each persona."""

import re

import pytest
from django.test import Client

from tests.world.factories import LONG_AGO, MONDAY, EntryFactory, SpellFactory
from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import SYSTEM, Actor, acting, tell_database
from velvalgt.apps.audit.choices import Action, Purpose
from velvalgt.apps.audit.models import Trace
from velvalgt.apps.duties.services import recompute

LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')


@pytest.fixture
def busy(world: World) -> World:
    """The world with something on everybody's page."""
    with world.building():
        for citizen in (world.amalie, world.joern, world.elsewhere):
            SpellFactory(citizen=citizen, starts_on=MONDAY)
            EntryFactory(citizen=citizen, kind="first_contact", on=MONDAY, actor="citizen", form="")
    with as_role("worker"):
        recompute(tenant=world.tenant, on=MONDAY, at=LONG_AGO)
    return world


def walk(persona: str) -> str:
    """Sign in, follow every link there is, give all that was shown."""
    client = Client()
    client.post("/session/", {"persona": persona})
    waiting, seen, shown = [client.get("/").headers["Location"]], set(), ""
    while waiting:
        path = waiting.pop()
        if path in seen or path.startswith(("/static/", "/health/", "/language/")):
            continue
        seen.add(path)
        response = client.get(path)
        assert response.status_code < 400, (path, response.status_code)
        is_text = response.headers["Content-Type"].startswith(("text/", "application/json"))
        shown += response.content.decode() if is_text and not response.streaming else ""
        waiting += [link.replace("&amp;", "&") for link in LINK.findall(shown)]
    assert len(seen) > 1
    return shown


def read_by(world: World, user_id: object) -> set[str]:
    with as_role("worker"), acting(world.tenant.pk, SYSTEM, Purpose.LOG):
        traces = Trace.objects.filter(user_id=user_id, action=Action.READ)
        found = set(traces.values_list("citizen_id", flat=True))
    names = {c.pk: c.name for c in (world.amalie, world.joern, world.elsewhere, world.stranger)}
    return {names[citizen_id] for citizen_id in found}


@pytest.mark.parametrize("persona", ["amalie", "joern", "tine", "mette", "ib"])
def test_the_log_of_a_walk_is_exactly_what_was_shown(busy: World, persona: str) -> None:
    user_id = {
        "amalie": busy.amalie.user_id,
        "joern": busy.joern.user_id,
        "tine": busy.tine.pk,
        "mette": busy.mette.pk,
        "ib": busy.ib.pk,
    }[persona]

    shown = walk(persona)

    everybody = ("Amalie", "Jørn", "Sydpå", "Fremmed")
    assert read_by(busy, user_id) == {name for name in everybody if name in shown}


def test_a_refusal_is_logged_with_the_page_that_was_asked_for(busy: World) -> None:
    client = Client()
    client.post("/session/", {"persona": "tine"})

    response = client.get(f"/caseworker/citizens/{busy.elsewhere.pk}/")

    assert response.status_code == 404
    tell_database(Actor(busy.tenant.pk, Purpose.CASE_WORK, busy.tine.pk), using="refusals")
    refused = Trace.objects.using("refusals").filter(action=Action.REFUSAL)
    assert [trace.what for trace in refused] == ["caseworker:citizen"]
