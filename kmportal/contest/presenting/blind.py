"""An entry as judges get it: what it says and shows, and nothing of whose it is.

Left out are people, agency, unit, place, video, contacts, codes, keys and times; links lead out of the page, so only their words stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.text import capfirst

from kmportal.contest.models import Assignment, Entry, EntryFile, EntryPicture
from kmportal.contest.models.entries import PLAIN_FIELDS, RICH_FIELDS
from kmportal.contest.telltale import HIDDEN
from kmportal.core import clean

FIRST = ("what_happened", "why", "recommendation", "evidence")


@dataclass(frozen=True)
class Part:
    """A field of the lesson record. One of `html` and `text` is filled."""

    label: str
    html: SafeString | str
    text: str


@dataclass(frozen=True)
class Photo:
    """`number` counts within the entry: its address is built from the judge's own numbers alone."""

    number: int
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class File:
    number: int
    title: str
    extension: str
    size: int


@dataclass(frozen=True)
class Blind:
    """`number` is the judge's own for it; 0 is the calibration entry."""

    number: int
    title: str
    category: str
    summary: str
    lesson: str
    parts: Sequence[Part]
    photos: Sequence[Photo]
    files: Sequence[File]


def blind(assignment: Assignment) -> Blind:
    """What the judge's page shows of the assignment's entry."""
    entry = assignment.entry
    photos = [
        Photo(n, one.alt, one.picture.width, one.picture.height)
        for n, one in enumerate(entry.pictures.select_related("picture"), 1)
    ]
    files = [File(n, one.title, one.extension, one.blind.size) for n, one in neutral_files(entry)]
    return Blind(
        assignment.position, entry.title, str(entry.category or ""), entry.summary, entry.lesson, _parts(entry), photos, files
    )


def _parts(entry: Entry) -> list[Part]:
    names = (*FIRST, *(name for name in (*RICH_FIELDS, *PLAIN_FIELDS) if name not in {*FIRST, *HIDDEN, "lesson"}))
    found = []
    for name in names:
        value = getattr(entry, name)
        field: Any = Entry._meta.get_field(name)
        if value and name in RICH_FIELDS:
            found.append(Part(capfirst(str(field.verbose_name)), clean.without_links(value), ""))
        elif value:
            found.append(Part(capfirst(str(field.verbose_name)), "", value))
    return found


def neutral_files(entry: Entry) -> list[tuple[int, EntryFile]]:
    """Those of which there is a copy without metadata, numbered."""
    return list(enumerate(entry.files.exclude(blind=""), 1))


def photo(entry: Entry, number: int) -> EntryPicture | None:
    """The photograph of that number."""
    return entry.pictures.select_related("picture")[number - 1 : number].first() if number >= 1 else None
