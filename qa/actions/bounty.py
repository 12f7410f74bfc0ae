"""Bounties: points that somebody lays down for an answer to a question, for a week. Nobody wins their own.

What is laid down is held at once. Whoever offered it gives it to an answer by hand; an asker also by accepting one. After the week half
of it goes to the most useful answer, the rest comes back; without such an answer all of it.
"""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kmportal.inbox.actions import tell
from kmportal.people.models import User
from qa.actions.earning import address_of, lock_for
from qa.actions.ground import QaError, QuestionClosed, moved, take
from qa.bounty_notices import BOUNTY_ENDED, BOUNTY_ENDING, BOUNTY_WON
from qa.models import Answer, Bounty, Question
from qa.models.bounties import AMOUNTS
from qa.permissions import can_give_bounty, can_offer_bounty
from rewards.actions import escrow
from rewards.actions.escrow import About, NotEnoughPoints

LASTS = timedelta(days=7)
WARNS = timedelta(days=1)
# A question is a day old before it gets one: most are answered without.
WAITS = timedelta(days=1)
MOST_OPEN = 3
REPUTATION = 50
MARKS = 2


class WrongAmount(QaError):
    words = _("Choose from 50 to 500 points, in steps of 50.")


class TooEarly(QaError):
    words = _("Wait until the question is a day old: most are answered by then without a bounty.")


class Answered(QaError):
    words = _("This question has an accepted answer already.")


class HasBounty(QaError):
    words = _("Somebody offers points for this question already. Wait until that ends.")


class TooManyBounties(QaError):
    words = _("You have three open bounties. Give one of them, or wait until it ends.")


class TooLittleReputation(QaError):
    words = _("From 50 reputation on you can offer a bounty. Answers that others can use bring it.")


class TooFewPoints(QaError):
    words = _("You have fewer points than that. Choose a smaller bounty.")


class NotThisAnswer(QaError):
    words = _("A bounty goes to somebody else's answer, with a name.")


@transaction.atomic
def offer(*, actor: User, question: Question, points: int) -> Bounty:
    """Lays points down for an answer, for seven days.

    Raises:
        Question.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied: asked without a name: who offers would be known as the asker, or taken for them.
        QuestionClosed, TooEarly, Answered, HasBounty, WrongAmount, TooLittleReputation, TooManyBounties, TooFewPoints
    """
    question, now = take(actor=actor, post=question), timezone.now()
    if not can_offer_bounty(actor, question):
        raise PermissionDenied
    if points not in AMOUNTS:
        raise WrongAmount
    _require_open(question, now)
    lock_for(also=[actor])
    if escrow.reputation_of(actor) < REPUTATION:
        raise TooLittleReputation
    # Asked under the lock of the actor's accounts: two requests cannot both be the third.
    if Bounty.objects.open().filter(giver=actor).count() >= MOST_OPEN:
        raise TooManyBounties
    number = Bounty.objects.filter(question=question).count() + 1
    try:
        held = escrow.lay_down(giver=actor, points=points, about=about_of(question=question, number=number), at=now)
    except NotEnoughPoints as error:
        raise TooFewPoints from error
    moved(question=question, at=now)
    return Bounty.objects.create(question=question, giver=actor, points=points, started_at=now, ends_at=now + LASTS, held=held)


@transaction.atomic
def give(*, actor: User, answer: Answer) -> Bounty:
    """Gives the open bounty of a question to one of its answers, whole and for good. Again for the same answer changes nothing.

    Raises:
        Answer.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied: no open bounty, or somebody else's.
        NotThisAnswer: the giver's own, or one without a name.
    """
    answer = take(actor=actor, post=answer)
    done = Bounty.objects.filter(question=answer.question_id, giver=actor, answer=answer, state=Bounty.State.GIVEN).first()
    if done is not None:
        return done
    bounty = open_bounty(answer.question)
    if bounty is None or not can_give_bounty(actor, bounty):
        raise PermissionDenied
    if not _can_win(bounty, answer):
        raise NotThisAnswer
    _pay(bounty, answer, bounty.points, Bounty.State.GIVEN, actor)
    return bounty


def give_by_accepting(*, answer: Answer, actor: User) -> None:
    """An asker who accepts gives their bounty with it. In the transaction that accepts, which holds the question and its accounts."""
    bounty = open_bounty(answer.question)
    if bounty is not None and bounty.giver_id == actor.pk and _can_win(bounty, answer):
        _pay(bounty, answer, bounty.points, Bounty.State.GIVEN, actor)


def return_open(*, question: Question, actor: User | None) -> None:
    """The question was closed or deleted: all of it goes back. In the transaction that did so."""
    bounty = open_bounty(question)
    if bounty is not None:
        _return(bounty, actor)


def take_from(*, answer: Answer, actor: User) -> None:
    """The answer was deleted: what it won goes back to who offered it. In the transaction that deletes."""
    for bounty in _won_by(answer):
        if bounty.award is not None:
            escrow.undo(held=bounty.held, award=bounty.award, at=timezone.now(), actor=actor)


def parties(*, question: Question, answer: Answer | None = None) -> list[User]:
    """Whose accounts ending a bounty moves, to be locked with all others that the caller's transaction moves."""
    bounty = open_bounty(question)
    people = [bounty.giver] if bounty is not None else []
    for won in _won_by(answer) if answer is not None else ():
        people += [won.giver, won.award.owner] if won.award is not None else []
    return people


