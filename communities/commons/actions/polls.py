"""Polls: opened, voted in, closed, taken away.

"Anonymous" means: a vote writes a row that says who voted (random key, no time), and adds one to counters that belong to nobody. There is no
row of the vote itself. The words of short texts are put into one list that is shuffled anew each time. docs/COMMUNITIES.md says what
can still be inferred.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.commons.actions.ground import CommonsError, TooLong, members, require_manager, safe, take, titled
from communities.commons.kinds import POLL_NEW
from communities.commons.models import NamedChoice, NamedText, Poll, PollOption, PollQuestion, Voter
from communities.commons.permissions import can_restore, can_vote
from communities.models import Community
from kmportal.inbox.actions import settle, tell
from kmportal.people.models import User

Kind = PollQuestion.Kind
MOST_QUESTIONS, MOST_OPTIONS, LONGEST_TEXT = 10, 12, 500
SCALE = range(1, 6)
LONGEST_POLL = timedelta(days=366)
# The order of texts must not be guessed from a seed.
_random = random.SystemRandom()


class NoQuestion(CommonsError):
    words = _("Ask at least one question, at most ten.")


class NoOptions(CommonsError):
    words = _("A question with answers to choose from needs two to twelve different ones.")


class ClosesWrong(CommonsError):
    words = _("Choose a time to come, at most a year ahead, until which the poll is open.")


class Closed(CommonsError):
    words = _("This poll is closed.")


class AlreadyVoted(CommonsError):
    words = _("You have voted. A vote in an anonymous poll cannot be changed, because nobody can tell which one is yours.")


class NothingChosen(CommonsError):
    words = _("Answer every question that has answers to choose from.")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question of a poll; `options` only where there is something to choose from."""

    kind: str
    words: str
    options: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class PollWords:
    title: str
    questions: Sequence[Asked]
    closes_at: datetime
    body: str = ""
    anonymous: bool = True
    shown: str = Poll.Shown.VOTED


@dataclass(frozen=True, kw_only=True)
class Vote:
    """What somebody says: the options they chose, and texts by question; keys of the database."""

    options: frozenset[int] = frozenset()
    texts: Mapping[int, str] = field(default_factory=dict)


@transaction.atomic
def open_poll(*, actor: User, community: Community, words: PollWords) -> Poll:
    """Ask the members. The questions stay as they are asked, so that all answer the same.

    Raises:
        PermissionDenied: neither facilitator nor note-taker, or the community is archived.
        NoTitle, TooLong, NoQuestion, NoOptions, ClosesWrong
    """
    require_manager(actor=actor, community=community)
    now = timezone.now()
    if not now < words.closes_at <= now + LONGEST_POLL:
        raise ClosesWrong
    if not 1 <= len(words.questions) <= MOST_QUESTIONS:
        raise NoQuestion
    poll = Poll.objects.create(
        community=community, author=actor, created_at=now, title=titled(words.title), body=safe(words.body),
        anonymous=words.anonymous, shown=words.shown, closes_at=words.closes_at,
    )  # fmt: skip
    for position, asked in enumerate(words.questions, 1):
        _ask(poll, position, asked)
    tell(kind=POLL_NEW, recipients=members(community), actor=actor, thing=poll, key=f"poll:{poll.pk}")
    return poll


@transaction.atomic
def vote(*, actor: User, poll: Poll, said: Vote) -> None:
    """Vote. In an anonymous poll once and for good; in a named one again until it closes, and then the last vote counts.

    Raises:
        Poll.DoesNotExist, PermissionDenied
        Closed, AlreadyVoted, NothingChosen, TooLong
    """
    found = take(actor=actor, thing=poll)
    now = timezone.now()
    if not found.is_open(now):
        raise Closed
    if not can_vote(actor, found, now):
        raise PermissionDenied
    options, texts = _checked(found, said)
    voter = _voter(found, actor)
    if found.anonymous:
        _count(options, texts)
    else:
        _write(voter, options, texts)


