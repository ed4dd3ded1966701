"""Wall the second person's word on a withdrawal, tied to the one who asked for it."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import leave_traces, only_added_to, wall

TABLE = "duties_withdrawalconfirmation"

# With the check that the two differ, nobody confirms what they asked for, whatever they write in the row.
TIES = """
alter table duties_dispensationwithdrawal
  add constraint duties_withdrawal_whole unique (dispensation_id, tenant_id, withdrawn_by_id);
alter table duties_withdrawalconfirmation add constraint duties_withdrawal_confirmation_tells_who_asked
  foreign key (withdrawal_id, tenant_id, withdrawn_by_id)
  references duties_dispensationwithdrawal (dispensation_id, tenant_id, withdrawn_by_id);
"""
LOOSEN = """
alter table duties_withdrawalconfirmation drop constraint duties_withdrawal_confirmation_tells_who_asked;
alter table duties_dispensationwithdrawal drop constraint duties_withdrawal_whole;
"""


class Migration(migrations.Migration):
    dependencies = [("duties", "0006_withdrawals_by_two")]

    operations = [
        wall(
            TABLE,
            web="select, insert",
            worker="select",
            writes="confirmed_by_id = (select velvalgt_user()) and (select velvalgt_sees_everyone())",
        ),
        migrations.RunSQL(TIES, LOOSEN),
        only_added_to(TABLE),
        leave_traces(TABLE, citizen=None),
    ]
