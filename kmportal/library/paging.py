"""One page of a list whose length is already known; a bad number in the address is the first page, one too high the last."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property


class Counted(Paginator[Any]):
    """A paginator that is told the count instead of asking the database once more."""

    def __init__(self, rows: Any, per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self._known = count

    @cached_property
    def count(self) -> int:
        return self._known


def page_of(rows: Any, count: int, number: str | None, per_page: int = 20) -> "Page[Any]":
    wanted = min(int(number[:10]), 10**9) if number and number.isdecimal() else 1
    return Counted(rows, per_page, count).get_page(max(wanted, 1))
