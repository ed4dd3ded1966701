"""Sign-in: whoever is vouched for enters in their role, and never a persona in production."""

import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.world.municipality import World
from velvalgt.apps.audit.choices import Action
from velvalgt.apps.audit.models import Trace
from velvalgt.apps.staff.models import Membership, User


def signed_in(persona: str) -> Client:
    client = Client()
    client.post("/session/", {"persona": persona})
    return client


@pytest.mark.parametrize(
    ("persona", "home"),
    [
        ("amalie", "/citizen/"),
        ("tine", "/caseworker/"),
        ("mette", "/jurist/"),
        ("karin", "/manager/"),
        ("ib", "/administrator/"),
    ],
)
def test_each_persona_comes_home(world: World, persona: str, home: str) -> None:
    response = Client().post("/session/", {"persona": persona})

    assert response.headers["Location"] == home


@pytest.mark.parametrize("persona", ["", "nobody", "TINE", "tine' or '1'='1"])
def test_nobody_else_comes_in(world: World, persona: str) -> None:
    client = Client()

    response = client.post("/session/", {"persona": persona})

    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert client.get("/caseworker/").status_code == 302


def test_signing_in_gives_a_new_session_key(world: World) -> None:
    client = signed_in("amalie")
    before = client.session.session_key

    client.post("/session/", {"persona": "tine"})

    assert client.session.session_key != before


def test_signing_out_closes_the_session(world: World) -> None:
    client = signed_in("tine")

    client.post("/session/", {"close": "1"})

    assert client.get("/caseworker/").status_code == 302


def test_somebody_made_inactive_is_out_at_once(world: World) -> None:
    client = signed_in("tine")
    with world.building():
        User.objects.filter(pk=world.tine.pk).update(is_active=False)

    assert client.get("/caseworker/").status_code == 302


def test_a_role_that_has_ended_opens_nothing(world: World) -> None:
    client = signed_in("tine")
    with world.building():
        Membership.objects.filter(user=world.tine).update(ends_at="2024-01-01T00:00Z")

    assert client.get("/caseworker/").status_code == 404


def test_signing_in_and_out_stand_in_the_log(world: World) -> None:
    signed_in("tine").post("/session/", {"close": "1"})

    with world.as_tine():
        actions = Trace.objects.filter(user_id=world.tine.pk).values_list("action", flat=True)
        assert {Action.SIGN_IN, Action.SIGN_OUT} <= set(actions)


def test_signing_in_sweeps_out_sessions_that_have_run_out(world: World) -> None:
    old = Session.objects.create(
        session_key="old", session_data="", expire_date=datetime(2020, 1, 1, tzinfo=UTC)
    )

    signed_in("tine")

    assert not Session.objects.filter(pk=old.pk).exists()


def chosen_adapter(environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    code = "from velvalgt.site import settings; print(settings.SIGN_IN_ADAPTER)"
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )


def test_personas_cannot_exist_with_production_settings() -> None:
    unsafe = {"VELVALGT_ENV": "production", "VELVALGT_SIGN_IN": "personas"}

    asked = chosen_adapter({**os.environ, **unsafe})

    assert asked.returncode != 0
    assert "Personas cannot exist in production" in asked.stderr


def test_production_is_the_default_and_lets_nobody_in_until_it_is_set_up() -> None:
    unset = {key: value for key, value in os.environ.items() if key != "VELVALGT_ENV"}

    asked = chosen_adapter(unset)

    assert asked.stdout.strip() == "none"
