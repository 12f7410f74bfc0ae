"""The tellers' word: nobody's telling is published before they have read it as it will stand. Asked by mail, answered by its link."""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from communities.harvest.actions.ground import HarvestError
from communities.harvest.models import TalkDraft, Word
from communities.harvest.telling import reading_of, readings
from kmportal.people.models import Person, User

LINK_HOLDS = timedelta(days=60)


class NothingToSay(HarvestError):
    words = _("Say what should change.")


class WrittenAnew(HarvestError):
    words = _("The text was changed after you opened it. Read it again as it stands now, then answer.")


class TooLate(HarvestError):
    words = _("This lesson is published. Tell its note-taker or a coordinator what should change.")


def tellers_of(draft: TalkDraft) -> list[User | Person]:
    """Those with a statement in the draft that they did not withdraw: accounts, then people without one."""
    standing = draft.statements.standing()
    keys = standing.exclude(teller=None).values("teller")
    people = Person.objects.filter(pk__in=standing.exclude(person=None).values("person"))
    return [*User.objects.filter(pk__in=keys, is_active=True).order_by("pk"), *people.order_by("pk")]


def key_of(teller: User | Person) -> dict[str, User | Person | None]:
    """The fields of a word or a statement that name this teller."""
    return {"teller": None, "person": teller} if isinstance(teller, Person) else {"teller": teller, "person": None}


@transaction.atomic
def approve(*, word: Word, read: str, at: datetime) -> Word:
    """The teller's word for the text they have read.

    Args:
        word: found by the teller's own account or by the link of their mail: whoever calls has made sure of it.
        read: digest of the text that was shown to them.

    Raises:
        WrittenAnew, TooLate, Word.DoesNotExist
    """
    return _answered(word, Word.State.GIVEN, read, "", at)


@transaction.atomic
def refuse(*, word: Word, read: str, says: str, at: datetime) -> Word:
    """The teller wants other words.

    Raises:
        NothingToSay, WrittenAnew, TooLate, Word.DoesNotExist
    """
    if not says.strip():
        raise NothingToSay
    return _answered(word, Word.State.REFUSED, read, says.strip()[:1000], at)


def missing(draft: TalkDraft) -> list[User | Person]:
    """Tellers whose word for the very text of the newest version is not there."""
    tellers = tellers_of(draft)
    given = {word.told_by: word.digest for word in Word.objects.filter(draft=draft, state=Word.State.GIVEN)}
    read = readings(draft, tellers)
    return [
        one for one, text in zip(tellers, read, strict=True) if given.get((isinstance(one, Person), one.pk)) not in text.digests
    ]


@transaction.atomic
def new_link(*, word: Word, at: datetime) -> str:
    """A new secret for the mail; an older link stops to work."""
    secret = token_urlsafe(32)
    Word.objects.filter(pk=word.pk).update(link=_digest(secret), asked_at=at)
    return secret


def by_link(*, secret: str, now: datetime) -> Word:
    """The word that the link of a mail asks for.

    Raises:
        Word.DoesNotExist: never was, was replaced, or is too old.
    """
    open_ones = Word.objects.filter(draft__dropped_at=None, asked_at__gt=now - LINK_HOLDS)
    open_ones = open_ones.exclude(teller__is_active=False)
    return open_ones.select_related("draft__channel__community", "draft__lesson", "teller", "person").get(link=_digest(secret))


def own(*, actor: User, pk: int) -> Word:
    """The word that is the actor's to give.

    Raises:
        Word.DoesNotExist, PermissionDenied: it is another member's.
    """
    found = Word.objects.visible_to(actor).select_related("draft__channel__community", "draft__lesson").get(pk=pk)
    if found.teller_id != actor.pk:
        raise PermissionDenied
    return found


def _answered(word: Word, state: Word.State, read: str, says: str, at: datetime) -> Word:
    draft = (
        TalkDraft.objects.present()
        .select_for_update(no_key=True, of=("self",))
        .select_related("lesson", "channel")
        .get(pk=word.draft_id)
    )
    if draft.lesson.live:
        raise TooLate
    current = Word.objects.select_related("teller", "person").get(pk=word.pk)
    current.draft = draft
    if read != reading_of(current).digests[0]:
        raise WrittenAnew
    return record(word=current, state=state, digest=read, says=says, at=at)


def record(*, word: Word, state: Word.State, digest: str, says: str, at: datetime) -> Word:
    """Writes an answer down; for verbs that hold the draft."""
    word.state, word.digest, word.says, word.answered_at = state, digest, says, at
    word.save(update_fields=["state", "digest", "says", "answered_at"])
    return word


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
