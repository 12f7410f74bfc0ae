"""Posts as what cases are about: who handles them, how such a case may end, what waits meanwhile. Registered in QaConfig.ready."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.library.visibility import Visibility
from kmportal.moderation import kinds
from kmportal.moderation.kinds import Kind, Outcome, Ready
from kmportal.moderation.models import Case
from kmportal.people.models import User
from qa.actions import judging
from qa.actions.ground import moderators
from qa.actions.judging import POST
from qa.models import Answer, Comment, Question, Report
from qa.models.posts import Post
from qa.permissions import question_of
from qa.querysets import moderated_by
from rewards import holds
from rewards.models import Transfer


def _readable(user: Any) -> "Iterator[QuerySet[Any]]":
    for model in (Question, Answer, Comment):
        rows: Any = model.objects
        yield rows.readable_by(user)


def _handled(user: Any) -> "Iterator[QuerySet[Any]]":
    for rows in _readable(user):
        yield rows.filter(moderated_by(user, "" if rows.model is Question else "question__"))


def _loaded() -> "Iterator[QuerySet[Any]]":
    yield Question.objects.all()
    yield Answer.objects.select_related("question")
    yield Comment.objects.select_related("question")


def _handlers(post: Post) -> list[User]:
    """Who looks after it and may read it: moderators are asked about an agency's posts only inside that agency."""
    if question_of(post).visibility == Visibility.COMMUNITY:
        return moderators(post)
    return [one for one in moderators(post) if Question.objects.readable_by(one).filter(pk=question_of(post).pk).exists()]


def _about(post: Post) -> list[User]:
    return [post.author] if post.author is not None else []


def _titles(post: Post) -> tuple[str, str]:
    return question_of(post).title, ""


def _place(post: Post) -> str:
    return "" if post.is_deleted or question_of(post).is_deleted else post.get_absolute_url()


def _post(case: Case) -> Post:
    found: Any = case.subject
    assert isinstance(found, Question | Answer | Comment)  # noqa: S101 - cases of this kind are about nothing else
    return found


def _hide(case: Case, actor: User, reason: str) -> dict[str, Any]:
    return judging.hide(actor=actor, post=_post(case), why=reason)


def _show(case: Case, actor: User, reason: str) -> None:
    judging.show_again(actor=actor, post=_post(case), hidden=case.decision.data, since=case.decision.at)


def of_flagged(issues: Sequence[Transfer]) -> Collection[int]:
    """Points for a post wait while moderators have not decided whether it stays. One query, none for what is not of posts."""
    keys = {ContentType.objects.get_for_model(model).pk for model in (Question, Answer)}
    sources: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for issue in issues:
        if issue.cause_type_id in keys and issue.cause_id is not None:
            sources[issue.cause_type_id, issue.cause_id].add(issue.pk)
    if not sources:
        return set()
    live = Case.objects.live().filter(kind=POST, reports__sort=Report.Kind.FLAG, subject_id__in={key for _type, key in sources})
    return {pk for source in live.values_list("subject_type", "subject_id") for pk in sources.get(source, ())}


CONDUCT = (
    Ready("polite", _("It is about a person rather than about the matter.")),
    Ready("secret", _("It tells something that must not be told here: personal data, or what is confidential.")),
    Ready("advert", _("It advertises something, or has nothing to do with our work.")),
)
CONTENT = (
    Ready("old", _("It describes rules or forms that have changed.")),
    Ready("wrong", _("Readers who tried it say that it does not work as described.")),
    Ready("thin", _("It needs a source, or a word on where it holds.")),
)
KEPT = (
    Ready("agree", _("It keeps to our rules; that others see it differently is no reason to remove it.")),
    Ready("mended", _("Its author has put it right meanwhile.")),
)


def register() -> None:
    """Declares the kind, and that flagged posts keep their points waiting."""
    holds.register(of_flagged)
    kinds.register(
        Kind(
            POST, pgettext_lazy("cases about", "Posts"), icon="ask", handled=_handled, readable=_readable, handlers=_handlers,
            about=_about, titles=_titles, place=_place, evidence="qa/case.html",
            loaded=_loaded, sorts=dict(Report.Kind.choices), lock=judging.lock, outcomes=_outcomes(),
        )
    )  # fmt: skip


def _outcomes() -> tuple[Outcome, ...]:
    return (
        Outcome(
            "fine", pgettext_lazy("decision on a post", "Nothing is wrong"), _("It stays as it is."),
            _("It stays as it is; nothing is wrong with it."), against=False, reasons=KEPT,
        ),
        Outcome(
            "edit", pgettext_lazy("decision on a post", "Ask the author to edit it"), _("It stays; its author reads what to change."),
            _("It stays. Its author is asked to edit it."), reasons=CONTENT,
        ),
        Outcome(
            "warn", pgettext_lazy("decision on a post", "Warn the author"), _("It stays; its author reads what must not happen again."),
            _("It stays. Its author is asked not to write like this again."), reasons=CONDUCT,
        ),
        Outcome(
            "hidden", pgettext_lazy("decision on a post", "Hide it"),
            _("Nobody but moderators reads it, and the points it brought go back. After an appeal all of it can return."),
            _("It is hidden, and the points it brought were taken back."), apply=_hide, undo=_show, reasons=CONDUCT,
        ),
    )  # fmt: skip
