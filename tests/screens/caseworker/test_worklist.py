"""The worklist says whom the law cannot let wait, what came in, and what the ledgers owe."""

from django.test import Client

from tests.world.municipality import World


def test_joern_stands_first_with_the_day_the_law_gives(tine: Client, monday: World) -> None:
    page = tine.get("/caseworker/").content.decode()

    assert "Jørn" in page
    assert "Monday 30 November 2026" in page
    assert f"/caseworker/citizens/{monday.joern.pk}/duties/k3_first_for_all/" in page
