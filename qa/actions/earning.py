"""What questions and answers bring: for an accepted answer and for accepting it, and for what others found useful.

Nothing comes from what was written anonymously: no accepting, no votes, for nobody. A row of the ledger names who gave the points, and
without that name the limits of a pair could not hold.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils import translation

from kmportal.people.models import User
from qa.models import Answer, Question, Useful
from qa.models.posts import Post
from qa.permissions import question_of
from rewards.actions.awarding import award, lock_accounts, take_back
from rewards.models import Reason


def lock_for(*answers: Answer | None, also: Iterable[User] = ()) -> None:
    """Takes the accounts of all whose points these answers may move, and of others, before the first of them is moved."""
    there = [answer for answer in answers if answer is not None and not answer.question.anonymous]
    people = [person for answer in there for person in (answer.author, answer.question.author) if person is not None]
    lock_accounts(*people, *also)


def pay_accept(*, answer: Answer, at: datetime) -> None:
    """The answerer, and whoever asked for having chosen. Runs in the transaction that accepts."""
    question, author = answer.question, answer.author
    asker = question.author
    if question.anonymous or answer.anonymous or asker is None or author is None:
        return
    key, label, url = f"answer {answer.pk}", question.title, address_of(answer)
    award(reason=Reason.ANSWER_ACCEPTED, earner=author, payer=asker, source=answer, key=key, at=at, label=label, url=url)
    award(
        reason=Reason.ACCEPTING_ANSWER, earner=asker, payer=author, actor=asker, source=answer, key=key, at=at, label=label,
        url=url,
    )  # fmt: skip


def take_accept(*, answer: Answer, actor: User, at: datetime, only_asker: bool = False) -> None:
    """Both go back, exactly; or only what the asker got."""
    for reason in (Reason.ACCEPTING_ANSWER,) if only_asker else (Reason.ANSWER_ACCEPTED, Reason.ACCEPTING_ANSWER):
        take_back(source=answer, reason=reason, at=at, actor=actor)


def pay_useful(*, mark: Useful, at: datetime) -> None:
    """The author of what somebody found useful."""
    post = mark.post
    award(
        reason=Reason.USEFUL_VOTE, earner=None if post.anonymous else post.author, payer=mark.person, source=post,
        key=f"{post._meta.model_name} {post.pk} by {mark.person_id}", at=at, label=question_of(post).title, url=address_of(post),
    )  # fmt: skip


def take_useful(*, post: Question | Answer, voter: User | None, actor: User, at: datetime) -> None:
    """What one voter's mark brought goes back; without a voter, what all of them brought."""
    take_back(source=post, reason=Reason.USEFUL_VOTE, payer=voter, at=at, actor=actor)


def give_points_again(*, post: Post, accepted: Answer | None, at: datetime) -> None:
    """What a post that came back had earned and does not have any more. Callers hold the accounts of those who accepted."""
    if not isinstance(post, Question | Answer):
        return
    marks = Useful.objects.filter(**{str(post._meta.model_name): post})
    for mark in marks.select_related("person", "question__author", "answer__author").order_by("pk"):
        pay_useful(mark=mark, at=at)
    if accepted is not None:
        pay_accept(answer=accepted, at=at)


def address_of(post: Question | Answer) -> str:
    """For the ledger: without a language; the statement turns it into its reader's."""
    with translation.override(settings.LANGUAGE_CODE):
        return post.get_absolute_url()
