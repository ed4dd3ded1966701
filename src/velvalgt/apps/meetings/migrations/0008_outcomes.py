"""Keep what was agreed at a meeting with its outcome."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_scanning"), ("meetings", "0007_manager_numbers")]

    operations = [
        migrations.AddField("outcome", "agreed", models.TextField(blank=True, max_length=1000, default=""), preserve_default=False),
        migrations.AlterField(
            "outcome", "entry",
            models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="outcome", to="cases.entry"),
        ),
    ]
