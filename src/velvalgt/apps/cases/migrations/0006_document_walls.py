"""Wall receipts and documents; a document is shown for the purpose its compartment belongs to."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import (
    VISIBLE_CITIZEN,
    leave_traces,
    only_added_to,
    same_tenant_as_citizen,
    wall,
    wall_citizen_record,
)

VISIBLE = VISIBLE_CITIZEN.format(citizen="citizen_id")
EMPLOYMENT_ALONE = "(compartment = 'employment' or velvalgt_purpose() <> 'case_work')"
SHOWN = "exists (select 1 from cases_document d where d.id = document_id)"


def walled(table: str, sees: str) -> list[migrations.RunSQL]:
    return [
        wall(table, web="select, insert", worker="select, insert", sees=sees),
        same_tenant_as_citizen(table),
        leave_traces(table),
        only_added_to(table),
    ]


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_receipts_and_documents"), ("people", "0002_walls")]

    operations = [
        *wall_citizen_record("cases_receipt", web="select, insert", worker="select, insert"),
        only_added_to("cases_receipt"),
        *walled("cases_document", f"{VISIBLE} and {EMPLOYMENT_ALONE}"),
        *walled("cases_content", f"{VISIBLE} and {SHOWN}"),
        *walled("cases_scan", f"{VISIBLE} and {SHOWN}"),
    ]
