"""A lesson in the making, made ready for its screens."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from communities.harvest.fields import IN_LESSON, PLAIN, Field
from kmportal.core import clean
from kmportal.library.models import LessonPage


@dataclass(frozen=True)
class Told:
    """A field of the lesson that says something."""

    name: str
    label: str | Promise
    html: str
    is_plain: bool


def told_in(lesson: LessonPage) -> list[Told]:
    """Its fields in the order of the record, without empty ones."""
    found = []
    for field in Field:
        name = IN_LESSON[field]
        text: Any = getattr(lesson, name)
        if text:
            found.append(Told(name, field.label, text if name in PLAIN else clean.again(text), name in PLAIN))
    return found
