"""The verbs of people: who may see whom, whose own case it is, and what a file brings in."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.people.choices import Form, Ground, Rhythm
from velvalgt.apps.people.consents import (
    CannotShare,
    NotSpecific,
    end_cv_share,
    give_consent,
    share_cv,
    withdraw_consent,
)
from velvalgt.apps.people.corrections import (
    NeedsReason,
    NoSuchAddress,
    answer_correction,
    ask_for_correction,
    give_contact_details,
)
from velvalgt.apps.people.models import Access, Citizen, ContactWish
from velvalgt.apps.people.powers import (
    CODE_LENGTH,
    CannotGivePower,
    Given,
    end_power,
    give_power,
    hold_power,
    take_up_power,
)
from velvalgt.apps.people.receiving import (
    Known,
    known_citizens,
    receive_citizens,
    receive_facts,
    share_with_units,
)
from velvalgt.apps.staff.models import Unit, User

__all__ = [
    "CODE_LENGTH",
    "CannotGivePower",
    "CannotShare",
    "Given",
    "Known",
    "NeedsReason",
    "NoSuchAddress",
    "NotSpecific",
    "UserTaken",
    "Wish",
    "answer_correction",
    "ask_for_correction",
    "end_cv_share",
    "end_power",
    "give_consent",
    "give_contact_details",
    "give_power",
    "give_user",
    "grant",
    "hold_power",
    "known_citizens",
    "receive_citizens",
    "receive_facts",
    "revoke",
    "share_cv",
    "share_with_units",
    "take_up_power",
    "wish_contact",
    "withdraw_consent",
]


class UserTaken(Exception):
    """The user already stands for another citizen, or the citizen for another user."""


@transaction.atomic
def grant(
    *,
    to: User | Unit,
    citizen: Citizen | None,
    purpose: Purpose,
    ground: Ground,
    at: datetime,
) -> Access:
    """Let a user or a unit see a citizen for a purpose (give adgang); the same grant twice is one.

    Args:
        to: who may see.
        citizen: whom; None for the whole tenant, which only oversight has.
        purpose: what for.
        ground: why they may.
        at: from when.
    """
    user, unit = (to, None) if isinstance(to, User) else (None, to)
    access, _ = Access.objects.get_or_create(
        tenant_id=to.tenant_id,
        citizen=citizen,
        user=user,
        unit=unit,
        purpose=purpose,
        ground=ground,
        ends_at=None,
        defaults={"starts_at": at},
    )
    return access


@transaction.atomic
def revoke(*, access: Access, at: datetime) -> None:
    """End a grant (fratage adgang); it stays as a record of who could see whom when."""
    locked = Access.objects.select_for_update().get(pk=access.pk)
    if locked.ends_at is None:
        locked.ends_at = max(at, locked.starts_at)
        locked.save(update_fields=["ends_at"])
    access.ends_at = locked.ends_at


@transaction.atomic
def give_user(*, citizen: Citizen, user: User, at: datetime) -> Citizen:
    """Let a citizen sign in: tie a user to them, who then sees their own case.

    Raises:
        UserTaken: one of the two is tied to somebody else.
    """
    locked = Citizen.objects.select_for_update().get(pk=citizen.pk)
    taken = Citizen.objects.filter(user=user).exclude(pk=citizen.pk).exists()
    if taken or locked.user_id not in {None, user.pk}:
        raise UserTaken
    if locked.user_id is None:
        locked.user = user
        locked.save(update_fields=["user"])
    grant(to=user, citizen=locked, purpose=Purpose.OWN_CASE, ground=Ground.SELF, at=at)
    return locked


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants to be met; what is blank is left to us."""

    form: Form | str = ""
    rhythm: Rhythm | str = ""
    language: str = ""
    wants_companion: bool = False


def wish_contact(*, citizen: Citizen, wish: Wish, at: datetime) -> ContactWish:
    """Write down how a citizen wants to be met (kontaktønske); the earlier wishes stay."""
    return ContactWish.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        form=wish.form,
        rhythm=wish.rhythm,
        language=wish.language,
        wants_companion=wish.wants_companion,
        recorded_at=at,
    )
