"""Seek and hear somebody more than once; let them tell why themself."""

from django.db import migrations, models

from velvalgt.apps.audit.rowsecurity import VISIBLE_CITIZEN

VISIBLE = VISIBLE_CITIZEN.format(citizen="citizen_id")
OWN_WORDS = f"{VISIBLE} and (velvalgt_purpose() = 'case_work' or step = 'heard')"
STAFF_ALONE = f"{VISIBLE} and velvalgt_purpose() = 'case_work'"


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_hours")]

    operations = [
        migrations.RemoveConstraint(model_name="aftermissed", name="meetings_after_missed_once"),
        migrations.AddConstraint(
            model_name="aftermissed",
            constraint=models.UniqueConstraint(
                fields=["meeting", "step"],
                condition=~models.Q(step__in=["contacted", "heard"]),
                name="meetings_after_missed_once",
            ),
        ),
        migrations.RunSQL(
            f"alter policy web on meetings_aftermissed with check ({OWN_WORDS});",
            f"alter policy web on meetings_aftermissed with check ({STAFF_ALONE});",
        ),
    ]
