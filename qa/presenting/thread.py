"""The page of a question made ready for its template; the number of queries does not grow with what stands on it."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import CharField, F, Q, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from communities.models import Community
from kmportal.core.language import in_language
from kmportal.library.presenting.order import filed
from qa import permissions
from qa.models import Answer, Comment, Draft, Follow, Question, Report, Useful, WorksForMe
from qa.models.posts import Post
from qa.presenting import harvests, standing, subjects, undoing
from qa.presenting.authors import Author, Authors
from qa.presenting.related import related

WITH = ("agency", "community")
SORTS = ("best", "new", "old")
_USEFUL, _WORKS, _FOLLOWS = "useful", "works", "follows"
_MARKS: tuple[tuple[Any, str, str], ...] = (
    (Useful, "question", _USEFUL), (Useful, "answer", _USEFUL), (WorksForMe, "answer", _WORKS), (Follow, "question", _FOLLOWS),
)  # fmt: skip


@dataclass
class Said:
    """What this reader has said about posts before."""

    useful: set[tuple[str, int]] = field(default_factory=set)
    works: set[int] = field(default_factory=set)
    reported: set[tuple[str, str, int]] = field(default_factory=set)
    follows: bool = False


@dataclass
class View:
    """A post with its author, and what this reader may do to it."""

    post: Any
    author: Author
    kind: str
    may: dict[str, bool]
    is_useful: bool = False
    works: bool = False
    is_accepted: bool = False
    reported: set[str] = field(default_factory=set)
    comments: list["View"] = field(default_factory=list)


@dataclass
class Reading:
    """All that the page shows."""

    question: View
    answers: list[View]
    total: int
    gone: list[View]
    follows: bool
    sort: str
    about: subjects.Subject | None
    community: Community | None
    strip: list[str]
    topics: list[Any]
    codes: list[Any]
    related: list[Question]
    original: Question | None
    undo: undoing.Undo | None
    draft: Draft | None
    lesson: harvests.Made | None

    @property
    def posts(self) -> list[Any]:
        """The answers themselves."""
        return [view.post for view in self.answers]

    @property
    def comments(self) -> list[Any]:
        """All comments, wherever they stand."""
        return [one.post for view in (self.question, *self.answers) for one in view.comments]


def found(user: Any, pk: int) -> Question | None:
    """The question, if this person may read it, with a word on what stands at it."""
    return standing.noted(Question.objects.visible_to(user).select_related(*WITH), user).filter(pk=pk).first()


def read(request: HttpRequest, question: Question, *, form: Any, draft: Draft | None) -> dict[str, Any]:
    """The context of qa/question.html: `thread`, `form` of an answer, and rights."""
    user, sort = request.user, request.GET.get("sort", "")
    sort = sort if sort in SORTS else "best"
    answers, comments, gone = _answers(question, user, sort), _comments(question, user), _gone(question, user)
    authors, said = Authors(user, [question, *answers, *comments, *gone]), _said(user, question)
    views = {answer.pk: _view(user, answer, authors, said) for answer in answers}
    top = _view(user, question, authors, said)
    for comment in comments:
        below = top if comment.answer_id is None else views.get(comment.answer_id)
        if below is not None:
            below.comments.append(_view(user, comment, authors, said))
    order = filed(Question, question.pk)
    reading = Reading(
        question=top, answers=list(views.values()), total=len(views), gone=[_view(user, post, authors, said) for post in gone],
        follows=said.follows, sort=sort, about=subjects.of(request, question), codes=order.codes,
        strip=sorted({code.category.number for code in order.codes} | set(order.strip)), topics=order.topics,
        community=_community(user, question), related=related(user, question), original=_original(user, question),
        undo=undoing.offered(request, question), draft=draft,
        lesson=harvests.of(request, question),
    )  # fmt: skip
    return {"thread": reading, "question": question, "form": form, "share_url": _share_url(request, question), "sorts": SORTS}


def read_gone(request: HttpRequest, question: Question) -> dict[str, Any]:
    """The context of qa/gone.html."""
    by_author = question.deleted_by_id == question.author_id
    return {"question": question, "author": Authors(request.user, [question]).of(question), "by_author": by_author}


def draft_of(user: Any, question: Question) -> Draft | None:
    """What this reader has begun to answer."""
    return Draft.objects.visible_to(user).filter(question=question).first() if standing.has(question, standing.DRAFT) else None


def initial(draft: Draft | None) -> dict[str, str]:
    """The draft as the initial of a form."""
    return {"body": draft.body} if draft else {}


def _answers(question: Question, user: Any, sort: str) -> list[Answer]:
    found = Answer.objects.visible_to(user).filter(question=question)
    orders = {"best": found.best_first, "new": found.newest, "old": found.oldest}
    return [_placed(answer, question) for answer in orders[sort]()]


def _comments(question: Question, user: Any) -> list[Comment]:
    if not standing.has(question, standing.COMMENTS):
        return []
    return [_placed(comment, question) for comment in Comment.objects.visible_to(user).filter(question=question)]


def _gone(question: Question, user: Any) -> list[Any]:
    """Deleted answers that this reader may restore."""
    if not user.is_authenticated or not standing.has(question, standing.DELETED):
        return []
    found = Answer.objects.deleted_for(user).filter(question=question).order_by("-deleted_at")
    return [_placed(answer, question) for answer in found]


def _placed(post: Any, question: Question) -> Any:
    """With this very question as its own: rights are asked of it, and it is here already."""
    post.question = question
    if not hasattr(post, "shown_author"):
        post.shown_author = None if post.anonymous else post.author_id
    return post


def _said(user: Any, question: Question) -> Said:
    """One query for all that this reader has said here."""
    if not user.is_authenticated:
        return Said()
    own: dict[Any, QuerySet[Any]] = {model: model.objects.filter(person=user) for model in (Useful, WorksForMe, Follow, Report)}
    parts = [
        *(_marks(own[model], path, question, Value(what)) for model, path, what in _MARKS),
        *(_marks(own[Report], path, question, F("kind")) for path in ("question", "answer", "comment")),
    ]
    said = Said()
    for what, kind, key in parts[0].union(*parts[1:], all=True):
        if what == _USEFUL:
            said.useful.add((kind, key))
        elif what == _WORKS:
            said.works.add(key)
        elif what == _FOLLOWS:
            said.follows = True
        else:
            said.reported.add((what, kind, key))
    return said


def _marks(rows: "QuerySet[Any]", path: str, question: Question, what: Any) -> "QuerySet[Any]":
    """What is said, about which kind of post, about which one."""
    here = Q(question=question) if path == "question" else Q(**{f"{path}__question": question})
    noted = rows.filter(here).order_by().annotate(what=what, post_kind=Value(path, CharField()))
    return noted.values_list("what", "post_kind", f"{path}_id")


def _view(user: Any, post: Post, authors: Authors, said: Said) -> View:
    kind = str(post._meta.model_name)
    return View(
        post=post, author=authors.of(post), kind=kind, may=_rights(user, post), is_useful=(kind, post.pk) in said.useful,
        works=kind == "answer" and post.pk in said.works,
        is_accepted=isinstance(post, Answer) and post.question.accepted_id == post.pk,
        reported={why for why in Report.Kind.values if (why, kind, post.pk) in said.reported},
    )  # fmt: skip


def _rights(user: Any, post: Post) -> dict[str, bool]:
    """By name, for a template. What a closed question refuses is not offered."""
    question, is_open = permissions.question_of(post), permissions.question_of(post).is_open
    found = {
        "edit": permissions.can_edit(user, post),
        "delete": permissions.can_delete(user, post),
        "restore": permissions.can_restore(user, post),
        "flag": permissions.can_report(user, post, Report.Kind.FLAG),
        "comment": is_open and permissions.can_comment(user, question),
        "history": bool(user.is_authenticated) and post.edited_at is not None,
    }
    if isinstance(post, Answer):
        found["accept"] = is_open and permissions.can_accept(user, question)
        found["lesson"] = harvests.may_be_made(user, post)
        found["doubt"] = permissions.can_report(user, post, Report.Kind.DID_NOT_WORK)
    if isinstance(post, Question | Answer):
        found["useful"] = permissions.can_mark_useful(user, post)
    if isinstance(post, Question):
        found |= {
            "answer": is_open and permissions.can_answer(user, post),
            "follow": permissions.can_follow(user, post),
            "close": is_open and permissions.can_close(user, post),
            "who": post.anonymous and getattr(post, "shown_author", None) is None and permissions.can_look_up(user, post),
            "reopen": not is_open and permissions.can_close(user, post) and _may_reopen(user, post),
        }
    return found


def _may_reopen(user: Any, question: Question) -> bool:
    """An asker does not undo what a moderator closed."""
    return question.closed_by_id in (None, user.pk) or permissions.can_moderate(user, question)


def _community(user: Any, question: Question) -> Community | None:
    """Its name is not for everybody: visitors see no communities, and one may have been hidden since."""
    if question.community_id is None:
        return None
    return Community.objects.visible_to(user).filter(pk=question.community_id).first()


def _original(user: Any, question: Question) -> Question | None:
    """The question that was asked before; circles make sure that whoever reads this one reads that one, unless it was deleted."""
    if question.duplicate_of_id is None:
        return None
    return Question.objects.visible_to(user).filter(pk=question.duplicate_of_id).first()


def _share_url(request: HttpRequest, question: Question) -> str:
    """Without a language: it is for others, who have their own."""
    return request.build_absolute_uri(in_language(reverse("qa:short", args=[question.pk]), settings.LANGUAGE_CODE))


def waited(question: Question) -> Any:
    """How long the asker waited for the answer that was accepted."""
    return (question.accepted_at or timezone.now()) - question.created_at
