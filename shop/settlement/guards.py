"""What the database itself refuses: that the books are edited. Used by migrations, checked by `verify_ledger`.

Every later migration that makes SQLite rebuild one of these tables (it drops the triggers) calls `guard` again.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

# Written once, never changed.
TABLES = (
    "settlement_account",
    "settlement_entry",
    "settlement_posting",
    "settlement_parcelsplit",
    "settlement_splitchange",
)

_REFUSE = """
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is never changed: post another entry', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
_BALANCE = """
CREATE OR REPLACE FUNCTION ledger_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM settlement_posting p JOIN settlement_account a ON a.id = p.account_id
    WHERE p.entry_id = NEW.entry_id GROUP BY a.currency HAVING SUM(p.amount) <> 0
  ) THEN
    RAISE EXCEPTION 'entry % is not balanced', NEW.entry_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$
"""


def statements(vendor: str) -> list[str]:
    """The SQL that sets the guards up, on SQLite or PostgreSQL; it may be run again."""
    if vendor == "postgresql":
        return [_REFUSE, _BALANCE, *(one for table in TABLES for one in _postgres(table)), *_balance_trigger()]
    return [one for table in TABLES for one in _sqlite(table)]


def _sqlite(table: str) -> list[str]:
    return [
        statement
        for event in ("UPDATE", "DELETE")
        for statement in (
            f"DROP TRIGGER IF EXISTS {table}_no_{event.lower()}",
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is never changed: post another entry'); END",
        )
    ]


def _postgres(table: str) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION ledger_refuse()",
        f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()",
    ]


def _balance_trigger() -> list[str]:
    return [
        "DROP TRIGGER IF EXISTS settlement_posting_balance ON settlement_posting",
        "CREATE CONSTRAINT TRIGGER settlement_posting_balance AFTER INSERT ON settlement_posting "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balance()",
    ]


def expected(vendor: str) -> set[str]:
    """The names of the triggers that must be there."""
    if vendor == "postgresql":
        names = {f"{table}_no_{what}" for table in TABLES for what in ("change", "truncate")}
        return names | {"settlement_posting_balance"}
    return {f"{table}_no_{event}" for table in TABLES for event in ("update", "delete")}


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Guards that this database should have and has not."""
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return expected(connection.vendor) - {row[0] for row in cursor.fetchall()}


def guard(apps: Any, schema_editor: Any) -> None:
    """For RunPython in a migration."""
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor):
            cursor.execute(statement)


def unguard(apps: Any, schema_editor: Any) -> None:
    """The way back: what a later migration calls before it rewrites rows of these tables."""
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        for table in TABLES:
            for name in expected(connection.vendor):
                if name.startswith(table):
                    cursor.execute(
                        f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if connection.vendor == "postgresql" else "")
                    )
