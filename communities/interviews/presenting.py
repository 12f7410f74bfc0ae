"""What the screens of interviews show, in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator

from communities.interviews.actions.ground import digest_of
from communities.interviews.models import Interview, Note, Question, Recording
from communities.models import Community

ON_A_PAGE = 20


@dataclass(frozen=True)
class Progress:
    """How far an interview is."""

    done: int
    number: int

    @property
    def left(self) -> int:
        return self.number - self.done


@dataclass(frozen=True)
class Asked:
    question: Question
    url: str


@dataclass(frozen=True)
class Noted:
    """A note; `jump` opens the sound at its second, `place` the page of the recording there."""

    note: Note
    jump: str
    place: str
    change: str
    remove: str


@dataclass(frozen=True)
class Heard:
    recording: Recording
    url: str
    file: str
    remove: str
    notes: list[Noted]


def listed_in(community: Community, user: Any, page: str) -> "ListPage[Interview]":
    """Those that this reader may see, newest first, with their progress."""
    rows = (
        Interview.objects.visible_to(user)
        .filter(community=community)
        .counted()
        .select_related("community", "asker__person")
        .order_by("-created_at", "-pk")
    )
    return Paginator(rows, ON_A_PAGE).get_page(page)


def asked_of(user: Any, page: str) -> "ListPage[Interview]":
    """Those that this person is asked in."""
    rows = Interview.objects.of_expert(user).counted().select_related("community", "asker__person").order_by("-created_at", "-pk")
    return Paginator(rows, ON_A_PAGE).get_page(page)


def whole(door: Any) -> dict[str, Any]:
    """The questions with their answers, the recordings with their notes, and the digest of it all. `door` gives the addresses."""
    interview = door.interview
    rows = [Asked(one, door.url("answer", one.position)) for one in interview.questions.select_related("typed_by__person")]
    done = sum(1 for one in rows if one.question.answer or one.question.skipped)
    unanswered = [one for one in rows if not (one.question.answer or one.question.skipped)]
    recordings = interview.recordings.select_related("added_by__person").prefetch_related("notes__typed_by__person")
    return {
        "rows": rows,
        "progress": Progress(done, len(rows)),
        "next": unanswered[0] if unanswered else None,
        "heard": [heard(door, one) for one in recordings],
        "digest": digest_of(interview),
        "has_words": any(one.question.answer for one in rows) or bool(recordings),
    }


def heard(door: Any, recording: Recording) -> Heard:
    """A recording with its notes and where each is changed."""
    url, sound = door.url("listen", recording.pk), door.url("file", recording.pk)
    notes = [
        Noted(one, f"{sound}#t={one.at}", f"{url}#t={one.at}", f"{url}?note={one.pk}#note", door.url("note_remove", one.pk))
        for one in recording.notes.all()
    ]
    return Heard(recording, url, sound, door.url("remove", recording.pk), notes)
