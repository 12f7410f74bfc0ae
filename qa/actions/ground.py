"""What the verbs stand on: the row they change, taken for themselves; text made safe; versions; who hears of what."""

from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from kmportal.core import clean
from kmportal.library.searched_pages import plain
from kmportal.library.visibility import Visibility
from kmportal.people.models import User
from kmportal.people.roles import Role
from qa import rules
from qa.models import Answer, Comment, Question, Version
from qa.models.posts import Post
from qa.permissions import question_of

P = TypeVar("P", bound=Post)
# What all verbs of this app refuse with.
QaError = rules.QaError


class NoText(QaError):
    words = _("Write something first.")


class TooLong(QaError):
    words = _("This is too long. Shorten it, or put part of it into a document.")


# A form that is sent again by a slow line, a second press or a way back in the browser says the same within this time.
SENT_AGAIN_WITHIN = timedelta(minutes=10)


class QuestionClosed(QaError):
    words = _("This question was asked before and is closed. Go on at the earlier one.")


def take(*, actor: Any, post: P) -> P:
    """The post as it is now, if the actor may read it. Its question is locked, so verbs on one question wait for each other.

    Raises:
        DoesNotExist: gone, or not the actor's to read; which of the two is nobody's to know.
    """
    model: Any = type(post)
    locked = Question.objects.visible_to(actor).select_for_update(no_key=True, of=("self",))
    question = locked.filter(pk=question_key(post)).first()
    if question is None:
        raise model.DoesNotExist
    if isinstance(post, Question):
        return cast(P, question)
    found: P = model.objects.visible_to(actor).select_related("author").get(pk=post.pk)
    cast(Answer | Comment, found).question = question
    return found


def question_key(post: Post) -> int:
    return post.pk if isinstance(post, Question) else post.question_id


def pointer(post: Post) -> dict[str, Any]:
    """The post as a field of rows that point to one of several kinds."""
    return {str(post._meta.model_name): post}


def safe(html: str) -> tuple[str, str]:
    """A text of a person as safe HTML and as plain words.

    Raises:
        TooLong
    """
    try:
        body = clean.html(html.strip())
    except clean.TooMuchHtml as error:
        raise TooLong from error
    words = " ".join(part for part in (plain(body), clean.descriptions(body)) if part)
    if not words and clean.pictures_in(body):
        words = str(_("Picture"))
    return (str(body), words) if words else ("", "")


def written(html: str) -> tuple[str, str]:
    """The same for what must not be empty.

    Raises:
        NoText, TooLong
    """
    body, words = safe(html)
    if not words:
        raise NoText
    return body, words


def add_version(*, post: Post, editor: User, at: datetime, note: str = "") -> int:
    """Writes down the post as it stands. Callers hold the lock of its question."""
    number = newest_version(post) + 1
    Version.objects.create(
        **pointer(post), number=number, title=post.title if isinstance(post, Question) else "", body=post.body, text=post.text,
        editor=editor, note=note.strip()[:300], created_at=at,
    )  # fmt: skip
    return number


def newest_version(post: Post) -> int:
    return Version.objects.filter(**pointer(post)).aggregate(newest=Max("number"))["newest"] or 0


def sent_before(*, actor: User, posts: "QuerySet[P]", text: str, at: datetime) -> P | None:
    """The same words by the same person a moment ago: the form was sent twice. Callers hold a lock that makes two at once wait."""
    return posts.filter(author=actor, text=text, created_at__gt=at - SENT_AGAIN_WITHIN).order_by("pk").first()


def moved(*, question: Question, at: datetime) -> None:
    """Something happened below the question."""
    Question.objects.filter(pk=question.pk).update(last_activity=at)
    question.last_activity = at


def moderators(post: Post) -> list[User]:
    """Who looks after it. Whether they may read it is asked again when a notice is shown."""
    question = question_of(post)
    if question.visibility == Visibility.COMMUNITY:
        mine = {"memberships__community": question.community_id, "memberships__role": "facilitator"}
        return list(User.objects.filter(is_active=True, **mine))
    return list(User.objects.filter(is_active=True, groups__name=Role.MODERATOR.value))
