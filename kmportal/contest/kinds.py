"""What the inbox tells of entering. Declared by ContestConfig.ready. Judging and results declare theirs in files of their own."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from kmportal.contest.models import Contest, Entry
from kmportal.inbox.kinds import Kind, register

RECEIPT, WITHDRAWN = "contest.receipt", "contest.withdrawn"
ASKED, ANSWERED = "contest.team_asked", "contest.team_answered"
ADMITTED, NOT_ADMITTED = "contest.admitted", "contest.not_admitted"
CLOSES, CALLED_OFF = "contest.closes", "contest.called_off"
GROUP = pgettext_lazy("group of notices", "KM Corner")


def _entries(user: Any) -> "QuerySet[Any]":
    return Entry.objects.visible_to(user)


def _contests(user: Any) -> "QuerySet[Any]":
    return Contest.objects.visible_to(user)


def _titles(entry: Any) -> tuple[str, str]:
    return entry.title, ""


def _receipt(entry: Any) -> str:
    return reverse("contest:receipt", args=[entry.contest.slug, entry.pk])


def _answer(entry: Any) -> str:
    return reverse("contest:answer", args=[entry.contest.slug, entry.pk])


def declare() -> None:
    """Called once, by ContestConfig.ready."""
    for kind in (*_for_owners(), *_for_teams()):
        register(kind)


def _for_owners() -> tuple[Kind, ...]:
    return (
        Kind(
            RECEIPT, pgettext_lazy("kind of notice", "An entry of yours was received"), GROUP,
            line="contest/notices/receipt.txt", icon="check", visible=_entries, place=_receipt, titles=_titles,
        ),
        Kind(
            WITHDRAWN, pgettext_lazy("kind of notice", "An entry of yours was withdrawn"), GROUP,
            line="contest/notices/withdrawn.txt", icon="undo", visible=_entries, titles=_titles,
        ),
        Kind(
            ADMITTED, pgettext_lazy("kind of notice", "An entry of yours was admitted"), GROUP,
            line="contest/notices/admitted.txt", icon="check", visible=_entries, titles=_titles,
        ),
        Kind(
            NOT_ADMITTED, pgettext_lazy("kind of notice", "An entry of yours was not admitted"), GROUP,
            line="contest/notices/not_admitted.txt", icon="x", visible=_entries, titles=_titles,
        ),
        Kind(
            CLOSES, pgettext_lazy("kind of notice", "Entries close soon, and yours is not handed in"), GROUP,
            line="contest/notices/closes.txt", icon="clock", visible=_entries, titles=_titles,
        ),
        Kind(
            CALLED_OFF, pgettext_lazy("kind of notice", "A contest that you entered was called off"), GROUP,
            line="contest/notices/called_off.txt", icon="x", visible=_contests,
        ),
    )  # fmt: skip


def _for_teams() -> tuple[Kind, ...]:
    return (
        Kind(
            ASKED, pgettext_lazy("kind of notice", "You are asked whether a team may name you"), GROUP,
            line="contest/notices/asked.txt", icon="people", visible=_entries, place=_answer, titles=_titles,
        ),
        Kind(
            ANSWERED, pgettext_lazy("kind of notice", "Somebody answered whether your team may name them"), GROUP,
            line="contest/notices/answered.txt", icon="people", visible=_entries, titles=_titles,
        ),
    )  # fmt: skip
