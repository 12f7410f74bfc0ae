"""SQLite's part of choosing candidates: FTS5, asked for one term at a time."""

JOIN = "CROSS JOIN"
_TABLES = {"words": ("retrieval_words", "title_words names_words"), "grams": ("retrieval_grams", "title_folded")}


def matches(stream: str, term: str, weight: int, title: int) -> tuple[str, list[str | int]]:
    """See candidates.Adapter. CROSS JOIN: SQLite then starts from what was found, not from all that the reader may see."""
    table, columns = _TABLES[stream]
    quoted = '"' + term.replace('"', '""') + '"'
    one = f"SELECT rowid AS id, %s AS weight FROM {table} WHERE {table} MATCH %s"  # noqa: S608 - a name from the table above
    return f"{one} UNION ALL {one}", [weight, quoted, title, f"{{{columns}}} : {quoted}"]
