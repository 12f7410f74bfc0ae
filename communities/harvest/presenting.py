"""What the screens of the harvest show, in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.utils.functional import Promise

from communities.harvest.actions.ground import newest, text_of
from communities.harvest.actions.words import tellers_of
from communities.harvest.fields import IN_LESSON, PLAIN, WORDS, Field
from communities.harvest.gates import still_said
from communities.harvest.models import Mark, TalkDraft, Word
from communities.harvest.telling import Reading, readings
from communities.models import Community
from communities.talk.models import Channel
from kmportal.core import clean
from kmportal.library.searched_pages import plain
from kmportal.library.ticks import ticks
from kmportal.people.models import Person, User

ON_A_PAGE = 20


@dataclass(frozen=True)
class Told:
    """A field of the lesson that says something."""

    name: str
    label: str | Promise
    html: str
    is_plain: bool


@dataclass(frozen=True)
class Bucket:
    """The marks of one field."""

    field: Field
    marks: list[Mark]


@dataclass(frozen=True)
class Teller:
    """Somebody with a statement in the draft, and their word as far as it holds for the text as it stands."""

    user: User | Person
    word: Word | None
    holds: bool


def told_in(text_by_field: dict[str, str]) -> list[Told]:
    """The fields in the order of the record, without empty ones."""
    found = []
    for field in Field:
        name = IN_LESSON[field]
        text = text_by_field.get(name, "")
        if text:
            found.append(Told(name, field.label, text if name in PLAIN else clean.again(text), name in PLAIN))
    return found


def in_basket(channel: Channel, user: Any) -> dict[str, Any]:
    """Confirmed marks by field, those that wait, and the keys of the confirmed. Two queries."""
    marks = list(
        Mark.objects.visible_to(user).filter(message__channel=channel, taken_into=None)
        .select_related("message__author__person__agency", "message__channel__community", "by")
    )  # fmt: skip
    kept = [mark for mark in marks if mark.is_confirmed]
    buckets = [Bucket(field, [mark for mark in kept if mark.field == field]) for field in Field]
    return {
        "buckets": [bucket for bucket in buckets if bucket.marks],
        "waiting": [mark for mark in marks if not mark.is_confirmed],
        "keys": [mark.pk for mark in kept],
    }


def words_of(draft: TalkDraft) -> dict[str, str]:
    """The newest version as plain words, as the form shows it."""
    lesson = newest(draft.lesson)
    said = {name: str(getattr(lesson, name)) for name in WORDS if name != "summary"}
    return {name: text if name in PLAIN or name == "title" else _typed(text) for name, text in said.items()} | {
        "reach": draft.reach
    }


def _typed(html: str) -> str:
    """Paragraphs as a person would type them."""
    return "\n\n".join(text for part in html.split("</p>") if (text := plain(part)))


def writing(draft: TalkDraft) -> dict[str, Any]:
    """The statements, the tellers' words, and what a good lesson needs."""
    lesson = newest(draft.lesson)
    given = {word.told_by: word for word in draft.words.all()}
    asked = [(one, given.get((isinstance(one, Person), one.pk))) for one in tellers_of(draft)]
    read = readings(draft, [one for one, _word in asked])
    people = [Teller(one, word, _holds(word, text)) for (one, word), text in zip(asked, read, strict=True)]
    return {
        "lesson": lesson,
        "fields": told_in(text_of(lesson)),
        "statements": list(draft.statements.select_related("message__channel__community", "teller__person", "person")),
        "tellers": people,
        "all_agree": all(one.holds for one in people),
        "still_said": still_said(draft),
        "ticks": ticks(lesson),
        "in_review": draft.lesson.workflow_in_progress,
    }


def _holds(word: Word | None, text: Reading) -> bool:
    return word is not None and word.state == Word.State.GIVEN and word.digest in text.digests


def listed_in(community: Community, user: Any, page: str) -> "ListPage[TalkDraft]":
    drafts = TalkDraft.objects.visible_to(user).present().filter(channel__community=community)
    return Paginator(drafts.select_related("channel__community", "lesson", "by__person"), ON_A_PAGE).get_page(page)
