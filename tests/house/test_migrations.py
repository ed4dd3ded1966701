"""The migrations tell the same story as the models."""

from io import StringIO

from django.core.management import call_command


def test_the_migrations_match_the_models(db: None) -> None:
    told = StringIO()

    call_command("makemigrations", "--check", "--dry-run", "--skip-checks", stdout=told)

    assert "No changes detected" in told.getvalue()
