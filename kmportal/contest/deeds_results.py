"""What the vote and the results write into a contest's book. Declared by ContestConfig.ready."""

from typing import Any

from django.utils.translation import pgettext_lazy

from kmportal.contest import deeds

PATTERN, SET_ASIDE, LEFT = "vote.pattern_found", "vote.set_aside", "vote.left"
COMPUTED, SCHEDULED, PUBLISHED, CORRECTED = "results.computed", "results.scheduled", "results.published", "results.corrected"
ISSUED, REVOKED = "certificate.issued", "certificate.withdrawn"
PAID, TAKEN_BACK = "prize.paid", "prize.taken_back"
APPLIED, CONFIRMED, DECLINED = "use.told", "use.confirmed", "use.declined"
LESSON, EXPORTED = "entry.became_lesson", "results.exported"

WORDS: dict[str, Any] = {
    PATTERN: pgettext_lazy("act in a contest", "Found units that vote for each other in a circle"),
    SET_ASIDE: pgettext_lazy("act in a contest", "Set votes aside"),
    LEFT: pgettext_lazy("act in a contest", "Let the votes of a circle stand"),
    COMPUTED: pgettext_lazy("act in a contest", "Computed the results"),
    SCHEDULED: pgettext_lazy("act in a contest", "Set the time of publication"),
    PUBLISHED: pgettext_lazy("act in a contest", "Published the results"),
    CORRECTED: pgettext_lazy("act in a contest", "Published a correction of the results"),
    ISSUED: pgettext_lazy("act in a contest", "Issued certificates"),
    REVOKED: pgettext_lazy("act in a contest", "Withdrew certificates"),
    PAID: pgettext_lazy("act in a contest", "Paid prize points"),
    TAKEN_BACK: pgettext_lazy("act in a contest", "Took prize points back"),
    APPLIED: pgettext_lazy("act in a contest", "Told that their agency applied it"),
    CONFIRMED: pgettext_lazy("act in a contest", "Confirmed that another agency applied it"),
    DECLINED: pgettext_lazy("act in a contest", "Did not confirm a report of use"),
    LESSON: pgettext_lazy("act in a contest", "Handed an entry to the library as a lesson"),
    EXPORTED: pgettext_lazy("act in a contest", "Took out the figures for recomputing"),
}


def declare() -> None:
    for act, words in WORDS.items():
        deeds.register(act, words)
