"""The three logins of the database: none is a superuser, none passes row-level security.

The owner owns the database and migrates it. `velvalgt_web` and `velvalgt_worker` may connect; what
they may touch is granted by the migrations.
"""

from collections.abc import Mapping

import psycopg
from psycopg import sql

ADDRESSES: Mapping[str, str] = {
    "owner": "DATABASE_URL",
    "web": "VELVALGT_WEB_DATABASE_URL",
    "worker": "VELVALGT_WORKER_DATABASE_URL",
}

TIMEOUTS: Mapping[str, Mapping[str, str]] = {
    "owner": {
        "statement_timeout": "0",
        "lock_timeout": "10s",
        "idle_in_transaction_session_timeout": "10min",
    },
    "web": {
        "statement_timeout": "15s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "30s",
    },
    "worker": {
        "statement_timeout": "10min",
        "lock_timeout": "30s",
        "idle_in_transaction_session_timeout": "10min",
    },
}


def prepare(
    db: psycopg.Connection,
    passwords: Mapping[str, str],
    database: str,
    *,
    creates_databases: bool = False,
) -> None:
    """Make the roles and the database, or put them right; safe to repeat.

    Args:
        db: a superuser's connection, in autocommit.
        passwords: each role's password.
        database: the name of the database.
        creates_databases: whether the owner may make databases.
    """
    for role in ADDRESSES:
        creates = creates_databases and role == "owner"
        _prepare_role(db, role, passwords[role], creates=creates)
    _prepare_database(db, database)


def _prepare_role(db: psycopg.Connection, role: str, password: str, *, creates: bool) -> None:
    name = f"velvalgt_{role}"
    verifier = db.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256")
    if not db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
        db.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(name)))
    may_create = sql.SQL("CREATEDB" if creates else "NOCREATEDB")
    db.execute(
        sql.SQL(
            "ALTER ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION {} PASSWORD {}"
        ).format(sql.Identifier(name), may_create, sql.Literal(verifier.decode()))
    )
    for setting, value in TIMEOUTS[role].items():
        db.execute(
            sql.SQL("ALTER ROLE {} SET {} = {}").format(
                sql.Identifier(name), sql.Identifier(setting), sql.Literal(value)
            )
        )


def _prepare_database(db: psycopg.Connection, database: str) -> None:
    name, owner = sql.Identifier(database), sql.Identifier("velvalgt_owner")
    if not db.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        db.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))
    db.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    for role in ("velvalgt_web", "velvalgt_worker"):
        db.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, sql.Identifier(role)))
