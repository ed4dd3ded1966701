"""Judge a reason anew when the citizen tells more: only guidance and hand-over happen once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0009_seats")]

    operations = [
        migrations.RemoveConstraint("aftermissed", "meetings_after_missed_once"),
        migrations.AddConstraint(
            "aftermissed",
            models.UniqueConstraint(
                fields=["meeting", "step"],
                condition=models.Q(step__in=["guided", "handed_over"]),
                name="meetings_after_missed_once",
            ),
        ),
    ]
