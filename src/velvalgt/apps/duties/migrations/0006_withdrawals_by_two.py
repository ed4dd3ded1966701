"""A dispensation that two people vouch for is withdrawn by two."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0005_ledger_rows_with_due"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WithdrawalConfirmation",
            fields=[
                ("withdrawal", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="confirmation", serialize=False, to="duties.dispensationwithdrawal")),
                ("tenant_id", models.UUIDField()),
                ("confirmed_at", models.DateTimeField()),
                ("confirmed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("withdrawn_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name="withdrawalconfirmation",
            constraint=models.CheckConstraint(condition=models.Q(("confirmed_by", models.F("withdrawn_by")), _negated=True), name="duties_withdrawal_confirmed_by_another"),
        ),
    ]
