"""Show a citizen's user only to whom the citizen is shown, and have each grant of access leave a trace.

A citizen who can sign in is a user, too, with a name; the wall around users was the tenant's alone.
"""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import WEB, leave_traces

SEEN = """
  id = (select velvalgt_user())
  or exists (select 1 from staff_membership m where m.user_id = staff_user.id)
  or exists (select 1 from people_citizen c where c.user_id = staff_user.id)
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_search"), ("staff", "0003_fewer_privileges")]

    operations = [
        migrations.RunSQL(
            f"create policy seen on staff_user as restrictive to {WEB} using ({SEEN});",
            "drop policy seen on staff_user;",
        ),
        leave_traces("people_access"),
    ]
