"""What a decision of moderators does to a post: hides it, and brings it back with all it had. Permission is asked by the verb that decides."""

from typing import Any

from django.utils import timezone

from kmportal.people.models import User
from kmportal.retrieval import actions as search
from qa.actions.accepting import accepted_of
from qa.actions.bounty_again import bring_back, parties_again
from qa.actions.closing import put_back, take_out
from qa.actions.earning import give_points_again, lock_for
from qa.actions.ground import newest_version, question_key
from qa.models import Answer, Question
from qa.models.posts import Post
from qa.permissions import question_of
from rewards.actions.returning import give_again

POST = "post"
WORDS_KEPT = 2_000


def case_key(post: Post) -> str:
    return f"{post._meta.model_name} {post.pk}"


def evidence_of(post: Post) -> dict[str, Any]:
    """The words as they were reported; the author may change them since."""
    title = post.title if isinstance(post, Question) else ""
    return {"title": title, "words": post.text[:WORDS_KEPT], "version": newest_version(post)}


def lock(post: Post) -> None:
    """The question first, as every verb on posts."""
    Question.objects.select_for_update(no_key=True).filter(pk=question_key(post)).first()


def hide(*, actor: User, post: Post, why: str) -> dict[str, Any]:
    """Takes a post out of sight; one that its author deleted stays so until moderators say otherwise. Callers hold the lock.

    Returns:
        What show_again must know.
    """
    post.refresh_from_db()
    if post.is_deleted:
        type(post).objects.filter(pk=post.pk).update(deleted_by=actor, deleted_why=why[:300])
        return {"hidden": False}
    accepted = isinstance(post, Answer) and question_of(post).accepted_id == post.pk
    take_out(actor=actor, post=post, why=why)
    return {"hidden": True, "accepted": accepted}


def show_again(*, actor: User, post: Post, hidden: dict[str, Any], since: Any) -> None:
    """Brings back what `hide` took out: the post, its being accepted, and the same points as before. Callers hold the lock.

    Args:
        since: the moment of the decision; points that were reversed from then on come back.
    """
    post.refresh_from_db()
    if not (hidden.get("hidden") and post.is_deleted):
        return
    question, now = question_of(post), timezone.now()
    put_back(post=post)
    if hidden.get("accepted") and question.accepted_id is None and isinstance(post, Answer):
        Question.objects.filter(pk=question.pk).update(accepted=post, accepted_at=now)
        question.accepted = post
        search.index([question])
    if not isinstance(post, Question | Answer):
        return
    accepted = accepted_of(question)
    also = [*([] if post.author is None else [post.author]), *parties_again(post=post, since=since)]
    lock_for(accepted, *([post] if isinstance(post, Answer) else []), also=also)
    for source in {accepted, post} - {None}:
        give_again(source=source, since=since, at=now, actor=actor)
    give_points_again(post=post, accepted=accepted if isinstance(post, Question) else None, at=now)
    bring_back(post=post, since=since, at=now, actor=actor)
