"""Taking back what one has said, until a lesson with it is published. The words are cut out of the draft and of all its earlier
versions. Where they cannot be cut, because they were woven into others, they are kept until they are gone, so that they can be found.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import PageLogEntry

from communities.harvest import cutting
from communities.harvest.actions.ground import newest
from communities.harvest.actions.words import TooLate
from communities.harvest.fields import PLAIN, WORDS
from communities.harvest.models import Mark, Statement, TalkDraft, Word
from communities.talk.models import Message
from kmportal.library.models import LessonPage
from kmportal.library.searched_pages import plain
from kmportal.people.models import User

TITLES = ("title", "draft_title")
HELD = (*dict.fromkeys([*WORDS, *TITLES]),)
"""Fields of a page, and of its versions, in which words can stand."""


@transaction.atomic
def withdraw(*, actor: User, statement: Statement) -> Statement:
    """The lesson cannot be handed in or published as long as these words stand in it. Again changes nothing.

    Raises:
        Statement.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied: somebody else's telling.
        TooLate: the lesson is published.
    """
    mine = Statement.objects.filter(teller=actor).select_related("draft__lesson")
    if not mine.filter(pk=statement.pk).exists():
        if Statement.objects.visible_to(actor).filter(pk=statement.pk).exists():
            raise PermissionDenied
        raise Statement.DoesNotExist
    TalkDraft.objects.select_for_update(no_key=True).get(pk=statement.draft_id)
    found = mine.get(pk=statement.pk)
    if found.draft.lesson.live:
        raise TooLate
    if found.withdrawn_at is None:
        _taken_back(found, timezone.now())
    return found


def in_published(messages: Collection[int]) -> set[int]:
    """Of these messages, those that a published lesson uses; asked by circles before somebody withdraws theirs."""
    used = Statement.objects.standing().filter(message__in=messages, draft__lesson__live=True)
    return {key for key in used.values_list("message", flat=True) if key is not None}


@transaction.atomic
def message_gone(*, message: Message) -> None:
    """Its author took the message itself out of its circle: marks go, drafts must let go of the words."""
    Mark.objects.filter(message=message, taken_into=None).delete()
    now = timezone.now()
    for statement in Statement.objects.standing().filter(message=message).select_related("draft"):
        TalkDraft.objects.select_for_update(no_key=True).get(pk=statement.draft_id)
        _taken_back(statement, now)


@transaction.atomic
def source_gone(*, root: str) -> None:
    """What was told elsewhere was withdrawn there: drafts must let go of the words; what is published stays."""
    now = timezone.now()
    held = Statement.objects.standing().filter(source__startswith=f"{root}:", draft__lesson__live=False)
    for statement in held.select_related("draft"):
        TalkDraft.objects.select_for_update(no_key=True).get(pk=statement.draft_id)
        _taken_back(statement, now)


@transaction.atomic
def withdraw_by_word(*, word: Word, statement: int) -> Statement:
    """As `withdraw`, for the teller of a word that was found by its link.

    Raises:
        Statement.DoesNotExist: none of theirs in this draft.
        TooLate: the lesson is published.
    """
    TalkDraft.objects.select_for_update(no_key=True).get(pk=word.draft_id)
    mine = Statement.objects.filter(draft=word.draft_id, teller=word.teller_id, person=word.person_id).select_related(
        "draft__lesson"
    )
    found = mine.get(pk=statement)
    if found.draft.lesson.live:
        raise TooLate
    if found.withdrawn_at is None:
        _taken_back(found, timezone.now())
    return found


@transaction.atomic
def let_go(*, draft: TalkDraft, lesson: LessonPage) -> None:
    """Forgets withdrawn words that do not stand in the lesson any more."""
    for statement in draft.statements.exclude(withdrawn_at=None).exclude(text=""):
        if not stands_in(lesson=lesson, text=statement.text):
            statement.text = ""
            statement.save(update_fields=["text"])


def stands_in(*, lesson: LessonPage, text: str) -> bool:
    """Whether these words stand in any field of the lesson, however its lines break."""
    return cutting.stands(" ".join(plain(str(getattr(lesson, name))) for name in WORDS), text)


def cut_out(*, draft: TalkDraft, text: str) -> None:
    """Takes words out of the lesson that is not published: the page, every version of it, and what its history calls it."""
    row: Any = LessonPage.objects.get(pk=draft.lesson_id)
    if row.live:
        return
    changed = _cut({name: str(getattr(row, name)) for name in HELD}, text)
    if changed:
        LessonPage.objects.filter(pk=row.pk).update(**changed)
    for version in row.revisions.all():
        cut = _cut({name: str(version.content.get(name) or "") for name in HELD}, text)
        if cut:
            version.content = {**version.content, **cut}
            version.object_str = str(version.content["title"])[:255]
            version.save(update_fields=["content", "object_str"])
    for entry in PageLogEntry.objects.filter(page=row.pk):
        named = _cut({"title": entry.label}, text)
        if named:
            PageLogEntry.objects.filter(pk=entry.pk).update(label=named["title"])


def _cut(words: dict[str, str], text: str) -> dict[str, str]:
    """What changes."""
    found = {}
    for name, said in words.items():
        is_plain = name in PLAIN or name in {*TITLES, "summary"}
        left = cutting.out_of_plain(said, text) if is_plain else cutting.out_of_html(said, text)
        if left != said:
            found[name] = left or (gettext("A lesson out of talk") if name in TITLES else "")
    return found


def _taken_back(statement: Statement, at: datetime) -> None:
    statement.withdrawn_at = at
    statement.save(update_fields=["withdrawn_at"])
    given = Word.objects.filter(draft=statement.draft_id, teller=statement.teller_id, person=statement.person_id)
    given.filter(state=Word.State.GIVEN).update(state=Word.State.ASKED, answered_at=None, digest="")
    cut_out(draft=statement.draft, text=statement.text)
    let_go(draft=statement.draft, lesson=newest(statement.draft.lesson))
    statement.refresh_from_db(fields=["text"])
