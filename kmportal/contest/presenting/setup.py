"""The steps of setting up, as the pages show them."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from kmportal.contest import checklist
from kmportal.contest.models import Contest

STEPS: tuple[tuple[str, Any], ...] = (
    ("words", pgettext_lazy("step of setting up", "Story and rules")),
    ("entering", pgettext_lazy("step of setting up", "Who may enter")),
    ("categories", pgettext_lazy("step of setting up", "Categories")),
    ("dates", pgettext_lazy("step of setting up", "Dates")),
    ("criteria", pgettext_lazy("step of setting up", "Criteria")),
    ("judging", pgettext_lazy("step of setting up", "Judging and vote")),
    ("prizes", pgettext_lazy("step of setting up", "Prizes")),
    ("organisers", pgettext_lazy("step of setting up", "Organisers")),
)


@dataclass(frozen=True)
class Step:
    """A link of the menu of setting up; `is_open` says that something needed is missing there."""

    label: Any
    url: str
    is_here: bool
    is_open: bool


def steps_of(contest: Contest, here: str) -> list[Step]:
    """All steps, in their order."""
    waiting = {one.step for one in checklist.missing(checklist.of_contest(contest))}
    return [Step(label, address(contest, name), name == here, name in waiting) for name, label in STEPS]


def address(contest: Contest, name: str) -> str:
    """Where a step is filled in."""
    if name in {"categories", "criteria", "prizes"}:
        return reverse("contest:part_list", args=[contest.slug, name])
    return reverse(f"contest:setup_{name}", args=[contest.slug])
