"""The steps of entering, as the pages show them."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from kmportal.contest import checklist
from kmportal.contest.models import Entry

STEPS: tuple[tuple[str, Any], ...] = (
    ("corner", pgettext_lazy("step of entering", "The corner")),
    ("lesson", pgettext_lazy("step of entering", "The lesson")),
    ("pictures", pgettext_lazy("step of entering", "Photographs and files")),
    ("team", pgettext_lazy("step of entering", "Team")),
    ("check", pgettext_lazy("step of entering", "Check and hand in")),
)


@dataclass(frozen=True)
class Step:
    """A link of the guided form; `is_open` says that something needed is missing there."""

    label: Any
    url: str
    is_here: bool
    is_open: bool


def steps_of(entry: Entry, here: str) -> list[Step]:
    """All steps, in their order; who enters alone has no team."""
    waiting = {one.step for one in checklist.missing(checklist.of_entry(entry))}
    alone = entry.kind == Entry.Kind.PERSON
    return [
        Step(label, address(entry, name), name == here, name in waiting)
        for name, label in STEPS
        if not (alone and name == "team")
    ]


def address(entry: Entry, name: str) -> str:
    """Where a step is filled in."""
    return reverse(f"contest:{name}", args=[entry.contest.slug, entry.pk])
