"""Every address has a lock: the stranger is sent to sign in, another role finds nothing."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.world.municipality import World
from velvalgt.apps.staff.choices import Role

OPEN = {
    "site:welcome", "site:session", "site:code", "site:language",
    "site:accessibility", "site:was", "site:health_live", "site:health_ready",
    "site:calendar_feed",
    "site:meeting_link", "site:meeting_link_time", "site:meeting_link_cancellation",
    "site:meeting_called_off",
}  # fmt: skip
SOMEBODY = {
    Role.CITIZEN: "amalie",
    Role.CASEWORKER: "tine",
    Role.JURIST: "mette",
    Role.MANAGER: "karin",
    Role.ADMINISTRATOR: "ib",
}
EXAMPLES = {
    "uuid": str(UUID(int=7)),
    "slug": "k3_first_for_all",
    "str": "k3_first_for_all",
    "int": "1",
}


def addresses(
    resolver: URLResolver | None = None, path: str = "/", space: str = ""
) -> list[tuple[str, str, URLPattern]]:
    """Each address of the site: its name, a path that leads to it, its pattern."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        here = path + _example(entry)
        if isinstance(entry, URLResolver):
            found += addresses(entry, here, entry.namespace or space)
        else:
            found.append((f"{space}:{entry.name}", here, entry))
    return found


def _example(entry: URLPattern | URLResolver) -> str:
    route = str(entry.pattern)
    for name, converter in entry.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        route = route.replace(f"<{kind}:{name}>", EXAMPLES[kind])
    return route


LOCKED = [(name, path) for name, path, _ in addresses() if name not in OPEN]


def test_there_are_addresses_to_lock() -> None:
    assert len(LOCKED) >= 10


@pytest.mark.parametrize(("name", "path"), LOCKED)
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_stranger_is_sent_to_sign_in(db: None, name: str, path: str, method: str) -> None:
    response = getattr(Client(), method)(path)

    assert response.status_code == 405 or (response.status_code, response.headers["Location"]) == (
        302,
        "/",
    )


@pytest.mark.parametrize(("name", "path"), LOCKED)
def test_another_role_finds_nothing(world: World, name: str, path: str) -> None:
    owner = name.partition(":")[0]
    for role, persona in SOMEBODY.items():
        if role != owner:
            client = Client()
            client.post("/session/", {"persona": persona})

            assert {client.get(path).status_code, client.post(path).status_code} <= {404, 405}
