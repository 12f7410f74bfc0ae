"""The published versions of a page: who published which when, and what changed from one to the next."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import Any

from django.utils.encoding import force_str
from django.utils.html import strip_tags
from wagtail.models import PageLogEntry

from kmportal.core import compare
from kmportal.library import outline
from kmportal.library.models import KnowledgePage
from kmportal.library.outline_nodes import ItemNode, Node, ParagraphNode, SectionNode, SessionNode, TableNode, TalkNode
from kmportal.library.visibility import Visibility

MOST = 20
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>", re.IGNORECASE)
_TEXTS = (
    "title", "title_en", "summary", "summary_en", "venue", "province", "start_date", "end_date", "lesson", "context", "intent", "what_happened",
    "why", "cues", "tricks", "pitfalls", "recommendation", "problem", "approach", "results", "success_factors", "cautions", "evidence", "works_when",
    "fails_when", "contacts", "next_steps", "body",
)  # fmt: skip


@dataclass
class Change:
    label: str
    lines: list[compare.Line]


@dataclass
class Version:
    """A published state. The first one has no changes; one that was kept to a narrower circle shows none."""

    published: datetime
    by: Any
    changes: list[Change] = field(default_factory=list)
    is_first: bool = False
    is_withheld: bool = False


def read(page: KnowledgePage) -> list[Version]:
    """Newest first. `page` is the specific page, which this reader may see."""
    entries = (
        PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish", revision__isnull=False)
        .select_related("revision", "user")
        .order_by("-timestamp", "-pk")[: MOST + 1]
    )
    states = list(entries)
    versions = []
    for at, entry in enumerate(states[:MOST]):
        older = states[at + 1].revision.content if at + 1 < len(states) else None
        versions.append(_version(page, entry, older))
    return versions


def _version(page: KnowledgePage, entry: Any, older: Mapping[str, Any] | None) -> Version:
    content = entry.revision.content
    version = Version(entry.timestamp, entry.user, is_first=older is None)
    version.is_withheld = not all(_within_circle(page, state) for state in (content, older) if state is not None)
    if older is not None and not version.is_withheld:
        version.changes = [change for name in _TEXTS if (change := _change(page, name, older, content)) is not None]
    return version


def _within_circle(page: KnowledgePage, content: Mapping[str, Any]) -> bool:
    """Whether everybody who may read the page today could read that version: an older one may have been kept to fewer people."""
    circle = (content.get("visibility"), content.get("agency"), content.get("community"))
    if circle[0] == Visibility.PUBLIC or circle == (page.visibility, page.agency_id, page.community_id):
        return True
    # The history is for members only, so what was open to all members is open to each of them.
    return bool(circle[0] == Visibility.NETWORK)


def _change(page: KnowledgePage, name: str, older: Mapping[str, Any], newer: Mapping[str, Any]) -> Change | None:
    if name not in newer or older.get(name) == newer.get(name):
        return None
    found = compare.lines(_plain(name, older.get(name)), _plain(name, newer.get(name)))
    label = force_str(page._meta.get_field(name).verbose_name)
    return Change(label, found) if found else None


def _plain(name: str, value: Any) -> str:
    """A field as lines of plain words."""
    if name == "body":
        blocks = json.loads(value) if isinstance(value, str) else value or []
        return "\n".join(_words(node) for node in outline.read(blocks).in_order())
    return unescape(strip_tags(_BLOCK_END.sub("\n", str(value or ""))))


def _words(node: Node) -> str:
    match node:
        case ItemNode() | ParagraphNode():
            return " ".join(node.text.split())
        case SectionNode() | SessionNode() | TalkNode():
            return node.title
        case TableNode():
            return " · ".join([*node.header, *(line.text for line in node.lines)])
    return ""
