"""The database refuses to change or remove what was written: movements, their legs, versions of rules, the book of
stock, and what happened to redemptions.

Row by row, not statement by statement: a statement that meets no row harms nothing, and `flush` of an empty database and `loaddata` (which
first tries to update) must go on, because they are the way from SQLite to PostgreSQL.

Django alters a table on SQLite by making it anew, without these triggers: a migration that alters one of the tables runs `drop` before
and `create` after.
"""

from typing import Any

from django.db import migrations

TABLES = ("rewards_transfer", "rewards_leg", "rewards_ruleversion", "rewards_stockmovement", "rewards_redemptionevent")
SQLITE = [
    f"CREATE TRIGGER {table}_stays_{act.lower()} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    for table in TABLES
    for act in ("UPDATE", "DELETE")
]
SQLITE_BACK = [f"DROP TRIGGER {table}_stays_{act}" for table in TABLES for act in ("update", "delete")]
POSTGRES = [
    """CREATE FUNCTION rewards_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    *(
        f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION rewards_refuse()"
        for table in TABLES
    ),
]
POSTGRES_BACK = [*(f"DROP TRIGGER {table}_stays ON {table}" for table in TABLES), "DROP FUNCTION rewards_refuse()"]


def create(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def drop(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("rewards", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