@transaction.atomic
def close_poll(*, actor: User, poll: Poll) -> Poll:
    """Close it before its time.

    Raises:
        Poll.DoesNotExist, PermissionDenied
        Closed
    """
    found = take(actor=actor, thing=poll)
    require_manager(actor=actor, community=found.community)
    if not found.is_open(timezone.now()):
        raise Closed
    found.closed_at = timezone.now()
    found.save(update_fields=["closed_at"])
    settle(kind=POLL_NEW, thing=found)
    return found


@transaction.atomic
def delete_poll(*, actor: User, poll: Poll) -> Poll:
    """Take it out of sight, with its results.

    Raises:
        Poll.DoesNotExist, PermissionDenied
    """
    found = take(actor=actor, thing=poll)
    require_manager(actor=actor, community=found.community)
    found.deleted_at, found.deleted_by = timezone.now(), actor
    found.save(update_fields=["deleted_at", "deleted_by"])
    settle(kind=POLL_NEW, thing=found)
    return found


@transaction.atomic
def restore_poll(*, actor: User, poll: Poll) -> Poll:
    """Bring it back.

    Raises:
        Poll.DoesNotExist, PermissionDenied
    """
    found = take(actor=actor, thing=poll, deleted=True)
    if not can_restore(actor, found):
        raise PermissionDenied
    found.deleted_at = found.deleted_by = None
    found.save(update_fields=["deleted_at", "deleted_by"])
    return found


def _ask(poll: Poll, position: int, asked: Asked) -> None:
    question = PollQuestion.objects.create(poll=poll, position=position, kind=Kind(asked.kind), words=titled(asked.words))
    if asked.kind == Kind.TEXT:
        return
    words = [str(step) for step in SCALE] if asked.kind == Kind.SCALE else [titled(one) for one in asked.options if one.strip()]
    if not 2 <= len(words) <= MOST_OPTIONS or len({word.casefold() for word in words}) != len(words):
        raise NoOptions
    PollOption.objects.bulk_create(
        PollOption(question=question, position=number, words=word) for number, word in enumerate(words, 1)
    )


def _checked(poll: Poll, said: Vote) -> tuple[list[PollOption], dict[PollQuestion, str]]:
    """Options of this poll, as many as each question allows; texts of its questions for texts."""
    chosen: list[PollOption] = []
    texts: dict[PollQuestion, str] = {}
    for question in poll.questions.prefetch_related("options"):
        if question.kind == Kind.TEXT:
            text = " ".join(said.texts.get(question.pk, "").replace("\x00", "").split())
            if len(text) > LONGEST_TEXT:
                raise TooLong
            if text:
                texts[question] = text
            continue
        here = [option for option in question.options.all() if option.pk in said.options]
        if not here or (len(here) > 1 and question.kind != Kind.MULTIPLE):
            raise NothingChosen
        chosen += here
    if not chosen and not texts:
        raise NothingChosen
    return chosen, texts


def _voter(poll: Poll, actor: User) -> Voter:
    """The row that says who voted; the table itself holds it to one."""
    before = None if poll.anonymous else poll.voters.filter(user=actor).first()
    if before is not None:
        return before
    try:
        with transaction.atomic():
            return Voter.objects.create(poll=poll, user=actor)
    except IntegrityError as error:
        raise AlreadyVoted from error


def _count(options: Sequence[PollOption], texts: Mapping[PollQuestion, str]) -> None:
    """Add to what belongs to nobody. The caller holds the lock of the poll."""
    PollOption.objects.filter(pk__in=[option.pk for option in options]).update(votes=F("votes") + 1)
    for question, text in texts.items():
        words = [*question.texts, text]
        _random.shuffle(words)
        PollQuestion.objects.filter(pk=question.pk).update(texts=words)


def _write(voter: Voter, options: Sequence[PollOption], texts: Mapping[PollQuestion, str]) -> None:
    voter.choices.all().delete()
    voter.texts.all().delete()
    NamedChoice.objects.bulk_create(NamedChoice(voter=voter, option=option) for option in options)
    NamedText.objects.bulk_create(NamedText(voter=voter, question=question, text=text) for question, text in texts.items())
