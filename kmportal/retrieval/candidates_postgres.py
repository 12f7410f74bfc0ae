"""PostgreSQL's part of choosing candidates: the GIN indexes, asked for one term at a time, in literals that no parser touches."""

JOIN = "JOIN"
_COLUMNS = {"words": "word_index", "grams": "gram_index"}


def matches(stream: str, term: str, weight: int, title: int) -> tuple[str, list[str | int]]:
    """See candidates.Adapter. Words of title and names stand in the same index once more, behind a ^."""
    column = _COLUMNS[stream]
    one = f"SELECT id, %s::int AS weight FROM retrieval_passage WHERE {column} @@ %s::tsquery"  # noqa: S608 - a name from the table above
    return f"{one} UNION ALL {one}", [weight, _literal(term), title, _literal(f"^{term}")]


def _literal(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
