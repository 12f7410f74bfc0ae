"""What the list that opens while typing shows: knowledge, people and agencies, the group with the best suggestion first."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from kmportal.retrieval import engine, readers
from kmportal.retrieval.results import Suggestion
from kmportal.search.answer import address
from kmportal.search.forms import words
from kmportal.search.kinds import AGENCIES, PEOPLE, Look, look

FEWEST_LETTERS, MOST = 2, 8
KNOWLEDGE = pgettext_lazy("suggestions", "Knowledge")
GROUPS = {PEOPLE: pgettext_lazy("suggestions", "People"), AGENCIES: pgettext_lazy("suggestions", "Agencies")}


@dataclass(frozen=True)
class Line:
    suggestion: Suggestion
    look: Look
    url: str


@dataclass(frozen=True)
class Group:
    label: str | Promise
    lines: list[Line]


def of(typed: str, user: Any) -> list[Group]:
    """Things whose name goes on as typed, as far as this reader may see them; nothing below two letters."""
    prefix = words(typed)
    if len(prefix) < FEWEST_LETTERS:
        return []
    found = engine.suggest(prefix, readers.of(user), limit=MOST)
    lines: dict[str, list[Line]] = {}
    for one in found:
        lines.setdefault(one.kind if one.kind in GROUPS else "", []).append(Line(one, look(one.kind), address(one.url)))
    return [Group(GROUPS.get(key, KNOWLEDGE), shown) for key, shown in lines.items()]
