"""A role for whoever leads the job centre."""
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0004_representatives'),
    ]

    operations = [
        migrations.AlterField(
            model_name='membership',
            name='role',
            field=models.CharField(choices=[('citizen', 'citizen'), ('caseworker', 'caseworker'), ('jurist', 'jurist'), ('manager', 'manager'), ('administrator', 'administrator'), ('representative', 'representative')], max_length=20),
        ),
    ]
