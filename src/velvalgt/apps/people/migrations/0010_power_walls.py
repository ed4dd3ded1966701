"""Wall consents, corrections and powers; a power opens the database for its holder, its end shuts it.

What a citizen may give is given by the citizen or by staff; what takes a proof, by staff alone: the
database refuses the rest. Grants of access follow the powers by a trigger, so that whoever may
write a power need not be able to write a grant.
"""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import (
    OWNER,
    VISIBLE_CITIZEN,
    WEB,
    WORKER,
    leave_traces,
    only_added_to,
    same_tenant_as_citizen,
    wall,
    wall_citizen_record,
)

VISIBLE = VISIBLE_CITIZEN.format(citizen="citizen_id")
MAY_GIVE = f"""({VISIBLE} and given_by_id = velvalgt_user() and (velvalgt_purpose() = 'case_work'
  or velvalgt_purpose() = 'own_case' and kind in ('companion', 'party_representative')))"""
MAY_END = f"""({VISIBLE} and ended_by_id = velvalgt_user() and (velvalgt_purpose() = 'case_work'
  or velvalgt_purpose() = 'own_case' and exists (select 1 from people_power p
    where p.id = power_id and p.kind in ('companion', 'party_representative'))))"""
STAFF_ALONE = f"({VISIBLE} and velvalgt_purpose() = 'case_work')"
GIVEN_HERE = f"""({VISIBLE} and exists (select 1 from people_power p where p.id = power_id and p.given_by_id = velvalgt_user()))"""

SAID = [
    "consent", "consentwithdrawal", "contactdetail", "correction", "cvshare", "cvshareend", "cvshareitem",
]  # fmt: skip

# One row of access for each holder of a citizen's powers: until the last of them ends.
FOLLOW = f"""
create function people_follow_powers() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
declare
  held record;
begin
  for held in
    select h.user_id, min(h.since) as since,
      max(coalesce(p.ends_on::timestamp at time zone 'Europe/Copenhagen', 'infinity'))
        filter (where e.id is null) as until
    from people_powerholder h join people_power p on p.id = h.power_id
      left join people_powerend e on e.power_id = p.id
    where h.citizen_id = new.citizen_id group by h.user_id
  loop
    update people_access a set ends_at = greatest(a.starts_at, coalesce(held.until, now()))
    where a.citizen_id = new.citizen_id and a.user_id = held.user_id and a.ground = 'power'
      and (a.ends_at is null or a.ends_at > now()) and held.until is distinct from 'infinity';
    update people_access a set ends_at = null
    where a.citizen_id = new.citizen_id and a.user_id = held.user_id and a.ground = 'power'
      and a.ends_at > now() and held.until = 'infinity';
    insert into people_access
      (id, tenant_id, citizen_id, user_id, purpose, ground, starts_at, ends_at)
    select gen_random_uuid(), new.tenant_id, new.citizen_id, held.user_id, 'representation', 'power',
      held.since, nullif(held.until, 'infinity')
    where held.until > now() and not exists (
      select 1 from people_access a where a.citizen_id = new.citizen_id
      and a.user_id = held.user_id and a.ground = 'power'
      and (a.ends_at is null or a.ends_at > now()));
  end loop;
  return null;
end $$;
alter function people_follow_powers() owner to {OWNER};
revoke all on function people_follow_powers() from public;
create trigger follow after insert on people_powerholder
  for each row execute function people_follow_powers();
create trigger follow after insert on people_powerend
  for each row execute function people_follow_powers();
"""

