"""Answers as the engine gives them, for what only the page does with them."""

from datetime import date
from typing import Any

from django.utils.html import format_html

from kmportal.retrieval.results import Found, Hit


def hit(number: int = 1, kind: str = "lesson", **fields: Any) -> Hit:
    title = fields.pop("title", f"เรื่องที่ {number}")
    usual: dict[str, Any] = {
        "marked_title": format_html("<mark>{}</mark>", title),
        "place": "หัวข้อ · สัมมนา",
        "snippet": format_html("ก่อน <mark>{}</mark> หลัง", "คำ"),
        "url": f"/library/items/{number}/#i{number}",
        "dated": date(2010, 7, 1),
        "score": 1.0,
        "tags": frozenset({("category", "4"), ("type", "obstacle")}),
    }
    return Hit(kind=kind, object_id=number, title=title, **{**usual, **fields})


def found(*hits: Hit, **fields: Any) -> Found:
    return Found(list(hits), **{"total": len(hits), "facets": {"kind": {"lesson": len(hits)}}, **fields})
