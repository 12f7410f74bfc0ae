"""The database refuses to change or remove a line of the book of staff acts. Row by row, as in rewards 0002, for the same reasons.

Django alters a table on SQLite by making it anew, without these triggers: a migration that alters it runs `drop` before and `create` after.
"""

from typing import Any

from django.db import migrations

TABLE = "moderation_staffact"
SQLITE = [
    f"CREATE TRIGGER {TABLE}_stays_{act.lower()} BEFORE {act} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
    for act in ("UPDATE", "DELETE")
]
SQLITE_BACK = [f"DROP TRIGGER {TABLE}_stays_{act}" for act in ("update", "delete")]
POSTGRES = [
    """CREATE FUNCTION moderation_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"CREATE TRIGGER {TABLE}_stays BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION moderation_refuse()",
]
POSTGRES_BACK = [f"DROP TRIGGER {TABLE}_stays ON {TABLE}", "DROP FUNCTION moderation_refuse()"]


def create(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def drop(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
