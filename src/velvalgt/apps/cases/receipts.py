"""Giving a receipt: the last step of everything that a citizen can do here."""

from datetime import datetime
from uuid import UUID

from velvalgt.apps.cases.choices import Deed
from velvalgt.apps.cases.models import Receipt
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User


def give_receipt(
    *, citizen: Citizen, deed: Deed, by: User, at: datetime, title: str = ""
) -> Receipt:
    """Say that something reached us (kvittere); called in the transaction of what it tells of.

    Args:
        citizen: whose case it is.
        deed: what was done.
        by: whose hand did it: the citizen's, a representative's, or staff's on their behalf.
        at: when.
        title: what it was about, such as a course's name; at most 200 characters are kept.
    """
    return Receipt.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        deed=deed,
        title=title[:200],
        given_at=at,
        done_by=by,
        is_on_behalf=citizen.user_id != by.pk,
    )


def receipts_of(citizen: Citizen) -> "list[Receipt]":
    """Give a citizen's receipts, newest first."""
    return list(citizen.receipts.select_related("done_by").order_by("-given_at", "-pk"))


def receipt_of(citizen: Citizen, receipt_id: UUID) -> Receipt | None:
    """Find one of a citizen's receipts."""
    return citizen.receipts.select_related("done_by").filter(pk=receipt_id).first()
