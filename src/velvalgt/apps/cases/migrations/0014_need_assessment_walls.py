"""Wall the assessments of need: a caseworker adds one, the citizen reads it, nobody changes it."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import VISIBLE_CITIZEN, only_added_to, wall_citizen_record

VISIBLE = VISIBLE_CITIZEN.format(citizen="citizen_id")


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_need_assessments"), ("people", "0002_walls")]

    operations = [
        *wall_citizen_record(
            "cases_needassessment",
            web="select, insert",
            worker="select, insert",
            writes=f"{VISIBLE} and velvalgt_purpose() = 'case_work' and assessed_by_id = velvalgt_user()",
        ),
        only_added_to("cases_needassessment"),
    ]
