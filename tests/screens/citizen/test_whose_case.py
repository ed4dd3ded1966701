"""A form that was opened for one citizen is never sent in another's case."""

from django.test import Client

from tests.screens.citizen.conftest import signed_in
from tests.screens.citizen.test_powers import given
from tests.world.factories import UserFactory
from tests.world.municipality import World
from velvalgt.apps.messages.models import Message
from velvalgt.apps.people.choices import PowerKind

MESSAGES = "/citizen/messages/"
HELLO = {"body": "Hej"}


def checked(persona: str) -> Client:
    """A browser that sends what the forms hold, their tokens too."""
    client = signed_in(persona)
    client.handler.enforce_csrf_checks = True
    return client


def token_in(client: Client, address: str) -> dict[str, str]:
    page = client.get(address).content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    return {"csrfmiddlewaretoken": token}


def test_a_caseworkers_older_tab_does_not_write_in_the_next_citizens_case(monday: World) -> None:
    tine = checked("tine")
    begin = f"/caseworker/citizens/{monday.joern.pk}/on-behalf/"
    tine.post(begin, token_in(tine, f"/caseworker/citizens/{monday.joern.pk}/"))
    for_joern = token_in(tine, MESSAGES)

    begin = f"/caseworker/citizens/{monday.amalie.pk}/on-behalf/"
    tine.post(begin, token_in(tine, f"/caseworker/citizens/{monday.amalie.pk}/"))

    assert tine.post(MESSAGES, HELLO | for_joern).status_code == 403
    assert tine.post(MESSAGES, HELLO | token_in(tine, MESSAGES)).status_code == 302
    with monday.as_tine():
        assert [message.citizen for message in Message.objects.all()] == [monday.amalie]


def test_a_representatives_older_tab_neither(monday: World) -> None:
    with monday.building():
        grethe = UserFactory(tenant=monday.tenant, name="Grethe", known_as="grethe")
    for citizen in (monday.joern, monday.amalie):
        given(monday, grethe, PowerKind.PARTY_REPRESENTATIVE, citizen)
    client, chosen = checked("grethe"), "/citizen/represented/"
    client.post(chosen, {"citizen": str(monday.joern.pk)} | token_in(client, chosen))
    for_joern = token_in(client, MESSAGES)

    client.post(chosen, {"citizen": str(monday.amalie.pk)} | token_in(client, chosen))

    assert client.post(MESSAGES, HELLO | for_joern).status_code == 403


def test_a_form_of_ones_own_case_is_not_sent_for_somebody_else(monday: World) -> None:
    given(monday, monday.amalie.user, PowerKind.PARTY_REPRESENTATIVE)
    amalie = checked("amalie")
    own = token_in(amalie, MESSAGES)

    amalie.post("/session/", {"role": "representative"} | token_in(amalie, "/citizen/"))

    assert amalie.post(MESSAGES, HELLO | own).status_code == 403
