"""Asking a question, and keeping what somebody has begun to write."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kmportal.library.models import Item, KnowledgePage
from kmportal.library.visibility import Visibility
from kmportal.people.models import User
from kmportal.retrieval import actions as search
from kmportal.taxonomy.models import PmqaCategory, PmqaCode, Topic
from qa.actions.following import keep_informed
from qa.actions.ground import QaError, TooLong, add_version, safe, sent_before, take
from qa.actions.settling import settle, take_pictures
from qa.models import Draft, Question
from qa.models.posts import LONGEST_TITLE
from qa.permissions import can_ask, can_ask_in, can_save_draft
from qa.rules import require_modest, require_share

LONGEST_FIELDS = 8_000


class NoTitle(QaError):
    words = _("Put your question into one sentence.")


class NoCircle(QaError):
    words = _("Choose who may read the question: your own agency, or a community that you belong to.")


class HiddenCommunity(QaError):
    words = _("This community is hidden: what belongs to it stays inside it.")


class NotAboutThis(QaError):
    words = _("What the question is about cannot be found. It may have moved.")


@dataclass(frozen=True, kw_only=True)
class QuestionWords:
    """What a question says. Who may read it, and whether it has a name, is said once: answers were given in that circle."""

    title: str
    body: str = ""
    topics: Sequence[Topic] = ()
    categories: Sequence[PmqaCategory] = ()
    codes: Sequence[PmqaCode] = ()
    about: Model | None = None


@dataclass(frozen=True, kw_only=True)
class Circle:
    """Who may read a question. `agency` circles are the asker's own agency."""

    visibility: Visibility = Visibility.NETWORK
    community: Any = None


@transaction.atomic
def ask(*, actor: User, words: QuestionWords, circle: Circle | None = None, anonymous: bool = False) -> Question:
    """Puts a question to a circle. The asker follows it; their draft is gone. The same again within ten minutes gives the first.

    Args:
        anonymous: members do not see who asks, moderators do; nobody earns points by it.

    Raises:
        PermissionDenied: no active member, or a community that the actor does not belong to.
        NoTitle, TooLong, NoCircle, HiddenCommunity, NotAboutThis, OverTheLimit
    """
    circle = circle or Circle()
    if not can_ask(actor) or (circle.community is not None and not can_ask_in(actor, circle.community)):
        raise PermissionDenied
    title, (body, text), now = titled(words.title), safe(words.body), timezone.now()
    User.objects.select_for_update(no_key=True).only("pk").get(pk=actor.pk)
    same = {"title": title, "anonymous": anonymous, "visibility": circle.visibility, "community": circle.community}
    there = Question.objects.exclude(status=Question.Status.DELETED).filter(**same)
    if (before := sent_before(actor=actor, posts=there, text=text, at=now)) is not None:
        return before
    require_modest(actor=actor, body=body, now=now)
    require_share(actor=actor, of=Question, now=now)
    question = Question(
        title=title, body=body, text=text, author=actor, anonymous=anonymous, created_at=now, last_activity=now,
        **_place(actor, circle, anonymous), **cited(actor=actor, thing=words.about),
    )  # fmt: skip
    question.save()
    question.topics.set(words.topics)
    question.categories.set(words.categories)
    question.codes.set(words.codes)
    settle(actor=actor, post=question, at=now)
    add_version(post=question, editor=actor, at=now)
    keep_informed(person=actor, question=question, at=now)
    Draft.objects.filter(person=actor, question=None).delete()
    search.index([question])
    return question


@transaction.atomic
def save_draft(
    *, actor: User, question: Question | None = None, title: str = "", body: str = "", fields: dict[str, Any] | None = None
) -> Draft | None:
    """Keeps what somebody has begun to write: a question, or an answer to `question`. Emptied, it is gone.

    Raises:
        PermissionDenied: no active member.
        Question.DoesNotExist: not the actor's to read.
        TooLong
    """
    if not can_save_draft(actor):
        raise PermissionDenied
    if question is not None:
        question = take(actor=actor, post=question)
    fields, (cleaned, text) = fields or {}, safe(body)
    if len(json.dumps(fields)) > LONGEST_FIELDS:
        raise TooLong
    if not (title.strip() or text or fields):
        Draft.objects.filter(person=actor, question=question).delete()
        return None
    kept = {"title": title.strip()[:LONGEST_TITLE], "body": cleaned, "fields": fields, "saved_at": timezone.now()}
    draft = Draft.objects.update_or_create(person=actor, question=question, defaults=kept)[0]
    take_pictures(actor=actor, thing=draft)
    return draft


def discard_draft(*, actor: User, question: Question | None = None) -> bool:
    """Throws away what the actor had begun to write. Again changes nothing. Answers whether something changed."""
    gone, _by_model = Draft.objects.visible_to(actor).filter(question=question).delete()
    return bool(gone)


def titled(title: str) -> str:
    """The title on one line.

    Raises:
        NoTitle, TooLong
    """
    found = " ".join(title.split())
    if not found:
        raise NoTitle
    if len(found) > LONGEST_TITLE:
        raise TooLong
    return found


def cited(*, actor: User, thing: Model | None) -> dict[str, Any]:
    """What a question is about, as its fields: a page of the library, or a statement of a seminar, that the actor may read.

    Raises:
        NotAboutThis
    """
    if thing is None:
        return {"about_type": None, "about_id": None}
    model: Any = KnowledgePage if isinstance(thing, KnowledgePage) else type(thing)
    if model not in (KnowledgePage, Item) or not model.objects.visible_to(actor).filter(pk=thing.pk).exists():
        raise NotAboutThis
    return {"about_type": ContentType.objects.get_for_model(model), "about_id": thing.pk}


def _place(actor: User, circle: Circle, anonymous: bool) -> dict[str, Any]:
    kept = circle.visibility
    if actor.is_guest and kept != Visibility.COMMUNITY:
        raise PermissionDenied
    if kept == Visibility.COMMUNITY and circle.community is None:
        raise NoCircle
    if kept == Visibility.AGENCY and actor.agency is None:
        raise NoCircle
    if kept != Visibility.COMMUNITY and circle.community is not None and circle.community.is_hidden:
        raise HiddenCommunity
    says_too_much = anonymous and kept != Visibility.AGENCY
    return {"visibility": kept, "community": circle.community, "agency": None if says_too_much else actor.agency}
