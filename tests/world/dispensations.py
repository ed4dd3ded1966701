"""What the State may give to the small world: written down by Mette, confirmed by Lone."""

from datetime import UTC, date, datetime

from tests.world.factories import MONDAY
from tests.world.municipality import World, overseeing, second_jurist
from velvalgt.apps.duties import services
from velvalgt.apps.duties.choices import Effect
from velvalgt.apps.duties.models import Dispensation
from velvalgt.apps.staff.models import User

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FIRST = "k3_first_for_all"


def draft(**changes: object) -> services.Draft:
    """The first interview paused from Monday to the end of the year."""
    said = {
        "effect": Effect.DUTY_SUSPENDED,
        "first_day": MONDAY,
        "last_day": date(2026, 12, 31),
        "rules": (FIRST,),
        "instrument": "BEK nr. 1234 af 20/11/2026",
        "paragraph": "§ 1",
        "url": "https://www.retsinformation.dk/eli/lta/2026/1234",
        "words_da": "Din samtale er sat på pause på grund af sne.",
        "words_en": "Your interview is paused because of snow.",
    }
    return services.Draft(**(said | changes))


def given(world: World, lone: User | None = None, **changes: object) -> Dispensation:
    """A dispensation that holds; Lone is there already, or comes."""
    if lone is None:
        with world.building():
            lone = second_jurist(world)
    with overseeing(world, world.mette):
        written = services.record_dispensation(draft=draft(**changes), by=world.mette, at=NOW)
    with overseeing(world, lone):
        services.confirm_dispensation(dispensation=written, on=MONDAY, by=lone, at=NOW)
    return written
