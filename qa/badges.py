"""Badges for what helps others: counted from questions that every member may read, without anonymous ones."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qa.models import Answer, Bounty, Question, Useful, WorksForMe
from qa.thankable import FOR_ALL, answers_for_all
from rewards.badge_kinds import Badge, register
from rewards.offices import count_others

NEW_FOR = timedelta(days=30)


def _questions() -> "QuerySet[Question]":
    return Question.objects.filter(anonymous=False, visibility__in=FOR_ALL).exclude(status=Question.Status.DELETED)


def _accepted(people: Collection[int]) -> "QuerySet[Answer]":
    """Answers of these people that somebody else chose."""
    found = answers_for_all().filter(author__in=people, accepted_for__isnull=False, question__anonymous=False)
    return found.exclude(question__author=None).exclude(question__author=F("author")).order_by()


def _first(people: Collection[int]) -> dict[int, int]:
    return dict(Counter(_accepted(people).values_list("author", flat=True)))


def _across(people: Collection[int]) -> dict[int, int]:
    return count_others(_accepted(people).values_list("author", "question__author__agency"))


def _newcomers(people: Collection[int]) -> dict[int, int]:
    """Different people who had joined within a month before they asked."""
    new = _accepted(people).filter(question__created_at__lte=F("question__author__date_joined") + NEW_FOR)
    return _distinct(new.values_list("author", "question__author"))


def _useful(people: Collection[int]) -> dict[int, int]:
    marks = Useful.objects.filter(answer__in=answers_for_all().filter(author__in=people)).order_by()
    return count_others(marks.values_list("answer__author", "person__agency").distinct())


def _worked(people: Collection[int]) -> dict[int, int]:
    said = WorksForMe.objects.filter(answer__in=answers_for_all().filter(author__in=people)).order_by()
    return count_others(said.values_list("answer__author", "person__agency").distinct())


def _asked(people: Collection[int]) -> dict[int, int]:
    marks = Useful.objects.filter(question__in=_questions().filter(author__in=people)).order_by()
    return count_others(marks.values_list("question__author", "person__agency").distinct())


def _told(people: Collection[int]) -> dict[int, int]:
    """Different people whose answer they chose."""
    chosen = _questions().filter(author__in=people, accepted__author__isnull=False, accepted__anonymous=False)
    return _distinct(chosen.exclude(accepted__author=F("author")).order_by().values_list("author", "accepted__author"))


def _bounties(people: Collection[int]) -> dict[int, int]:
    """Different people who gave them a whole bounty."""
    won = Bounty.objects.filter(Q(state=Bounty.State.GIVEN), answer__in=answers_for_all().filter(author__in=people)).order_by()
    return _distinct(won.values_list("answer__author", "giver"))


def _distinct(pairs: Any) -> dict[int, int]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for person, other in pairs:
        found[person].add(other)
    return {person: len(others) for person, others in found.items()}


def declare() -> None:
    """Called once, by QaConfig.ready."""
    named: tuple[tuple[str, Any, Any, int, Any, str], ...] = (
        ("first_answer", pgettext_lazy("badge", "It helped"), _("Somebody chose an answer of yours."), 1, _first, "check"),
        (
            "across_agencies", pgettext_lazy("badge", "Across the fence"),
            _("People of three other agencies chose answers of yours."), 3, _across, "building",
        ),
        (
            "newcomers_friend", pgettext_lazy("badge", "The newcomers' friend"),
            _("Three people who had joined within the last month chose answers of yours."), 3, _newcomers, "user",
        ),
        (
            "useful_to_many", pgettext_lazy("badge", "Useful to many"),
            _("People of five other agencies found answers of yours useful."), 5, _useful, "up",
        ),
        (
            "proven", pgettext_lazy("badge", "Proven elsewhere"),
            _("People of three other agencies did what you answered, and it worked."), 3, _worked, "stamp",
        ),
        (
            "asked_for_many", pgettext_lazy("badge", "Asked for many"),
            _("People of five other agencies wanted to know what you asked, too."), 5, _asked, "ask",
        ),
        (
            "told_what_helped", pgettext_lazy("badge", "Told what helped"),
            _("You chose answers of three different people to your questions."), 3, _told, "quote",
        ),
        (
            "hard_nut", pgettext_lazy("badge", "A hard nut"),
            _("Somebody gave the whole bounty for a question to your answer."), 1, _bounties, "trophy",
        ),
    )  # fmt: skip
    for code, name, how, goal, count, icon in named:
        register(Badge(code, name, how, goal, count, icon))
