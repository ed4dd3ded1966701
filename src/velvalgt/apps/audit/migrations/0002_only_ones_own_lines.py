"""Let the web write lines of the log in its own user's name alone."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import WEB

OWN = "(user_id is not distinct from (select velvalgt_user()))"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_traces_and_seals")]

    operations = [
        migrations.RunSQL(
            f"create policy own_name on audit_trace as restrictive for insert to {WEB} with check {OWN};",
            "drop policy own_name on audit_trace;",
        ),
    ]
