"""Where Django finds the user of a session; nobody is let in by password."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from velvalgt.apps.staff.models import User


class Vouched(BaseBackend):
    """Finds the user whom the session names, while they are active."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Nobody signs in by credentials here."""

    def get_user(self, user_id: Any) -> User | None:
        """Find the session's user, and whose case it is, in one question behind the wall."""
        users = User.objects.select_related("tenant", "citizen")
        return users.filter(pk=user_id, is_active=True).first()
