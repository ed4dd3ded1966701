"""Wall what is written to and by citizens: each in their own name, and nobody changes it."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import (
    OWNER,
    VISIBLE_CITIZEN,
    WEB,
    WORKER,
    leave_traces,
    only_added_to,
    wall,
    wall_citizen_record,
)

VISIBLE = VISIBLE_CITIZEN.format(citizen="citizen_id")
MYSELF = "(select velvalgt_user())"
FOR_THE_MUNICIPALITY = "velvalgt_purpose() = 'case_work'"

# What each table lets the web write: in one's own name, and the municipality's words only in case work.
WRITTEN = {
    "messages_message": f"{VISIBLE} and author_id = {MYSELF} and (side = 'citizen' or {FOR_THE_MUNICIPALITY})",
    "messages_attachment": VISIBLE,
    "messages_reading": f"{VISIBLE} and reader_id = {MYSELF}",
    "messages_noanswer": f"{VISIBLE} and said_by_id = {MYSELF} and {FOR_THE_MUNICIPALITY}",
    "messages_notice": f"{VISIBLE} and (told_by_id is null or told_by_id = {MYSELF})",
    "messages_noticereading": VISIBLE,
    "messages_channelchoice": f"{VISIBLE} and chosen_by_id = {MYSELF}",
    "messages_notification": VISIBLE,
}

# The web may not touch the queue. It may ask that a notification of its own tenant be delivered, as part of what it
# writes; the job is seen when this transaction is over. Asking twice delivers once: the job looks at what was done.
ASK = f"""
create function messages_ask_for_delivery(notification uuid, not_before timestamptz) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from messages_notification n where n.id = notification and n.tenant_id = velvalgt_tenant()) then
    raise exception 'no such notification' using errcode = 'insufficient_privilege';
  end if;
  perform procrastinate_defer_jobs_v1(array[row(
    'messages', 'velvalgt.apps.messages.tasks.tell_citizen', 0, null, null,
    jsonb_build_object('tenant_id', velvalgt_tenant()::text, 'notification_id', notification::text), not_before
  )::procrastinate_job_to_defer_v1]);
end $$;
revoke all on function messages_ask_for_delivery(uuid, timestamptz) from public;
grant execute on function messages_ask_for_delivery(uuid, timestamptz) to {WEB}, {WORKER};
alter function messages_ask_for_delivery(uuid, timestamptz) owner to {OWNER};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("messages", "0001_dialogue_notices_notifications"),
        ("cases", "0006_document_walls"),
        ("people", "0002_walls"),
        ("staff", "0002_walls"),
    ]

    operations = [
        *[
            operation
            for table, writes in WRITTEN.items()
            for operation in wall_citizen_record(table, web="select, insert", worker="select, insert", writes=writes)
        ],
        *wall_citizen_record("messages_delivery", web="select", worker="select, insert"),
        *wall_citizen_record("messages_rehearsal", web="select", worker="select, insert"),
        *[only_added_to(table) for table in (*WRITTEN, "messages_delivery", "messages_rehearsal")],
        wall("messages_answerpromise", web="select", worker="select, insert"),
        leave_traces("messages_answerpromise", citizen=None),
        only_added_to("messages_answerpromise"),
        migrations.RunSQL(ASK, "drop function messages_ask_for_delivery(uuid, timestamptz);"),
    ]
