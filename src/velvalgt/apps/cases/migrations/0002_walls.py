"""Wall the case and the journal; the journal is only added to, and what follows it is told."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import only_added_to, per_statement, wall_citizen_record


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_cases_and_journal"), ("people", "0002_walls")]

    operations = [
        *wall_citizen_record("cases_case", web="select"),
        *wall_citizen_record("cases_entry", web="select, insert", worker="select, insert"),
        only_added_to("cases_entry"),
        per_statement("cases_entry", "facts", "velvalgt_number_facts('citizen_id')", "insert"),
    ]
