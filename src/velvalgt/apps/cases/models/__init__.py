"""What the station of cases remembers: a file for each idea."""

from velvalgt.apps.cases.models.documents import Content, Document, DocumentQuerySet, Scan
from velvalgt.apps.cases.models.journal import Case, CaseQuerySet, Entry, EntryQuerySet
from velvalgt.apps.cases.models.plan import PlanChange, PlanReply, PlanVisit
from velvalgt.apps.cases.models.preparation import Answer, NeedAssessment
from velvalgt.apps.cases.models.receipts import Receipt
from velvalgt.apps.cases.models.steering import (
    SelfSteering,
    SelfSteeringEnd,
    SelfSteeringQuerySet,
    SelfSteeringReply,
)

__all__ = [
    "Answer",
    "Case",
    "CaseQuerySet",
    "Content",
    "Document",
    "DocumentQuerySet",
    "Entry",
    "EntryQuerySet",
    "NeedAssessment",
    "PlanChange",
    "PlanReply",
    "PlanVisit",
    "Receipt",
    "Scan",
    "SelfSteering",
    "SelfSteeringEnd",
    "SelfSteeringQuerySet",
    "SelfSteeringReply",
]
