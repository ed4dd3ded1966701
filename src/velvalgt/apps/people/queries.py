"""The questions about people."""

from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User


def has_case_as_citizen(user: User) -> bool:
    """Whether the user is a citizen here, and not staff alone."""
    return Citizen.objects.filter(user=user).exists()
