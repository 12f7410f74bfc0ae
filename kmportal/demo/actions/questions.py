"""Questions of officers of different agencies, answered by others: some settled, some waiting, in every circle."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from communities.models import Community
from kmportal.demo.actions.people import account
from kmportal.demo.content import read, rich
from kmportal.library.models import KnowledgePage
from kmportal.library.visibility import Visibility
from kmportal.retrieval import actions as search
from kmportal.taxonomy.models import PmqaCategory, Topic
from qa.actions import accepting, answering, asking, closing, editing, marking
from qa.actions.asking import Circle, QuestionWords
from qa.models import Answer, Question
from qa.models.posts import Post
from qa.rules import limits_lifted

OFFICE_OPENS = timedelta(hours=9, minutes=20)


def ask_questions(*, say: Callable[[str], None]) -> None:
    """Each with all that stands below it, or not at all."""
    known = set(Question.objects.values_list("title", flat=True))
    missing = [entry for entry in read("questions") if entry["title"] not in known]
    if missing:
        say(f"{len(missing)} questions")
    with limits_lifted():
        for entry in missing:
            _ask(entry)


@transaction.atomic
def _ask(entry: dict[str, Any]) -> None:
    asker = account(entry["by"])
    community = Community.objects.get(slug=entry["community"]) if "community" in entry else None
    words = QuestionWords(
        title=entry["title"], body=_body(entry["body"]), topics=list(Topic.objects.filter(slug__in=entry["topics"])),
        categories=list(PmqaCategory.objects.filter(edition__is_current=True, number__in=entry["categories"])),
        about=KnowledgePage.objects.visible_to(asker).filter(slug=entry.get("about", "")).first(),
    )  # fmt: skip
    visibility = Visibility(entry.get("visibility", "network"))
    # A community that the asker does not belong to would refuse.
    if community is not None and not asker.memberships.filter(community=community).exists():
        community = None
    circle, nameless = Circle(visibility=visibility, community=community), entry.get("anonymous", False)
    question = asking.ask(actor=asker, words=words, circle=circle, anonymous=nameless)
    _moved_to(question, entry["days"])
    for one in entry["answers"]:
        _answer(question, one)
    _mark(question, entry)
    if "duplicate_of" in entry:
        original = Question.objects.get(title=entry["duplicate_of"])
        closing.close_as_duplicate(actor=account(entry["closed_by"]), question=question, original=original)
    _settle(question)


def _answer(question: Question, entry: dict[str, Any]) -> None:
    made = answering.answer(actor=account(entry["by"]), question=question, body=_body(entry["body"]))
    _moved_to(made, entry["days"])
    for one in entry.get("comments", ()):
        below = answering.comment(actor=account(one["by"]), post=made, body=rich(one["body"]))
        _moved_to(below, one["days"])
    if "edit" in entry:
        change = entry["edit"]
        editing.edit_answer(actor=account(entry["by"]), answer=made, body=_body(change["body"]), note=change["note"])
    _mark(made, entry)
    for email in entry.get("works", ()):
        marking.works_for_me(actor=account(email), answer=made)
    if entry.get("accepted"):
        accepting.accept(actor=question.author, answer=made)


def _mark(post: Question | Answer, entry: dict[str, Any]) -> None:
    for email in entry.get("useful", ()):
        marking.mark_useful(actor=account(email), post=post)


def _settle(question: Question) -> None:
    """The order of lists follows what happened last, as in a portal that has been used for a while."""
    days = [question.created_at, *question.answers.values_list("created_at", flat=True)]
    days += question.comments.values_list("created_at", flat=True)
    chosen = Answer.objects.filter(accepted_for=question).values_list("created_at", flat=True).first()
    accepted = {"accepted_at": chosen + timedelta(hours=20)} if chosen else {}
    Question.objects.filter(pk=question.pk).update(last_activity=max(days), **accepted)
    search.index([question])


def _moved_to(post: Post, days: int) -> None:
    """As if it had been written so many days ago, in the morning; a little apart, so that lists have an order."""
    post.created_at = _morning(days) + timedelta(minutes=7 * (post.pk % 40))
    type(post).objects.filter(pk=post.pk).update(created_at=post.created_at)
    post.versions.filter(number=1).update(created_at=post.created_at)


def _morning(days: int) -> datetime:
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=days) + OFFICE_OPENS


def _body(parts: Sequence[Any]) -> str:
    return "".join(rich(part) for part in parts)
