"""Wall the preparation, the plan and the self-steered agreements; all are only added to."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import only_added_to, wall_citizen_record

TABLES = (
    "cases_answer",
    "cases_planchange",
    "cases_planreply",
    "cases_planvisit",
    "cases_selfsteering",
    "cases_selfsteeringreply",
    "cases_selfsteeringend",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_preparation_and_plan"), ("people", "0002_walls")]

    operations = [
        operation
        for table in TABLES
        for operation in [
            *wall_citizen_record(table, web="select, insert", worker="select, insert"),
            only_added_to(table),
        ]
    ]
