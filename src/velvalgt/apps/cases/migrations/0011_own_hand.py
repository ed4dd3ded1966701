"""Let citizens and representatives write in their own name, and never as the municipality.

The services see to it; should one forget, or somebody get past them, the database still refuses
that a citizen says yes to their own proposal, sends themself a decision, or clears a file.
"""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import VISIBLE_CITIZEN

VISIBLE = VISIBLE_CITIZEN.format(citizen="citizen_id")
CASE_WORK = "velvalgt_purpose() = 'case_work'"
FOR_THE_CITIZEN = "velvalgt_purpose() in ('own_case', 'representation')"
EMPLOYMENT_ALONE = "(compartment = 'employment' or velvalgt_purpose() <> 'case_work')"
SHOWN = "exists (select 1 from cases_document d where d.id = document_id)"


def in_own_name(column: str) -> str:
    return f"{FOR_THE_CITIZEN} and {column} = (select velvalgt_user())"


def as_citizen(column: str) -> str:
    return f"{in_own_name(column)} and side = 'citizen'"


def answer_to(proposal: str, column: str) -> str:
    """A yes is the other side's, and to a proposal about the same citizen."""
    return f"""{as_citizen("answered_by_id")} and exists (
      select 1 from {proposal} p where p.id = {column} and p.citizen_id = citizen_id
      and (p.side <> 'citizen' or not is_yes))"""


# What each table lets somebody write who is not at case work; before, whatever they could see.
WRITTEN = {
    "cases_receipt": in_own_name("done_by_id"),
    "cases_document": f"{in_own_name('added_by_id')} and kind in ('upload', 'attachment')",
    "cases_scan": f"{FOR_THE_CITIZEN} and verdict = 'not_scanned'",
    "cases_answer": as_citizen("answered_by_id"),
    "cases_planchange": as_citizen("proposed_by_id"),
    "cases_planreply": answer_to("cases_planchange", "change_id"),
    "cases_planvisit": in_own_name("visitor_id"),
    "cases_selfsteering": as_citizen("proposed_by_id"),
    "cases_selfsteeringreply": answer_to("cases_selfsteering", "agreement_id"),
    "cases_selfsteeringend": as_citizen("ended_by_id"),
}
BEFORE = {
    "cases_document": f"{VISIBLE} and {EMPLOYMENT_ALONE}",
    "cases_scan": f"{VISIBLE} and {SHOWN} and verdict in ('not_scanned', 'ours')",
}


def alter(table: str, condition: str) -> str:
    return f"alter policy web on {table} with check ({condition});"


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_scanning")]

    operations = [
        migrations.RunSQL(
            alter(table, f"{BEFORE.get(table, VISIBLE)} and ({CASE_WORK} or {condition})"),
            alter(table, BEFORE.get(table, VISIBLE)),
        )
        for table, condition in WRITTEN.items()
    ]
