"""Polls as their pages show them, and the one rule that says who sees results when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils import timezone

from communities.commons.models import Poll, PollQuestion
from communities.space import Space

FEWEST = 5
"""An anonymous poll shows nothing before so many have voted, open or closed: closed after one vote it would tell that vote."""


@dataclass(frozen=True)
class Bar:
    words: str
    votes: int
    percent: int
    names: list[str]


@dataclass(frozen=True)
class Answered:
    """The answers to one question. `average` only of a scale; `texts` in no order."""

    question: PollQuestion
    bars: list[Bar]
    average: float | None
    texts: list[tuple[str, str]]


@dataclass(frozen=True)
class Standing:
    """A poll for one reader."""

    turnout: int
    has_voted: bool
    is_open: bool
    shows: bool
    too_few: bool
    """Results would be shown if more people had voted."""


def listed(space: Space) -> Any:
    rows = Poll.objects.visible_to(space.user).filter(community=space.community).select_related("community")
    return rows.with_turnout().with_voted(space.user).listed(timezone.now())


def standing(poll: Poll, user: Any, now: datetime) -> Standing:
    """Two queries."""
    turnout, has_voted = poll.voters.count(), poll.voters.filter(user=user).exists()
    is_open = poll.is_open(now)
    due = not is_open or (has_voted and poll.shown == Poll.Shown.VOTED)
    too_few = poll.anonymous and turnout < FEWEST
    return Standing(turnout, has_voted, is_open, due and not too_few, due and too_few)


def results(poll: Poll) -> list[Answered]:
    """For whoever `standing` shows them to."""
    rows = poll.questions.prefetch_related("options__choices__voter__user", "named_texts__voter__user")
    if poll.anonymous:
        rows = poll.questions.prefetch_related("options")
    turnout = poll.voters.count()
    return [_answered(poll, question, turnout) for question in rows]


def _answered(poll: Poll, question: PollQuestion, turnout: int) -> Answered:
    """Per cent are of the people who voted, also where they could choose several."""
    options = list(question.options.all())
    names = {
        option.pk: [] if poll.anonymous else sorted(str(one.voter.user) for one in option.choices.all()) for option in options
    }
    votes = {option.pk: option.votes if poll.anonymous else len(names[option.pk]) for option in options}
    total = sum(votes.values())
    bars = [
        Bar(option.words, votes[option.pk], round(100 * votes[option.pk] / turnout) if turnout else 0, names[option.pk])
        for option in options
    ]
    scale = question.kind == PollQuestion.Kind.SCALE and total
    average = sum(option.position * votes[option.pk] for option in options) / total if scale else None
    return Answered(question, bars, average, _texts(poll, question))


def _texts(poll: Poll, question: PollQuestion) -> list[tuple[str, str]]:
    if poll.anonymous:
        return [(text, "") for text in question.texts]
    return [(row.text, str(row.voter.user)) for row in question.named_texts.all()]


def waiting(space: Space) -> int:
    """How many open polls somebody has not voted in. One query."""
    rows = Poll.objects.visible_to(space.user).filter(community=space.community, closed_at=None, closes_at__gt=timezone.now())
    return int(rows.exclude(voters__user=space.user).aggregate(n=Count("pk"))["n"])
