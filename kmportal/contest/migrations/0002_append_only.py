"""The database refuses to change or remove what was handed in and the contest's book. Row by row, as in rewards 0002, for the same reasons.

Django alters a table on SQLite by making it anew, without these triggers: a migration that alters one of them runs `drop` before and
`create` after.
"""

from typing import Any

from django.db import migrations

TABLES = ("contest_auditact", "contest_entryversion")
SQLITE = [
    f"CREATE TRIGGER {table}_stays_{act.lower()} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    for table in TABLES
    for act in ("UPDATE", "DELETE")
]
SQLITE_BACK = [f"DROP TRIGGER {table}_stays_{act}" for table in TABLES for act in ("update", "delete")]
POSTGRES = [
    """CREATE FUNCTION contest_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    *(
        f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION contest_refuse()"
        for table in TABLES
    ),
]
POSTGRES_BACK = [*(f"DROP TRIGGER {table}_stays ON {table}" for table in TABLES), "DROP FUNCTION contest_refuse()"]


def create(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def drop(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("contest", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
