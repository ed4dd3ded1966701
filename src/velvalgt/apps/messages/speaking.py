"""In which language we write to a citizen (sprog)."""

from velvalgt.apps.people.models import Citizen
from velvalgt.apps.people.queries import contact_wish_of

DEFAULT, ENGLISH = "da", "en"


def language_of(citizen: Citizen) -> str:
    """Give the language of what we send a citizen: English where they wish it, else Danish."""
    wish = contact_wish_of(citizen)
    return ENGLISH if wish and wish.language.startswith(ENGLISH) else DEFAULT
