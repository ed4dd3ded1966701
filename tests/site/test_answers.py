"""What an answer of the site leaves behind, gives away or lets happen to somebody else."""

import logging
import os
import re
import subprocess
import sys

import pytest
from django.db import OperationalError
from django.test import Client, override_settings
from django.urls import path

from tests.house.test_doors import addresses
from tests.world.factories import LONG_AGO, MembershipFactory
from tests.world.municipality import World
from velvalgt.apps.audit.actor import Actor, tell_database
from velvalgt.apps.audit.choices import Action, Purpose
from velvalgt.apps.audit.models import Trace
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.models import Membership
from velvalgt.site.logs import KindAndPlace

HOMES = {
    "amalie": "/citizen/",
    "tine": "/caseworker/",
    "mette": "/jurist/",
    "ib": "/administrator/",
}


def signed_in(persona: str, **options: object) -> Client:
    client = Client(**options)
    client.post("/session/", {"persona": persona})
    return client


@pytest.mark.parametrize(("persona", "home"), HOMES.items())
def test_no_browser_keeps_a_page_of_somebody_signed_in(
    world: World, persona: str, home: str
) -> None:
    client = signed_in(persona)

    for page in (home, "/nowhere/"):
        assert "no-store" in client.get(page).headers["Cache-Control"]
    assert "no-store" in client.post("/session/", {"close": "1"}).headers["Cache-Control"]


def test_the_key_of_a_closed_session_opens_nothing(world: World) -> None:
    client = signed_in("tine")
    key = client.cookies["velvalgt_session"].value
    client.post("/session/", {"close": "1"})

    client.cookies["velvalgt_session"] = key

    assert client.get("/caseworker/").headers["Location"] == "/"


def test_a_key_that_somebody_else_chose_is_not_taken_up(world: World) -> None:
    client = Client()
    client.cookies["velvalgt_session"] = "chosenbyanattackerchosenbyanatta"

    client.post("/session/", {"persona": "tine"})

    assert client.cookies["velvalgt_session"].value != "chosenbyanattackerchosenbyanatta"


POSTS = [(name, where) for name, where, _ in addresses() if not name.startswith("site:health")]


@pytest.mark.parametrize(("name", "where"), POSTS)
def test_nothing_is_taken_from_a_page_of_another_site(world: World, name: str, where: str) -> None:
    client = Client(enforce_csrf_checks=True)
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)', client.get("/").content.decode())
    assert token
    client.post("/session/", {"persona": "tine", "csrfmiddlewaretoken": token[1]})

    assert client.post(where).status_code == 403


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_choosing_a_language_leads_to_no_other_site(world: World, method: str, away: str) -> None:
    sent = getattr(Client(), method)("/language/", {"language": "en", "next": away})

    assert sent.headers["Location"] == "/"


def test_the_log_tells_about_whom_somebody_was_refused(world: World) -> None:
    signed_in("tine").get(f"/caseworker/citizens/{world.elsewhere.pk}/")

    tell_database(Actor(world.tenant.pk, Purpose.CASE_WORK, world.tine.pk), using="refusals")
    refused = Trace.objects.using("refusals").filter(action=Action.REFUSAL, user_id=world.tine.pk)
    assert [trace.citizen_id for trace in refused] == [world.elsewhere.pk]


def page_without_keys(client: Client, where: str) -> str:
    page = client.get(where).content.decode()
    return re.sub(r'value="\w{64}"', "", page).replace(where, "")


def test_who_is_there_but_not_mine_looks_like_who_is_nowhere(world: World) -> None:
    client = signed_in("tine")

    keys = (world.elsewhere.pk, world.stranger.pk, "01890000-0000-7000-8000-000000000000")
    seen = [page_without_keys(client, f"/caseworker/citizens/{key}/") for key in keys]

    assert seen[0] == seen[1] == seen[2]


def test_what_is_not_there_is_no_error_in_the_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    signed_in("tine").get(f"/caseworker/citizens/{world.elsewhere.pk}/")

    assert "page_broke" not in caplog.text


def test_a_role_that_was_changed_opens_nothing_until_the_next_sign_in(world: World) -> None:
    client = signed_in("tine")
    with world.building():
        Membership.objects.filter(user=world.tine).update(role=Role.JURIST)

    assert client.get("/caseworker/").status_code == 404
    assert client.get("/jurist/").status_code == 404


def test_a_second_role_in_the_unit_is_not_used_for_the_first_ones_purpose(world: World) -> None:
    client = signed_in("tine")
    with world.building():
        MembershipFactory(unit=world.team, user=world.tine, role=Role.JURIST, starts_at=LONG_AGO)

    assert client.get("/caseworker/").status_code == 200
    assert client.get("/jurist/").status_code == 404


def test_somebody_at_work_does_not_stand_as_a_citizen(world: World) -> None:
    client = signed_in("tine")
    with world.building():
        Citizen.objects.filter(pk=world.joern.pk).update(user=world.tine)

    assert client.get("/citizen/").status_code == 404


def waits(request: object) -> None:
    raise OperationalError("canceling statement due to lock timeout")


def breaks(request: object) -> None:
    raise ValueError(f"{Citizen.objects.get(name='Amalie').name} 0101901234")


urlpatterns = [path("breaks/", breaks, name="breaks"), path("waits/", waits, name="waits")]
handler500 = "velvalgt.site.errors.broken"


def test_where_the_database_is_busy_one_is_asked_to_try_again(world: World) -> None:
    client = signed_in("tine", raise_request_exception=False)

    with override_settings(ROOT_URLCONF=__name__):
        response = client.get("/waits/")

    assert response.status_code == 503
    assert "Prøv igen om lidt" in response.content.decode()


def test_a_job_that_fails_tells_kind_and_place_but_not_the_row() -> None:
    formatter = KindAndPlace("%(message)s")
    row = "(Amalie, 0101901234)"
    try:
        raise ValueError(row)
    except ValueError:
        failed = logging.LogRecord("job", logging.ERROR, "", 1, "failed", None, sys.exc_info())

    told = formatter.format(failed)

    assert "ValueError" in told
    assert "test_answers.py" in told
    assert row not in told


def test_what_breaks_tells_neither_the_page_nor_the_log_whom_it_was_about(
    world: World, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    client = signed_in("tine", raise_request_exception=False)

    with override_settings(ROOT_URLCONF=__name__):
        response = client.get("/breaks/?name=Amalie")

    told = caplog.text + "".join(capfd.readouterr())
    assert response.status_code == 500
    assert "page_broke" in told
    for secret in ("Amalie", "0101901234"):
        assert secret not in told
        assert secret not in response.content.decode()


def test_cookies_in_production_are_for_this_site_over_tls_and_out_of_scripts_reach() -> None:
    names = [
        f"{cookie}_COOKIE_{flag}"
        for cookie in ("SESSION", "CSRF", "LANGUAGE")
        for flag in ("SECURE", "HTTPONLY", "SAMESITE")
    ]
    code = (
        "import django; from django.conf import settings as s; django.setup();"
        f"print([getattr(s, name) for name in {names}], s.SECURE_HSTS_SECONDS > 0, s.DEBUG)"
    )
    environment = {**os.environ, "VELVALGT_ENV": "production"}

    asked = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )

    assert asked.stdout.strip() == f"{[True, True, 'Lax'] * 3} True False"
