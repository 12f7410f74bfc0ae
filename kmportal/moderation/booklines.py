"""Lines of the book of staff acts as this reader may know them: a case by what it is about, where they may read that."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.prefetch import GenericPrefetch

from kmportal.moderation import kinds
from kmportal.moderation.models import Case, StaffAct
from kmportal.taxonomy.models import in_reader_language


@dataclass(frozen=True)
class BookLine:
    """An act, and what it was done to in words; `url` is "" where the reader meets no page of it."""

    act: StaffAct
    words: str
    url: str = ""


def lines(user: Any, acts: Iterable[StaffAct]) -> list[BookLine]:
    """A fixed number of queries, however many lines. A case that is not for this reader stays a number."""
    listed = list(acts)
    cases = _cases(user, {act.data["case"] for act in listed if "case" in act.data})
    return [_line(act, cases.get(act.data.get("case", 0))) for act in listed]


def _cases(user: Any, keys: set[int]) -> dict[int, Case]:
    if not keys:
        return {}
    loaded = [rows for kind in kinds.every() for rows in kind.loaded()]
    found = Case.objects.handled_by(user).filter(pk__in=keys).prefetch_related(GenericPrefetch("subject", loaded))
    return {case.pk: case for case in found}


def _line(act: StaffAct, case: Case | None) -> BookLine:
    if case is None:
        return BookLine(act, act.label)
    return BookLine(act, in_reader_language(*case.rules.titles(case.subject)), case.get_absolute_url())
