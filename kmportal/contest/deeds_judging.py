"""What stands in a contest's book of judging, and what the inbox tells of it. Declared by ContestConfig.ready."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from kmportal.contest import deeds
from kmportal.contest.models import Contest
from kmportal.inbox.kinds import Kind, register

APPOINTED_JUDGE, DISMISSED, DRAWN, FILLED, GIVEN, TAKEN_BACK = (
    "judging.appointed", "judging.dismissed", "judging.drawn", "judging.filled_up", "judging.given", "judging.taken_back",
)  # fmt: skip
STEPPED_ASIDE, CONFLICT, REPLACED = "judging.stepped_aside", "judging.conflict", "judging.replaced"
SHEET_DONE, SHEET_REOPENED, CLOSED = "judging.sheet_done", "judging.sheet_reopened", "judging.closed"
CALIBRATION, COMPARED = "judging.calibration", "judging.compared"

APPOINTMENT, NEW_WORK, LATE, ASIDE = "contest.judge_appointed", "contest.judge_given", "contest.judge_late", "contest.judge_aside"
GROUP = pgettext_lazy("group of notices", "KM Corner")


def _contests(user: Any) -> "QuerySet[Any]":
    return Contest.objects.visible_to(user)


def _judge_page(contest: Any) -> str:
    return reverse("contest:judge", args=[contest.slug])


def _panel(contest: Any) -> str:
    return reverse("contest:panel", args=[contest.slug])


def _titles(contest: Any) -> tuple[str, str]:
    return contest.title_th, contest.title_en


def declare() -> None:
    """Called once, by ContestConfig.ready."""
    for act, words in _WORDS.items():
        deeds.register(act, words)
    for kind in _kinds():
        register(kind)


_WORDS: dict[str, Any] = {
    APPOINTED_JUDGE: pgettext_lazy("act in a contest", "Appointed a judge"),
    DISMISSED: pgettext_lazy("act in a contest", "Released a judge"),
    DRAWN: pgettext_lazy("act in a contest", "Drew who judges what"),
    FILLED: pgettext_lazy("act in a contest", "Drew judges for entries that lacked some"),
    GIVEN: pgettext_lazy("act in a contest", "Gave an entry to a judge by hand"),
    TAKEN_BACK: pgettext_lazy("act in a contest", "Took an entry back from a judge"),
    STEPPED_ASIDE: pgettext_lazy("act in a contest", "Stepped aside from an entry"),
    CONFLICT: pgettext_lazy("act in a contest", "Noted a conflict of interest"),
    REPLACED: pgettext_lazy("act in a contest", "An entry went to another judge by the draw"),
    SHEET_DONE: pgettext_lazy("act in a contest", "Handed in a score sheet"),
    SHEET_REOPENED: pgettext_lazy("act in a contest", "Gave a score sheet back to its judge"),
    CLOSED: pgettext_lazy("act in a contest", "Closed judging"),
    CALIBRATION: pgettext_lazy("act in a contest", "Chose the calibration entry"),
    COMPARED: pgettext_lazy("act in a contest", "Let judges compare their calibration"),
}


def _kinds() -> tuple[Kind, ...]:
    folder = "contest/notices"
    return (
        Kind(
            APPOINTMENT, pgettext_lazy("kind of notice", "You are appointed as a judge"), GROUP,
            line=f"{folder}/judge_appointed.txt", icon="trophy", visible=_contests, place=_judge_page, titles=_titles,
        ),
        Kind(
            NEW_WORK, pgettext_lazy("kind of notice", "There are entries for you to judge"), GROUP,
            line=f"{folder}/judge_given.txt", icon="trophy", visible=_contests, place=_judge_page, titles=_titles,
        ),
        Kind(
            LATE, pgettext_lazy("kind of notice", "Score sheets of yours are still open"), GROUP,
            line=f"{folder}/judge_late.txt", icon="clock", visible=_contests, place=_judge_page, titles=_titles,
        ),
        Kind(
            ASIDE, pgettext_lazy("kind of notice", "A judge stepped aside"), GROUP,
            line=f"{folder}/judge_aside.txt", icon="people", visible=_contests, place=_panel, titles=_titles,
        ),
    )  # fmt: skip
