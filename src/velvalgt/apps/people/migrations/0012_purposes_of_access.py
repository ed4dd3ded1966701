"""Know two purposes more: leading by numbers, and a meeting by a signed link; no access is granted for either."""

from django.db import migrations, models

from velvalgt.apps.audit.choices import Purpose


class Migration(migrations.Migration):
    dependencies = [("people", "0011_own_hand")]

    operations = [
        migrations.AlterField(
            model_name="access",
            name="purpose",
            field=models.CharField(choices=Purpose.choices, max_length=24),
        ),
    ]
