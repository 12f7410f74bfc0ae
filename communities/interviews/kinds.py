"""What the inbox tells of interviews. The expert's mails with the secret link are written by letters.py, so these kinds mail them nothing."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from communities.interviews.models import Interview
from kmportal.inbox.kinds import Kind, register

ASKED, FOR_WORD, DUE = "interviews.asked", "interviews.for_word", "interviews.due"
HANDED_OVER, APPROVED, WITHDRAWN = "interviews.handed_over", "interviews.approved", "interviews.withdrawn"
GROUP = pgettext_lazy("group of notices", "Your communities")


def _told(user: Any) -> "QuerySet[Any]":
    return Interview.objects.of_expert(user)


def _worked_on(user: Any) -> "QuerySet[Any]":
    return Interview.objects.workable_by(user)


def _own_place(interview: Any) -> str:
    return reverse("interviews:own_page", args=[interview.pk])


def declare() -> None:
    """Called once, by InterviewsConfig.ready."""
    for kind in (*_for_experts(), *_for_askers()):
        register(kind)


def _for_experts() -> tuple[Kind, ...]:
    return (
        Kind(
            ASKED, pgettext_lazy("kind of notice", "You are asked for an interview"), GROUP, mail=False,
            line="interviews/notices/asked.txt", icon="quote", visible=_told, place=_own_place,
        ),
        Kind(
            FOR_WORD, pgettext_lazy("kind of notice", "Words in your name wait for your approval"), GROUP, mail=False,
            line="interviews/notices/for_word.txt", icon="stamp", visible=_told, place=_own_place,
        ),
        Kind(
            DUE, pgettext_lazy("kind of notice", "An interview that you answer is due"), GROUP, mail=False,
            line="interviews/notices/due.txt", icon="clock", visible=_told, place=_own_place,
        ),
    )  # fmt: skip


def _for_askers() -> tuple[Kind, ...]:
    return (
        Kind(
            HANDED_OVER, pgettext_lazy("kind of notice", "An interview was handed over"), GROUP,
            line="interviews/notices/handed_over.txt", icon="quote", visible=_worked_on,
        ),
        Kind(
            APPROVED, pgettext_lazy("kind of notice", "An interview was approved"), GROUP,
            line="interviews/notices/approved.txt", icon="check", visible=_worked_on,
        ),
        Kind(
            WITHDRAWN, pgettext_lazy("kind of notice", "An interview was withdrawn"), GROUP,
            line="interviews/notices/withdrawn.txt", icon="x", visible=_worked_on,
        ),
    )  # fmt: skip
