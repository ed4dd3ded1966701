"""Wall the record of what was received."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import wall


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_import_runs"), ("staff", "0002_walls")]

    operations = [wall("exchange_importrun", web="select", worker="select, insert")]
