"""Bounties that a decision of moderators ended, when that decision is taken back: they stand again as they stood, if the points are there.

Nobody pays twice: what came back to whoever offered it is laid down anew from what they have. Where they have used it meanwhile, the
bounty stays ended; the house makes no points.
"""

from datetime import datetime
from typing import Any

from kmportal.inbox.actions import tell
from kmportal.people.models import User
from qa.actions.bounty import about_of, open_bounty, paid_by
from qa.bounty_notices import BOUNTY_AGAIN, BOUNTY_WON
from qa.models import Answer, Bounty, Question
from qa.models.posts import Post
from rewards.actions import escrow
from rewards.actions.escrow import NotEnoughPoints


def parties_again(*, post: Post, since: datetime) -> list[User]:
    """Whose accounts bringing bounties back may move, to be locked with all others."""
    if isinstance(post, Question):
        return [bounty.giver for bounty in _returned(post, since)]
    won = _taken_from(post, since) if isinstance(post, Answer) else []
    return [person for bounty in won for person in (bounty.giver, bounty.award.owner)]


def bring_back(*, post: Post, since: datetime, at: datetime, actor: User) -> None:
    """In the transaction that shows the post again, which holds the question and the accounts."""
    if isinstance(post, Question):
        for bounty in _returned(post, since)[:1]:
            _offer_again(bounty, post, at)
    elif isinstance(post, Answer):
        for bounty in _taken_from(post, since):
            _pay_again(bounty, post, at, actor)


def _returned(question: Question, since: datetime) -> list[Any]:
    gone = Bounty.objects.filter(question=question, state=Bounty.State.RETURNED, ended_at__gte=since, giver__is_active=True)
    return list(gone.select_related("giver", "question").order_by("-pk"))


def _taken_from(answer: Answer, since: datetime) -> list[Any]:
    won = Bounty.objects.filter(answer=answer, award__reversal__happened_at__gte=since, giver__is_active=True)
    return list(won.select_related("giver", "award__owner", "question").order_by("pk"))


def _offer_again(gone: Bounty, question: Question, at: datetime) -> None:
    """For the time that it had left. Marks given since it first began count."""
    if not question.is_open or question.accepted_id is not None or open_bounty(question) is not None or gone.ended_at is None:
        return
    number = Bounty.objects.filter(question=question).count() + 1
    try:
        held = escrow.lay_down(giver=gone.giver, points=gone.points, about=about_of(question=question, number=number), at=at)
    except NotEnoughPoints:
        return
    again = Bounty.objects.create(
        question=question, giver=gone.giver, points=gone.points, started_at=gone.started_at, ends_at=at + (gone.ends_at - gone.ended_at),
        held=held,
    )  # fmt: skip
    tell(kind=BOUNTY_AGAIN, recipients=[gone.giver], thing=again, key=str(again.pk), data={"points": again.points})


def _pay_again(bounty: Bounty, answer: Answer, at: datetime, actor: User) -> None:
    winner = answer.author
    if winner is None or not winner.is_active:
        return
    points = bounty.points if bounty.state == Bounty.State.GIVEN else bounty.points // 2
    about = about_of(question=bounty.question, number=bounty.pk, post=answer, again=bounty.held_id)
    try:
        bounty.held = escrow.lay_down(giver=bounty.giver, points=points, about=about, at=at)
    except NotEnoughPoints:
        return
    bounty.award = escrow.pay_out(held=bounty.held, winner=winner, points=points, about=about, at=at, actor=actor)
    bounty.paid = paid_by(award=bounty.award)
    bounty.save(update_fields=["held", "award", "paid"])
    words = {"points": bounty.paid, "state": str(bounty.state)}
    tell(kind=BOUNTY_WON, recipients=[winner], thing=bounty, key=f"{bounty.pk} again {bounty.held_id}", data=words)
    tell(kind=BOUNTY_AGAIN, recipients=[bounty.giver], thing=bounty, key=f"{bounty.pk} again {bounty.held_id}", data=words)