# A code is found before there is an actor, as an identity is: by the function below alone.
CODES = f"""
alter table people_powercode enable row level security;
alter table people_powercode force row level security;
create policy inside on people_powercode to {OWNER} using (true) with check (true);
create policy worker on people_powercode to {WORKER}
  using (tenant_id = (select velvalgt_tenant())) with check (tenant_id = (select velvalgt_tenant()));
create policy web on people_powercode for insert to {WEB}
  with check (tenant_id = (select velvalgt_tenant()) and {GIVEN_HERE});
grant select, insert on people_powercode to {WORKER};
grant select, insert on people_powercode to {WEB};
create function people_take_up_power(
  hash bytea, issuer text, subject text, user_id uuid, identity_id uuid, holder_id uuid)
  returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare
  code record; known record;
begin
  select c.tenant_id, c.power_id, c.citizen_id into code from people_powercode c
    where c.code_hash = hash and c.ends_at > now();
  if not found then return false; end if;
  perform set_config('velvalgt.tenant', code.tenant_id::text, true);
  if exists (select 1 from people_powerholder h where h.power_id = code.power_id)
     or exists (select 1 from people_powerend e where e.power_id = code.power_id) then
    return false;
  end if;
  select i.tenant_id, i.user_id into known from staff_identity i
    where i.issuer = people_take_up_power.issuer and i.subject = people_take_up_power.subject;
  if found and known.tenant_id <> code.tenant_id then return false; end if;
  if not found then
    insert into staff_user (id, tenant_id, name, initials, is_active)
      select people_take_up_power.user_id, code.tenant_id, p.name, '', true
      from people_power p where p.id = code.power_id;
    insert into staff_identity (id, tenant_id, user_id, issuer, subject)
      values (identity_id, code.tenant_id, people_take_up_power.user_id, people_take_up_power.issuer,
        people_take_up_power.subject);
    known.user_id := people_take_up_power.user_id;
  end if;
  insert into people_powerholder (id, tenant_id, citizen_id, power_id, user_id, since)
    values (holder_id, code.tenant_id, code.citizen_id, code.power_id, known.user_id, now());
  return true;
end $$;
alter function people_take_up_power(bytea, text, text, uuid, uuid, uuid) owner to {OWNER};
revoke all on function people_take_up_power(bytea, text, text, uuid, uuid, uuid) from public;
grant execute on function people_take_up_power(bytea, text, text, uuid, uuid, uuid) to {WEB}, {WORKER};
"""

# Whoever stood in for a citizen is named to those who see the citizen: on receipts and lists.
SEEN = """
  id = (select velvalgt_user())
  or exists (select 1 from staff_membership m where m.user_id = staff_user.id)
  or exists (select 1 from people_citizen c where c.user_id = staff_user.id)
"""
HOLDS_A_POWER = "or exists (select 1 from people_powerholder h where h.user_id = staff_user.id)"


def seen(condition: str) -> str:
    return f"alter policy seen on staff_user using ({condition});"


def walled(table: str, *, web: str, writes: str) -> list[migrations.RunSQL]:
    return [
        wall(table, web=web, worker="select, insert", sees=VISIBLE, writes=writes),
        same_tenant_as_citizen(table),
        leave_traces(table),
        only_added_to(table),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0009_consents_corrections_powers"),
        ("staff", "0004_representatives"),
    ]

    operations = [
        *[
            operation
            for name in SAID
            for operation in [
                *wall_citizen_record(f"people_{name}", web="select, insert", worker="select, insert"),
                only_added_to(f"people_{name}"),
            ]
        ],
        *walled("people_correctionanswer", web="select, insert", writes=STAFF_ALONE),
        *walled("people_power", web="select, insert", writes=MAY_GIVE),
        *walled("people_powerend", web="select, insert", writes=MAY_END),
        *walled("people_powerholder", web="select", writes="false"),
        same_tenant_as_citizen("people_powercode"),
        leave_traces("people_powercode"),
        only_added_to("people_powercode"),
        migrations.RunSQL(
            FOLLOW,
            "drop trigger follow on people_powerend; drop trigger follow on people_powerholder;"
            " drop function people_follow_powers();",
        ),
        migrations.RunSQL(
            CODES,
            "drop function people_take_up_power(bytea, text, text, uuid, uuid, uuid);"
            " drop policy web on people_powercode; drop policy worker on people_powercode;"
            " drop policy inside on people_powercode;"
            " alter table people_powercode no force row level security;"
            " alter table people_powercode disable row level security;"
            f" revoke all on people_powercode from {WEB}, {WORKER};",
        ),
        migrations.RunSQL(seen(SEEN + HOLDS_A_POWER), seen(SEEN)),
    ]
