"""What the verbs stand on: errors, whose hand it is, the interview taken for it, and what names its very text."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.interviews.models import Interview, Note
from communities.interviews.permissions import can_work
from kmportal.people.models import User


class InterviewError(Exception):
    """The step is not possible; `words` say why and what to do."""

    words: Any = ""


class NotOpen(InterviewError):
    words = _("This interview is approved or withdrawn, so nothing is written in it. Open it again first.")


class WrittenMeanwhile(InterviewError):
    words = _("Somebody else has written here meanwhile. Below is what stands there now; your words are kept in the box.")


@dataclass(frozen=True)
class Hand:
    """Whoever writes in an interview: one of those who work on it, or the expert, by their account or by the link of their mail.

    Made by `worker` below and by actions.links, which make sure of who it is; every verb asks again under the lock.
    """

    interview: int
    user: User | None
    is_expert: bool
    link: str = ""


def worker(*, user: User, interview: int) -> Hand:
    return Hand(interview, user, is_expert=False)


def take(*, actor: Hand) -> Interview:
    """The interview, locked, so that writing and approving wait for each other.

    Raises:
        Interview.DoesNotExist: gone, not theirs to read, or the link was replaced.
        PermissionDenied: it is read, and not worked on.
    """
    rows = Interview.objects.all()
    if not actor.is_expert:
        rows = rows.visible_to(actor.user)
    elif actor.user is not None:
        rows = rows.of_expert(actor.user)
    else:
        rows = rows.filter(link=actor.link).exclude(link="")
    found = (
        rows.select_for_update(no_key=True, of=("self",)).select_related("community", "expert", "asker").get(pk=actor.interview)
    )
    if not actor.is_expert and not can_work(actor.user, found):
        raise PermissionDenied
    return found


def heard(*, interview: Interview, actor: Hand) -> None:
    """Keeps that the expert has written themselves. In the caller's transaction."""
    if actor.is_expert and interview.heard_at is None:
        interview.heard_at = timezone.now()
        interview.save(update_fields=["heard_at"])


def take_open(*, actor: Hand) -> Interview:
    """As `take`, to write in it.

    Raises:
        NotOpen, Interview.DoesNotExist, PermissionDenied
    """
    found = take(actor=actor)
    still_open(found)
    return found


def still_open(interview: Interview) -> None:
    """
    Raises:
        NotOpen: approved, withdrawn, or of a community that is archived.
    """
    if not interview.is_open or interview.community.is_archived:
        raise NotOpen


def expert_only(*, actor: Hand) -> Interview:
    """As `take`, for what nobody does in the expert's name.

    Raises:
        PermissionDenied, Interview.DoesNotExist
    """
    if not actor.is_expert:
        raise PermissionDenied
    return take(actor=actor)


def digest_of(interview: Interview) -> str:
    """What names the very words and recordings that readers will meet; another word, another digest."""
    notes = Note.objects.filter(recording__interview=interview)
    whole = [
        interview.title,
        interview.purpose,
        interview.expert_name,
        list(interview.questions.order_by("position", "pk").values_list("text_th", "text_en", "answer", "skipped")),
        list(interview.recordings.order_by("pk").values_list("title", "sha256")),
        list(notes.order_by("recording", "at", "pk").values_list("recording", "at", "text", "field")),
    ]
    return sha256(json.dumps(whole, ensure_ascii=False, default=list).encode()).hexdigest()


def tidy(text: str, *, most: int) -> str:
    """Words as they are kept: one form of line ends, nothing at the edges."""
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()[:most]
