"""The words of the demonstration content: JSON beside this file, and files as agencies would send them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.html import format_html, format_html_join

HERE = Path(__file__).resolve().parent
FILES = HERE / "files"


def read(name: str) -> Any:
    return json.loads((HERE / "data" / f"{name}.json").read_text(encoding="utf-8"))


def rich(value: str | Sequence[str] | dict[str, Sequence[str]]) -> str:
    """Rich text: a string is a paragraph, a list has bullets, {"ol": […]} has numbers. Nothing stays nothing."""
    if not value:
        return ""
    if isinstance(value, str):
        return str(format_html("<p>{}</p>", value))
    tag, lines = ("ol", value["ol"]) if isinstance(value, dict) else ("ul", value)
    rows = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
    return str(format_html("<{0}>{1}</{0}>", tag, rows))
