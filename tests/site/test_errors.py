"""What went wrong is said in the reader's language, whatever state the site is in."""

import pytest
from django.test import Client, RequestFactory, override_settings

from tests.world.municipality import World
from velvalgt.site import errors

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "words"),
    [("da", "Her er intet til dig"), ("en", "There is nothing here for you")],
)
def test_what_is_not_there_is_said_in_the_readers_language(language: str, words: str) -> None:
    response = Client().get("/nowhere/", headers={"accept-language": language})

    assert response.status_code == 404
    assert words in response.content.decode()


def test_a_form_without_its_token_is_refused_in_words() -> None:
    careful = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})

    response = careful.post("/session/", {"persona": "tine"})

    assert response.status_code == 403
    assert "The page may have been open for too long." in response.content.decode()


def test_whoever_is_signed_in_keeps_the_frame_on_a_page_that_is_not_there(world: World) -> None:
    client = Client(headers={"accept-language": "en"})
    client.post("/session/", {"persona": "joern"})

    page = client.get("/nowhere/").content.decode()

    assert "Velby" in page
    assert "Sign out" in page


def test_a_request_for_another_host_is_refused_in_words(world: World) -> None:
    client = Client(headers={"accept-language": "en"})
    client.post("/session/", {"persona": "joern"})

    response = client.get("/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert "We could not read that" in response.content.decode()


def test_a_broken_site_speaks_both_languages_without_a_template() -> None:
    with override_settings(TEMPLATES=[]):
        response = errors.broken(RequestFactory().get("/"))

    page = response.content.decode()
    assert response.status_code == 500
    assert "Der skete en fejl hos os" in page
    assert "Something broke on our side" in page


def test_the_page_may_only_run_what_the_site_serves() -> None:
    policy = Client().get("/")["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
