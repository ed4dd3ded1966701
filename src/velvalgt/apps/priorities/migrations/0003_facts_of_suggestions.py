"""Remember by which facts a suggestion went, so that it changes on a new one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("priorities", "0002_walls")]

    operations = [
        migrations.AddField(
            model_name="suggestion",
            name="facts",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
    ]
