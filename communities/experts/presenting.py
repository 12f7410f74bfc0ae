"""Offers and lessons made ready for screens."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from communities.experts.fields import WORDS
from communities.experts.models import Offer
from kmportal.core import clean
from kmportal.library.models import LessonPage

PLAIN = {"title", "summary", "lesson", "works_when", "fails_when", "contacts"}


@dataclass(frozen=True)
class Standing:
    """How an offer stands for whoever gives it."""

    is_open: bool
    is_over: bool
    has_moved: bool


def state_of(offer: Offer) -> Standing:
    """Needs offer.doctor."""
    over = offer.agreed_until is not None and offer.agreed_until < timezone.localdate()
    moved = offer.agency_id != offer.doctor.agency_id
    is_open = offer.state == Offer.State.AGREED and not (over or moved) and offer.paused_at is None
    return Standing(is_open, over, moved)


@dataclass(frozen=True)
class Told:
    """A field of a lesson that says something."""

    label: str
    text: str | SafeString
    is_plain: bool


def told_in(lesson: LessonPage) -> list[Told]:
    """Its fields in the order of the record, without the title and without empty ones."""
    found = []
    for name in WORDS[1:]:
        text: Any = getattr(lesson, name)
        label: Any = LessonPage._meta.get_field(name)
        if text:
            found.append(Told(str(label.verbose_name), text if name in PLAIN else clean.again(str(text)), name in PLAIN))
    return found
