"""Text for spreadsheets: a cell such as `=HYPERLINK(…)` would run on the machine of whoever opens the file (CWE-1236)."""

# A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless_text(text: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{text}" if text.startswith(_FORMULA) else text
