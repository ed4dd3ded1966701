"""The one helper that walls a table by tenant, and lets the web see only whom its user may see.

Every table with a tenant has row-level security forced on it, so that not even its owner reads
past the wall. It is a wall against a forgotten filter; against injection stand parameters and
review.
"""

from django.db.migrations.operations import RunSQL

OWNER, WEB, WORKER = "velvalgt_owner", "velvalgt_web", "velvalgt_worker"

FUNCTIONS = """
create function velvalgt_tenant() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('velvalgt.tenant', true), '')::uuid $$;
create function velvalgt_user() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('velvalgt.user', true), '')::uuid $$;
create function velvalgt_unit() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('velvalgt.unit', true), '')::uuid $$;
create function velvalgt_purpose() returns text language sql stable parallel safe
  as $$ select coalesce(current_setting('velvalgt.purpose', true), '') $$;
create function velvalgt_sees_everyone() returns boolean language sql stable parallel safe
  as $$ select false $$;
create function velvalgt_visible_citizens() returns setof uuid language sql stable parallel safe
  as $$ select null::uuid where false $$;
"""

DROP_FUNCTIONS = """
drop function velvalgt_visible_citizens(); drop function velvalgt_sees_everyone();
drop function velvalgt_purpose(); drop function velvalgt_unit();
drop function velvalgt_user(); drop function velvalgt_tenant();
"""

ANYONE_OF_THE_TENANT = "true"
VISIBLE_CITIZEN = (
    "((select velvalgt_sees_everyone()) or {citizen} in (select velvalgt_visible_citizens()))"
)


def wall(
    table: str,
    *,
    web: str,
    worker: str = "select, insert, update, delete",
    tenant: str = "tenant_id",
    sees: str = ANYONE_OF_THE_TENANT,
    writes: str | None = None,
) -> RunSQL:
    """Wall a table (række-sikkerhed): no tenant, no rows; the web only what `sees` lets through.

    Args:
        table: the table's name.
        web: the privileges of the web role, such as "select, insert"; "" for none.
        worker: the privileges of the worker role.
        tenant: the column that holds the tenant's key.
        sees: an SQL condition that must hold for the web role besides the tenant.
        writes: the same for the rows that the web role writes, where it differs.
    """
    return RunSQL(
        f"""
        alter table {table} enable row level security;
        alter table {table} force row level security;
        create policy wall on {table} as restrictive
          using ({tenant} = (select velvalgt_tenant()))
          with check ({tenant} = (select velvalgt_tenant()));
        create policy inside on {table} to {OWNER}, {WORKER} using (true) with check (true);
        create policy web on {table} to {WEB} using ({sees}) with check ({writes or sees});
        grant {worker} on {table} to {WORKER};
        {f"grant {web} on {table} to {WEB};" if web else ""}
        """,
        f"""
        drop policy web on {table}; drop policy inside on {table}; drop policy wall on {table};
        alter table {table} no force row level security;
        alter table {table} disable row level security;
        revoke all on {table} from {WEB}, {WORKER};
        """,
    )


def wall_citizen_record(table: str, *, web: str, **privileges: str) -> list[RunSQL]:
    """Wall a table about citizens: visible by `Access` only, every change traced."""
    sees = VISIBLE_CITIZEN.format(citizen="citizen_id")
    return [
        wall(table, web=web, sees=sees, **privileges),
        same_tenant_as_citizen(table),
        leave_traces(table),
    ]


def same_tenant_as_citizen(table: str) -> RunSQL:
    """Tie a row's tenant to its citizen's; a foreign key alone sees over the wall."""
    return RunSQL(
        f"alter table {table} add constraint {table}_same_tenant"
        " foreign key (tenant_id, citizen_id) references people_citizen (tenant_id, id);",
        f"alter table {table} drop constraint {table}_same_tenant;",
    )


def leave_traces(table: str, *, citizen: str | None = "citizen_id") -> RunSQL:
    """Have each statement that changes the table leave a trace for each citizen in it.

    Args:
        table: the table's name.
        citizen: the column of the citizen's key; None where the rows are about nobody's case.
    """
    return per_statement(table, "traces", f"velvalgt_trace_change({_literal(citizen)})")


def per_statement(
    table: str, name: str, function: str, events: str = "insert update delete"
) -> RunSQL:
    """Call a trigger function once a statement with the changed rows as table `changed`."""
    rows = {"insert": "new", "update": "new", "delete": "old"}
    chosen = events.split()
    return RunSQL(
        "".join(
            f"create trigger {name}_{event} after {event} on {table}"
            f" referencing {rows[event]} table as changed"
            f" for each statement execute function {function};\n"
            for event in chosen
        ),
        "".join(f"drop trigger {name}_{event} on {table};\n" for event in chosen),
    )


def only_added_to(table: str, allowed_column: str | None = None) -> RunSQL:
    """Forbid changing and deleting rows; one column may still be filled, once."""
    return RunSQL(
        f"create trigger only_added_to before update or delete on {table}"
        f" for each row execute function velvalgt_only_added_to({_literal(allowed_column)});",
        f"drop trigger only_added_to on {table};",
    )


def _literal(value: str | None) -> str:
    return "" if value is None else f"'{value}'"
