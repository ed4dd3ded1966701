"""Wall the CV, the job log and what is told of both at Jobnet; own words are only added to."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import only_added_to, wall_citizen_record

OWN_WORDS = ["people_cventry", "people_joblogentry"]


def stays_with_its_citizen(table: str) -> migrations.RunSQL:
    """A row replaces one of the same citizen; a foreign key alone sees over the wall."""
    return migrations.RunSQL(
        f"alter table {table} add constraint {table}_of_citizen unique (citizen_id, id);"
        f"alter table {table} add constraint {table}_stays foreign key (citizen_id, replaces_id)"
        f" references {table} (citizen_id, id);",
        f"alter table {table} drop constraint {table}_stays;"
        f"alter table {table} drop constraint {table}_of_citizen;",
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0005_cv_and_job_log")]

    operations = [
        *[
            operation
            for table in OWN_WORDS
            for operation in (
                *wall_citizen_record(table, web="select, insert", worker="select, insert"),
                only_added_to(table),
                stays_with_its_citizen(table),
            )
        ],
        *wall_citizen_record("people_jobnetstate", web="select"),
    ]
