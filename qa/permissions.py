"""Who may do what to questions and answers. Seeing one is not asked here: querysets begin with visible_to(user)."""

from typing import Any

from communities.permissions import can_take_part, is_facilitator
from kmportal.library.permissions import can_make_lesson
from kmportal.library.visibility import Visibility
from kmportal.people.roles import Role
from qa.models import Answer, Bounty, Comment, Question, Report
from qa.models.posts import Post
from qa.querysets import looked_up_by


def _is_active(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)


def _takes_part(user: Any, question: Question) -> bool:
    """Guests take part where they are members, not in what the network or the world reads."""
    return _is_active(user) and (not user.is_guest or question.visibility == Visibility.COMMUNITY)


def _is_author(user: Any, post: Post) -> bool:
    return _is_active(user) and post.author_id is not None and post.author_id == user.pk


def question_of(post: Post) -> Question:
    """The question that a post is, or stands below."""
    return post if isinstance(post, Question) else post.question


def can_moderate(user: Any, question: Question) -> bool:
    """Moderators what they may read; a community's facilitators what is kept to it."""
    if not _is_active(user):
        return False
    if user.has_role(Role.MODERATOR):
        return True
    if question.visibility != Visibility.COMMUNITY or question.community is None:
        return False
    return is_facilitator(user, question.community)


def can_see_author(user: Any, post: Post) -> bool:
    """Of an anonymous post: its author, and moderators who looked it up. The same rule as `shown_author` of the querysets."""
    if not post.anonymous or _is_author(user, post):
        return True
    question = question_of(post)
    return can_moderate(user, question) and looked_up_by(user).filter(thing_id=question.pk).exists()


def can_look_up(user: Any, question: Question) -> bool:
    """Who asked without a name: moderators, for a reason that stands in the book."""
    return question.anonymous and not _is_author(user, question) and can_moderate(user, question)


def can_ask(user: Any) -> bool:
    return _is_active(user)


def can_ask_in(user: Any, community: Any) -> bool:
    """In a community: its members, until it is archived."""
    return can_take_part(user, community)


def _is_archived(question: Question) -> bool:
    """Kept to a community that is closed: it is read, and stays as it is."""
    return question.visibility == Visibility.COMMUNITY and question.community is not None and question.community.is_archived


def can_ask_somebody(user: Any, question: Question) -> bool:
    """Bring it to somebody by name: who asked it."""
    return _is_author(user, question) and not question.is_deleted


def can_answer(user: Any, question: Question) -> bool:
    return _takes_part(user, question) and not question.is_deleted and not _is_archived(question)


def can_comment(user: Any, question: Question) -> bool:
    return can_answer(user, question)


def can_edit(user: Any, post: Post) -> bool:
    """Its author and moderators, while it is there."""
    if post.is_deleted or _is_archived(question_of(post)):
        return False
    return _is_author(user, post) or can_moderate(user, question_of(post))


def can_accept(user: Any, question: Question) -> bool:
    """Only who asked knows what helped."""
    return _is_author(user, question) and not question.is_deleted


def can_offer_bounty(user: Any, question: Question) -> bool:
    """Any member, whoever asked; not for what was asked without a name."""
    return _takes_part(user, question) and not question.is_deleted and not question.anonymous


def can_give_bounty(user: Any, bounty: Bounty) -> bool:
    """Only who laid the points down."""
    return _is_active(user) and bounty.is_open and bounty.giver_id == user.pk


def can_mark_useful(user: Any, post: Question | Answer) -> bool:
    """Everybody but its author."""
    return _takes_part(user, question_of(post)) and not _is_author(user, post) and not post.is_deleted


def can_say_it_works(user: Any, answer: Answer) -> bool:
    return can_mark_useful(user, answer)


def can_report(user: Any, post: Post, kind: str) -> bool:
    """Everybody but its author; that something did not work only of answers."""
    if kind == Report.Kind.DID_NOT_WORK and not isinstance(post, Answer):
        return False
    return _is_active(user) and not _is_author(user, post) and not post.is_deleted


def can_harvest(user: Any, answer: Answer) -> bool:
    """Work an answer into a lesson draft: coordinators, whoever wrote it, and whoever asked."""
    return _is_author(user, answer) or _is_author(user, answer.question) or (_is_active(user) and can_make_lesson(user))


def can_follow(user: Any, question: Question) -> bool:
    return _is_active(user) and not question.is_deleted


def can_close(user: Any, question: Question) -> bool:
    """Who asked it, and moderators."""
    return _is_author(user, question) or can_moderate(user, question)


def can_delete(user: Any, post: Post) -> bool:
    """Moderators. Authors what nobody builds on yet: a question without answers, an answer that is not accepted, any comment."""
    if post.is_deleted:
        return False
    if can_moderate(user, question_of(post)):
        return True
    return _is_author(user, post) and not _is_built_upon(post)


def _is_built_upon(post: Post) -> bool:
    if isinstance(post, Comment):
        return False
    if isinstance(post, Answer):
        return post.question.accepted_id == post.pk
    return post.answer_count > 0


def can_restore(user: Any, post: Post) -> bool:
    """Authors what they deleted themselves, moderators what is not their own: nobody undoes what others decided about them."""
    if not post.is_deleted:
        return False
    if _is_author(user, post):
        return post.deleted_by_id == user.pk
    return can_moderate(user, question_of(post))


def can_save_draft(user: Any) -> bool:
    return _is_active(user)
