"""A board made ready for its page: names, one's own line, what is missing to stand there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import pgettext

from kmportal.people.models import Person, User
from rewards import boards
from rewards.boards import AGENCIES, NEWCOMERS, PEOPLE, Community, Entry, Given
from rewards.periods import Period

MOST_LINES = 50


@dataclass(frozen=True)
class Line:
    entry: Entry
    name: str
    url: str
    note: str
    seed: str = ""
    photo: str = ""
    is_me: bool = False
    is_group: bool = False


@dataclass(frozen=True)
class Tab:
    value: str
    label: str
    current: bool


@dataclass
class Missing:
    """Why the reader stands on no line: how many more people and agencies would have to confirm; or not counted by choice."""

    people: int = 0
    offices: int = 0
    is_hidden: bool = False
    score: int = 0


@dataclass
class Board:
    """One board. `near` is the reader's own line with its neighbours, where it is not among the first."""

    code: str
    period: Period
    tabs: list[Tab]
    lines: list[Line]
    near: list[Line]
    total: int
    per_head: bool = False
    missing: Missing | None = None
    within: Community | None = None
    choices: dict[str, Community] = field(default_factory=dict)


def board(request: HttpRequest, period: Period, *, everything: bool = False) -> Board:
    """The board that the address asks for; nothing in an address is an error. The number of queries does not grow with the lines.

    Args:
        everything: all lines, for a file.
    """
    me: Any = request.user
    code, found = _code(request), boards.sums(period)
    grouping = next((one for one in boards.groupings() if one.code == code), None)
    choices = {address: one for each in boards.groupings() for address, one in each.own(me).items()} if code == PEOPLE else {}
    within = choices.get(request.GET.get("in", ""))
    if code == AGENCIES:
        entries, known = boards.agencies(found)
        lines = _of_agencies(entries[: None if everything else MOST_LINES], known, me)
        return Board(code, period, _tabs(code), lines, [], len(entries), per_head=True)
    if grouping is not None:
        entries, groups = boards.communities(found, grouping.groups(me))
        lines = [_group(entry, groups[entry.key], me) for entry in entries[: None if everything else MOST_LINES]]
        return Board(code, period, _tabs(code), lines, [], len(entries), per_head=True)
    return _of_people(me, found, code=code, period=period, within=within, choices=choices, everything=everything)


def _of_people(
    me: User, found: dict[int, Given], *, code: str, period: Period, within: Community | None, choices: dict[str, Community],
    everything: bool,
) -> Board:  # fmt: skip
    if code == NEWCOMERS:
        entries = boards.newcomers(found, period)
    else:
        entries = boards.people(found, among=within.members if within else None)
    first = entries if everything else entries[:MOST_LINES]
    at = next((at for at, entry in enumerate(entries) if entry.key == me.pk), None)
    around = entries[max(at - 1, MOST_LINES) : at + 2] if at is not None and at >= len(first) else []
    names = _names(me, [entry.key for entry in (*first, *around)])
    missing = None if at is not None else _missing(me, found, code)
    return Board(
        code, period, _tabs(code), _people(first, names, me), _people(around, names, me), len(entries), missing=missing,
        within=within, choices=choices,
    )  # fmt: skip


def _missing(me: User, found: dict[int, Given], code: str) -> Missing:
    if not boards.is_counted(me):
        return Missing(is_hidden=True)
    mine = found.get(me.pk, Given())
    needed = boards.NEWCOMER_CONFIRMED_BY if code == NEWCOMERS else boards.CONFIRMED_BY
    return Missing(max(0, needed - len(mine.people)), max(0, boards.CONFIRMED_IN - len(mine.offices)), score=mine.score)


def _names(reader: Any, keys: Sequence[int]) -> dict[int | None, Person]:
    found = Person.objects.visible_to(reader).filter(user__in=keys).select_related("agency")
    return {person.user_id: person for person in found}


def _people(entries: Sequence[Entry], names: dict[int | None, Person], me: User) -> list[Line]:
    return [
        Line(
            entry, str(person), person.get_absolute_url(), str(person.agency or ""), person.face_seed, person.photo,
            is_me=entry.key == me.pk,
        )
        for entry in entries
        if (person := names.get(entry.key)) is not None
    ]  # fmt: skip


def _of_agencies(entries: Sequence[Entry], known: dict[int, Any], me: User) -> list[Line]:
    mine, found = me.agency_ids, [(entry, known[entry.key]) for entry in entries]
    return [
        Line(entry, str(agency), agency.get_absolute_url(), "", is_me=entry.key in mine, is_group=True) for entry, agency in found
    ]


def _group(entry: Entry, group: Community, me: User) -> Line:
    return Line(entry, group.name, group.url, "", is_group=True, is_me=me.pk in group.members)


def _code(request: HttpRequest) -> str:
    asked = request.GET.get("board", "")
    return asked if asked in {NEWCOMERS, AGENCIES, *(one.code for one in boards.groupings())} else PEOPLE


def _tabs(code: str) -> list[Tab]:
    words = [
        (PEOPLE, pgettext("board", "People")),
        (NEWCOMERS, pgettext("board", "Newcomers")),
        (AGENCIES, pgettext("board", "Agencies, per head")),
        *((one.code, str(one.label)) for one in boards.groupings()),
    ]
    return [Tab("" if value == PEOPLE else value, label, value == code) for value, label in words]
