"""A role for whoever stands in for a citizen."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0003_fewer_privileges'),
    ]

    operations = [
        migrations.AlterField(
            model_name='membership',
            name='role',
            field=models.CharField(choices=[('citizen', 'citizen'), ('caseworker', 'caseworker'), ('jurist', 'jurist'), ('administrator', 'administrator'), ('representative', 'representative')], max_length=20),
        ),
    ]
