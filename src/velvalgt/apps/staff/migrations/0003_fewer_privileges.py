"""Take from the worker what no job needs: emptying the queue's tables, and reading sessions, whose keys let one in."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import WORKER

QUEUE = "procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers"


class Migration(migrations.Migration):
    dependencies = [("staff", "0002_walls")]

    operations = [
        migrations.RunSQL(
            f"revoke truncate, trigger, references on {QUEUE} from {WORKER};"
            f" revoke select on django_session from {WORKER};",
            f"grant truncate, trigger, references on {QUEUE} to {WORKER};"
            f" grant select on django_session to {WORKER};",
        ),
    ]
