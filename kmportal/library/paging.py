"""One page of a list whose length is already known; a bad number in the address is the first page, one too high the last."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property


class Counted(Paginator[Any]):
    """A paginator that is told the count instead of asking the database once more."""

    def __init__(self, rows: Any, per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self._known = count

    @cached_property
    def count(self) -> int:
        return self._known


class InOrder:
    """Rows in the order of these keys, as a paginator slices them: the keys that fit in one query, the rows of a page in another."""

    def __init__(self, keys: Iterable[int], fitting: QuerySet[Any], rows: QuerySet[Any]) -> None:
        self._keys, self._fitting, self._rows = keys, fitting, rows

    @cached_property
    def _kept(self) -> list[int]:
        fitting = set(self._fitting.values_list("pk", flat=True))
        return [key for key in self._keys if key in fitting]

    def __len__(self) -> int:
        return len(self._kept)

    def __getitem__(self, part: slice) -> list[Any]:
        rows = self._rows.in_bulk(self._kept[part])
        return [rows[key] for key in self._kept[part] if key in rows]


def page_of(rows: Any, count: int, number: str | None, per_page: int = 20) -> "Page[Any]":
    wanted = min(int(number[:10]), 10**9) if number and number.isdecimal() else 1
    return Counted(rows, per_page, count).get_page(max(wanted, 1))
