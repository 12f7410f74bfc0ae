"""What stands at a question, said by the query that fetches it: the page asks only for what is there."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from qa.models import Answer, AnswerRequest, Bounty, Comment, Draft, Question

BOUNTIES, COMMENTS, DELETED, DRAFT, REQUESTS = "has_bounties", "has_comments", "has_deleted", "has_draft", "has_requests"


def noted(questions: "QuerySet[Question]", user: Any) -> "QuerySet[Question]":
    """The questions, each with what stands at it at all; drafts and requests are this reader's own."""
    own = user if user.is_authenticated else None
    here: dict[str, QuerySet[Any]] = {
        BOUNTIES: Bounty.objects.all(),
        COMMENTS: Comment.objects.all(),
        DELETED: Answer.objects.exclude(deleted_at=None),
        DRAFT: Draft.objects.filter(person=own),
        REQUESTS: AnswerRequest.objects.visible_to(user),
    }
    return questions.annotate(**{name: Exists(rows.filter(question=OuterRef("pk"))) for name, rows in here.items()})


def has(question: Question, what: str) -> bool:
    """Whether it is worth asking for; yes where the question was fetched without a word about it."""
    return bool(getattr(question, what, True))
