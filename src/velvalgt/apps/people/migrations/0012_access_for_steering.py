"""A purpose for whoever leads by numbers; nobody is ever granted a citizen for it."""
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0011_own_hand'),
    ]

    operations = [
        migrations.AlterField(
            model_name='access',
            name='purpose',
            field=models.CharField(choices=[('own_case', 'own case'), ('case_work', 'case work'), ('legal_oversight', 'check that the law is followed'), ('administration', 'running the system'), ('import', 'receiving data'), ('law', 'working out what the law asks'), ('log', 'keeping the log'), ('sign_in', 'sign-in'), ('representation', "on somebody's behalf"), ('steering', 'leading by numbers, without seeing anybody')], max_length=24),
        ),
    ]
