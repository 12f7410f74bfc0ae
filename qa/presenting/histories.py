"""The versions of a post: who wrote which when, and what changed from one to the next."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext, pgettext

from kmportal.core import compare
from kmportal.retrieval.segment import SEGMENTER
from qa.models import Version
from qa.models.posts import Post
from qa.permissions import can_see_author
from qa.presenting.authors import Author, Authors

MOST = 50
_RUN = re.compile(r"[\u0e00-\u0e7f]+|\s+|[A-Za-z0-9]+|.", re.DOTALL)
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|tr|pre|blockquote)>|<br\s*/?>", re.IGNORECASE)


@dataclass
class Change:
    label: str
    lines: list[compare.Line]


@dataclass
class Step:
    """One version. The first has no changes, but the words it began with."""

    number: int
    at: datetime
    by: Author
    note: str
    changes: list[Change] = field(default_factory=list)
    first_words: list[str] = field(default_factory=list)


@dataclass
class _By:
    """An editor, as the author of a version."""

    pk: int
    shown_author: int | None
    anonymous: bool
    author_id: int | None


def read(user: Any, post: Post) -> list[Step]:
    """Newest first. Whose name stands at a version follows the rule of the post: an anonymous author stays so in its history."""
    rows = list(Version.objects.visible_to(user).filter(**{str(post._meta.model_name): post}).order_by("-number")[: MOST + 1])
    knows, steps = can_see_author(user, post), []
    editors = [_editor(post, version, knows) for version in rows]
    authors = Authors(user, editors)
    for at, version in enumerate(rows[:MOST]):
        older = rows[at + 1] if at + 1 < len(rows) else None
        step = Step(version.number, version.created_at, authors.of(editors[at]), version.note)
        if older is None:
            step.first_words = _plain(version.body).splitlines()
        else:
            step.changes = _changes(older, version)
        steps.append(step)
    return steps


def _editor(post: Post, version: Version, knows: bool) -> _By:
    is_masked = post.anonymous and version.editor_id == post.author_id
    return _By(version.pk, None if is_masked and not knows else version.editor_id, is_masked, version.editor_id)


def _changes(older: Version, newer: Version) -> list[Change]:
    pairs = [
        (pgettext("part of a post", "Question"), older.title, newer.title),
        (pgettext("part of a post", "Text"), _plain(older.body), _plain(newer.body)),
    ]
    found = [Change(label, compare.lines(old, new, words)) for label, old, new in pairs if old != new]
    if not found and older.body != newer.body:
        return [Change(gettext("Only the form changed, not the words"), [])]
    return [change for change in found if change.lines]


def words(line: str) -> list[str]:
    """A line in words: Thai ones as the dictionary knows them, so a change shows as the words that changed."""
    found: list[str] = []
    for run in _RUN.findall(line):
        found += SEGMENTER.cut(run) if "\u0e00" <= run[0] <= "\u0e7f" else (run,)
    return found


def _plain(body: str) -> str:
    """The words, one line per paragraph."""
    lines = unescape(strip_tags(_BLOCK_END.sub("\n", body))).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())
