"""The full-text index, which follows the table of passages by itself: tables and triggers on SQLite, generated columns on PostgreSQL.

Neither database's own parser takes part: the words are apart by blanks, and each is taken as it stands. Nothing here ranks: how often
a word occurs in the whole table must not show in anybody's results, so both are asked only which passages contain a word.

Django alters a table on SQLite by making it anew, without these triggers: a migration that alters retrieval_passage runs `drop` before
and `create` after, and the index is rebuilt.
"""

from typing import Any

from django.db import migrations

# Debian 12's SQLite cannot delete from contentless tables, so the content is the table of passages, and triggers keep them together.
SQLITE = [
    """CREATE VIRTUAL TABLE retrieval_words USING fts5(title_words, names_words, body_words, content='retrieval_passage',
    content_rowid='id', columnsize=0, tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc' tokenchars '.'")""",
    """CREATE VIRTUAL TABLE retrieval_grams USING fts5(title_folded, body_folded, content='retrieval_passage',
    content_rowid='id', columnsize=0, detail='column', tokenize="trigram case_sensitive 1")""",
]
_ADD = """INSERT INTO retrieval_words(rowid, title_words, names_words, body_words)
    VALUES (new.id, new.title_words, new.names_words, new.body_words);
    INSERT INTO retrieval_grams(rowid, title_folded, body_folded) VALUES (new.id, new.title_folded, new.body_folded);"""
_TAKE = """INSERT INTO retrieval_words(retrieval_words, rowid, title_words, names_words, body_words)
    VALUES ('delete', old.id, old.title_words, old.names_words, old.body_words);
    INSERT INTO retrieval_grams(retrieval_grams, rowid, title_folded, body_folded)
    VALUES ('delete', old.id, old.title_folded, old.body_folded);"""
_TEXTS = "title_words, names_words, body_words, title_folded, body_folded"
SQLITE += [
    f"CREATE TRIGGER retrieval_passage_added AFTER INSERT ON retrieval_passage BEGIN {_ADD} END",
    f"CREATE TRIGGER retrieval_passage_taken AFTER DELETE ON retrieval_passage BEGIN {_TAKE} END",
    f"CREATE TRIGGER retrieval_passage_changed_text AFTER UPDATE OF {_TEXTS} ON retrieval_passage BEGIN {_TAKE} {_ADD} END",
]
SQLITE_BACK = [
    *(f"DROP TRIGGER retrieval_passage_{name}" for name in ("added", "taken", "changed_text")),
    "DROP TABLE retrieval_words",
    "DROP TABLE retrieval_grams",
]

# No list of pending entries (fastupdate): every lookup would read all of it, dozens in one search, until the next vacuum.
# Word lists become vectors as they are, words of title and names once more behind a ^, which no word contains; grams are cut the way retrieval.analysis cuts them, inside runs, three characters each.
POSTGRES = [
    """CREATE FUNCTION retrieval_lexemes(title text, body text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_to_tsvector(array_remove(
        string_to_array(title, ' ') || string_to_array(body, ' ')
        || string_to_array('^' || replace(nullif(title, ''), ' ', ' ^'), ' '), ''))
    $$""",
    """CREATE FUNCTION retrieval_cut(folded text, mark text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT mark || gram), '{}')
    FROM (SELECT substr(part, at, 3) AS gram
          FROM unnest(string_to_array(replace(folded, '.', ''), ' ')) AS part, generate_series(1, length(part) - 2) AS at) AS cut
    $$""",
    """CREATE FUNCTION retrieval_gram_lexemes(title text, body text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_to_tsvector(retrieval_cut(title, '') || retrieval_cut(body, '') || retrieval_cut(title, '^'))
    $$""",
    """ALTER TABLE retrieval_passage
    ADD COLUMN word_index tsvector GENERATED ALWAYS AS
        (retrieval_lexemes(title_words || ' ' || names_words, body_words)) STORED,
    ADD COLUMN gram_index tsvector GENERATED ALWAYS AS (retrieval_gram_lexemes(title_folded, body_folded)) STORED""",
    "CREATE INDEX retrieval_passage_words ON retrieval_passage USING gin (word_index) WITH (fastupdate = off)",
    "CREATE INDEX retrieval_passage_grams ON retrieval_passage USING gin (gram_index) WITH (fastupdate = off)",
]
POSTGRES_BACK = [
    "ALTER TABLE retrieval_passage DROP COLUMN word_index, DROP COLUMN gram_index",
    "DROP FUNCTION retrieval_gram_lexemes(text, text)",
    "DROP FUNCTION retrieval_cut(text, text)",
    "DROP FUNCTION retrieval_lexemes(text, text)",
]


def create(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def drop(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("retrieval", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