def open_bounty(question: Question) -> Bounty | None:
    """Ask under the lock of the question."""
    return Bounty.objects.open().filter(question=question).select_related("giver", "held__owner", "question").first()


# --- The end -----------------------------------------------------------------------------------------------------------------------
def end_due_bounties() -> None:
    """The chore of the task worker."""
    now = timezone.now()
    warn_of_ends(at=now)
    end_due(at=now)


def end_due(*, at: datetime) -> int:
    """Ends what has run its week; answers how many. May run in several processes: each bounty ends once."""
    due = Bounty.objects.open().filter(ends_at__lte=at).order_by("ends_at", "pk").values_list("pk", "question")
    return sum(_end(pk, question, at) for pk, question in list(due))


@transaction.atomic
def _end(pk: int, question: int, at: datetime) -> bool:
    Question.objects.select_for_update(no_key=True).get(pk=question)
    due = Bounty.objects.open().filter(pk=pk, ends_at__lte=at).select_related("giver", "held__owner", "question").first()
    if due is None:
        return False
    best = most_useful(due)
    if best is None:
        _return(due, None)
    else:
        _pay(due, best, due.points // 2, Bounty.State.HALF, None)
    return True


def most_useful(bounty: Bounty) -> Answer | None:
    """The answer that most people found useful since the bounty began, two at least; the older one among equals."""
    since = Count("useful_marks", filter=Q(useful_marks__created_at__gte=bounty.started_at))
    found = Answer.objects.present().filter(question=bounty.question_id, anonymous=False, author__is_active=True)
    found = found.exclude(author=bounty.giver_id).select_related("author", "question").annotate(since=since)
    return found.filter(since__gte=MARKS).order_by("-since", "created_at", "pk").first()


@transaction.atomic
def warn_of_ends(*, at: datetime) -> int:
    """Tells those whose bounty ends within a day, once; answers how many."""
    soon = (
        Bounty.objects.open().filter(warned_at=None, ends_at__lte=at + WARNS, ends_at__gt=at).select_related("giver", "question")
    )
    found = list(soon)
    for bounty in found:
        tell(kind=BOUNTY_ENDING, recipients=[bounty.giver], thing=bounty, key=str(bounty.pk), data={"points": bounty.points})
    Bounty.objects.filter(pk__in=[bounty.pk for bounty in found]).update(warned_at=at)
    return len(found)


def _require_open(question: Question, now: datetime) -> None:
    if not question.is_open:
        raise QuestionClosed
    if question.accepted_id is not None:
        raise Answered
    if question.created_at > now - WAITS:
        raise TooEarly
    if open_bounty(question) is not None:
        raise HasBounty


def _can_win(bounty: Bounty, answer: Answer) -> bool:
    author: Any = answer.author
    return author is not None and author.is_active and author.pk != bounty.giver_id and not answer.anonymous


def _pay(bounty: Bounty, answer: Answer, points: int, state: Bounty.State, actor: User | None) -> None:
    winner, now = answer.author, timezone.now()
    assert winner is not None  # noqa: S101 - asked by _can_win and most_useful
    number = Bounty.objects.filter(question=bounty.question_id, pk__lte=bounty.pk).count()
    about = about_of(question=bounty.question, number=number, post=answer)
    award = escrow.pay_out(held=bounty.held, winner=winner, points=points, about=about, at=now, actor=actor)
    bounty.paid = paid_by(award=award)
    bounty.state, bounty.answer, bounty.award, bounty.ended_at = state, answer, award, now
    bounty.save(update_fields=["paid", "state", "answer", "award", "ended_at"])
    words = {"points": bounty.paid, "state": str(state)}
    tell(kind=BOUNTY_WON, recipients=[winner], thing=bounty, key=str(bounty.pk), data=words)
    tell(kind=BOUNTY_ENDED, recipients=[bounty.giver], actor=actor, thing=bounty, key=str(bounty.pk), data=words)


def paid_by(*, award: Any) -> int:
    """What left the giver: the rule may give a part only to colleagues."""
    if award is None:
        return 0
    return -sum(award.legs.filter(account__owner=None, account__kind="bounty").values_list("amount", flat=True))


def _return(bounty: Bounty, actor: User | None) -> None:
    now = timezone.now()
    escrow.give_back(held=bounty.held, at=now, actor=actor)
    bounty.state, bounty.ended_at = Bounty.State.RETURNED, now
    bounty.save(update_fields=["state", "ended_at"])
    words = {"points": 0, "state": str(bounty.state)}
    tell(kind=BOUNTY_ENDED, recipients=[bounty.giver], actor=actor, thing=bounty, key=str(bounty.pk), data=words)


def _won_by(answer: Answer) -> list[Bounty]:
    return list(Bounty.objects.filter(answer=answer).select_related("giver", "held__owner", "award__owner").order_by("pk"))


def about_of(*, question: Question, number: int, post: Question | Answer | None = None, again: int = 0) -> About:
    """What the points are for. `again`: the hold whose points came back and are laid down anew."""
    found, tail = post or question, f" after {again}" if again else ""
    return About(source=found, key=f"question {question.pk} no {number}{tail}", label=question.title, url=address_of(found))
