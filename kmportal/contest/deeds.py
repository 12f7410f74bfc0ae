"""What stands in a contest's book: each act has one name, and words for the page of the book. Other parts add theirs to WORDS below."""

from typing import Any

from django.utils.translation import pgettext_lazy

MADE, CHANGED, ANNOUNCED, CANCELLED, MOVED = (
    "contest.made",
    "contest.changed",
    "contest.announced",
    "contest.cancelled",
    "contest.dates_moved",
)
BEGUN, HANDED_IN, WITHDRAWN, REOPENED, LATE = (
    "entry.begun",
    "entry.handed_in",
    "entry.withdrawn",
    "entry.taken_up_again",
    "entry.refused_late",
)
ADMITTED, NOT_ADMITTED = "entry.admitted", "entry.not_admitted"
ASKED, AGREED, DECLINED, REMOVED = "team.asked", "team.agreed", "team.declined", "team.removed"

WORDS: dict[str, Any] = {
    MADE: pgettext_lazy("act in a contest", "Began to set up the contest"),
    CHANGED: pgettext_lazy("act in a contest", "Changed the contest"),
    ANNOUNCED: pgettext_lazy("act in a contest", "Announced the contest"),
    CANCELLED: pgettext_lazy("act in a contest", "Called the contest off"),
    MOVED: pgettext_lazy("act in a contest", "Moved dates after the announcement"),
    BEGUN: pgettext_lazy("act in a contest", "Began an entry"),
    HANDED_IN: pgettext_lazy("act in a contest", "Handed an entry in"),
    WITHDRAWN: pgettext_lazy("act in a contest", "Withdrew an entry"),
    REOPENED: pgettext_lazy("act in a contest", "Took a withdrawn entry up again"),
    LATE: pgettext_lazy("act in a contest", "Was refused: the deadline had passed"),
    ADMITTED: pgettext_lazy("act in a contest", "Admitted an entry"),
    NOT_ADMITTED: pgettext_lazy("act in a contest", "Did not admit an entry"),
    ASKED: pgettext_lazy("act in a contest", "Asked somebody to be named in a team"),
    AGREED: pgettext_lazy("act in a contest", "Agreed to be named in a team"),
    DECLINED: pgettext_lazy("act in a contest", "Declined to be named in a team"),
    REMOVED: pgettext_lazy("act in a contest", "Took somebody out of a team"),
}


def register(act: str, words: Any) -> None:
    """Adds an act of another part: AppConfig.ready() calls what declares it."""
    WORDS[act] = words
