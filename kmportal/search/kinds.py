"""How a kind of thing is named and drawn where it was found."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from kmportal.library.presenting.kinds import KINDS
from kmportal.retrieval import sources

PEOPLE, AGENCIES = "person", "agency"


@dataclass(frozen=True)
class Look:
    """One word for the thing, and its drawing."""

    label: str | Promise
    icon: str
    tone: str = ""


LOOKS = {
    "seminar": Look(gettext_lazy("Seminar"), "people"),
    "item": Look(pgettext_lazy("search", "Said at a seminar"), "quote"),
    "lesson": Look(gettext_lazy("Lesson"), "book"),
    "practice": Look(gettext_lazy("Best practice"), "star"),
    "community": Look(gettext_lazy("Community"), "people"),
    "question": Look(pgettext_lazy("search", "Question"), "ask"),
    "document": Look(gettext_lazy("Document"), "file"),
    "person": Look(gettext_lazy("Person"), "user"),
    "agency": Look(gettext_lazy("Agency"), "building"),
    "page": Look(pgettext_lazy("search", "Page"), "info"),
    "section": Look(pgettext_lazy("search", "Section"), "book"),
}


def look(kind: str, said: str = "") -> Look:
    """The look of a kind.

    Args:
        said: the kind of a statement ("obstacle"), which says more than that it was said.
    """
    if said in KINDS:
        known = KINDS[said]
        return Look(known.label, known.icon, known.tone)
    if kind in LOOKS:
        return LOOKS[kind]
    source = sources.named(kind)
    return Look(source.label, source.icon) if source else Look("", "right")
