"""The log, the functions that row security reads, and the triggers that leave traces."""

import django.db.models.deletion
from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations, models

import velvalgt.apps.audit.models
from velvalgt.apps.audit import choices
from velvalgt.apps.audit.rowsecurity import (
    DROP_FUNCTIONS,
    FUNCTIONS,
    VISIBLE_CITIZEN,
    WEB,
    WORKER,
    only_added_to,
    wall,
)

TRIGGER_FUNCTIONS = """
create function velvalgt_only_added_to() returns trigger language plpgsql as $$
declare
  allowed text := tg_argv[0];
begin
  if tg_op = 'UPDATE' and allowed is not null
     and to_jsonb(old) ->> allowed is null
     and to_jsonb(old) - allowed = to_jsonb(new) - allowed then
    return new;
  end if;
  raise exception '% is only added to; a correction is a new row', tg_table_name
    using errcode = 'restrict_violation';
end $$;

create function velvalgt_trace_change() returns trigger language plpgsql as $$
declare
  about text := case when tg_nargs = 0 then 'null::uuid' else quote_ident(tg_argv[0]) end;
begin
  execute format(
    'insert into audit_trace (tenant_id, at, user_id, unit_id, purpose, action, citizen_id, what, count)
     select tenant_id, clock_timestamp(), velvalgt_user(), velvalgt_unit(), velvalgt_purpose(), %L, %s, %L, count(*)
     from changed group by 1, 7', lower(tg_op), about, tg_table_name);
  return null;
end $$;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        migrations.RunSQL(
            TRIGGER_FUNCTIONS,
            "drop function velvalgt_trace_change(); drop function velvalgt_only_added_to();",
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.UUIDField(default=velvalgt.apps.audit.models.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant_id", models.UUIDField()),
                ("number", models.PositiveBigIntegerField()),
                ("traces", models.PositiveIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
                ("sealed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tenant_id", "number"), name="audit_seal_one_chain")],
            },
        ),
        migrations.CreateModel(
            name="Trace",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("tenant_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("user_id", models.UUIDField(null=True)),
                ("unit_id", models.UUIDField(null=True)),
                ("purpose", models.CharField(choices=choices.Purpose.choices, max_length=24)),
                ("action", models.CharField(choices=choices.Action.choices, max_length=12)),
                ("citizen_id", models.UUIDField(null=True)),
                ("what", models.CharField(max_length=80)),
                ("count", models.PositiveIntegerField(default=1)),
                ("seal", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="sealed", to="audit.seal")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["tenant_id", "citizen_id", "-id"], name="audit_trace_of_citizen"),
                    models.Index(condition=models.Q(("seal__isnull", True)), fields=["tenant_id", "id"], name="audit_trace_unsealed"),
                ],
            },
        ),
        wall("audit_seal", web="select", worker="select, insert"),
        wall(
            "audit_trace",
            web="select, insert",
            worker="select, insert, update (seal_id)",
            sees="user_id = (select velvalgt_user()) or " + VISIBLE_CITIZEN.format(citizen="citizen_id"),
            writes="true",
        ),
        only_added_to("audit_seal"),
        only_added_to("audit_trace", "seal_id"),
        migrations.RunSQL(
            f"grant usage on sequence audit_trace_id_seq to {WEB}, {WORKER};",
            f"revoke all on sequence audit_trace_id_seq from {WEB}, {WORKER};",
        ),
    ]
