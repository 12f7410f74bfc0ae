"""What the inbox tells of the vote and the results. Declared by ContestConfig.ready."""

from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from kmportal.contest.models import Contest, Entry
from kmportal.inbox.kinds import Kind, register

RESULTS, CORRECTED, PATTERN = "contest.results", "contest.results_corrected", "contest.vote_pattern"
APPLIED, CONFIRMED = "contest.applied", "contest.applied_confirmed"
GROUP = pgettext_lazy("group of notices", "KM Corner")


def _entries(user: Any) -> Any:
    return Entry.objects.visible_to(user)


def _run(user: Any) -> Any:
    return Contest.objects.run_by(user)


def _titles(entry: Any) -> tuple[str, str]:
    return entry.title, ""


def _shown(entry: Any) -> str:
    return reverse("contest:shown", args=[entry.contest.slug, entry.pk])


def _reports(entry: Any) -> str:
    return reverse("contest:reports", args=[entry.contest.slug])


def _patterns(contest: Any) -> str:
    return reverse("contest:patterns", args=[contest.slug])


def declare() -> None:
    """Called once, by ContestConfig.ready."""
    for kind in (
        Kind(
            RESULTS, pgettext_lazy("kind of notice", "Results of a contest that you entered are published"), GROUP,
            line="contest/notices/results.txt", icon="trophy", visible=_entries, place=_shown, titles=_titles,
        ),
        Kind(
            CORRECTED, pgettext_lazy("kind of notice", "Results of a contest that you entered were corrected"), GROUP,
            line="contest/notices/corrected.txt", icon="edit", visible=_entries, place=_shown, titles=_titles,
        ),
        Kind(
            PATTERN, pgettext_lazy("kind of notice", "Votes in a contest that you run look agreed"), GROUP,
            line="contest/notices/pattern.txt", icon="flag", visible=_run, place=_patterns,
        ),
        Kind(
            APPLIED, pgettext_lazy("kind of notice", "An agency told that it applied an entry"), GROUP,
            line="contest/notices/applied.txt", icon="stamp", visible=_entries, place=_reports, titles=_titles,
        ),
        Kind(
            CONFIRMED, pgettext_lazy("kind of notice", "It is confirmed that another agency applied your entry"), GROUP,
            line="contest/notices/confirmed.txt", icon="stamp", visible=_entries, place=_shown, titles=_titles,
        ),
    ):  # fmt: skip
        register(kind)
