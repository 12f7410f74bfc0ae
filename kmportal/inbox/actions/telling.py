"""Telling people what happened, and taking it back."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, OuterRef, Subquery
from django.utils import timezone, translation

from kmportal.inbox import bell
from kmportal.inbox.actions import mailing
from kmportal.inbox.kinds import INBOX, MAIL, Kind, kind_of
from kmportal.inbox.models import Notice, NoticeSetting
from kmportal.people.models import User

# How many people one task of the queue writes to: a mail server may take its time, and a task that dies takes its list with it.
LETTERS_A_TASK = 20
_paused: ContextVar[bool] = ContextVar("inbox_mails_paused", default=False)


@contextmanager
def mails_paused() -> Iterator[None]:
    """What is told inside stands in the inbox and is not mailed, also not later. For loading many things at once."""
    before = _paused.set(True)
    try:
        yield
    finally:
        _paused.reset(before)


@transaction.atomic
def tell(
    *,
    kind: str,
    recipients: Iterable[User],
    key: str,
    actor: User | None = None,
    thing: Model | None = None,
    data: dict[str, Any] | None = None,
    group: str = "",
    titles: tuple[str, str] | None = None,
    anonymous: bool = False,
) -> int:
    """Writes one notice for each person, in the caller's transaction; mails go out after it has ended well.

    Args:
        kind: the code of a declared kind.
        recipients: whom to tell. The actor and switched-off accounts are left out, and whoever wants the kind nowhere.
        key: what happened, the same words each time it is told: nobody hears of it twice.
        data: what the words need besides; plain JSON. `quote` is shown as it stands, as the words of somebody.
        group: notices of one kind and group fold into the newest while unread, and only the first of them is mailed.
        titles: Thai and English, where the thing's own are not the right ones.
        anonymous: the actor is not told either, and not kept.

    Returns:
        How many were told now.

    Raises:
        KeyError: the kind was not declared.
    """
    declared = kind_of(kind)
    row = _common(declared, thing, titles) | {
        "actor": None if anonymous else actor, "data": data or {}, "key": _key(kind, key), "group": _group(kind, group)
    }  # fmt: skip
    return _write(declared, _reachable(recipients, actor), row)


def _write(kind: Kind, whom: list[int], row: dict[str, Any]) -> int:
    known = set(Notice.objects.filter(recipient__in=whom, key=row["key"]).values_list("recipient", flat=True))
    channels = _channels(kind, [pk for pk in whom if pk not in known])
    silent = _mailed_already(row["group"], channels)
    mailed = [pk for pk, wanted in channels.items() if MAIL in wanted and pk not in silent] if _mails_go_out() else []
    waiting = {"mail": Notice.Mail.WAITING, "mail_after": row["created_at"]}
    Notice.objects.bulk_create(
        [
            Notice(recipient_id=pk, in_inbox=INBOX in wanted, **row, **(waiting if pk in mailed else {}))
            for pk, wanted in channels.items()
        ],
        ignore_conflicts=True,  # the same thing told twice at the same moment
    )
    if row["group"]:
        _fold(row["group"], row["key"], list(channels))
    bell.forget(channels)
    for start in range(0, len(mailed), LETTERS_A_TASK):
        # Robust: what was done stays done when the queue fails; the chore finds the mail.
        transaction.on_commit(partial(mailing.enqueue, recipients=mailed[start : start + LETTERS_A_TASK]), robust=True)
    return len(channels)


@transaction.atomic
def take_back(*, kind: str, key: str) -> int:
    """Removes what was told and not read yet, because it did not come to stay: a vote withdrawn. Gives the number of notices."""
    gone = Notice.objects.filter(kind=kind, key=_key(kind, key), read_at=None)
    spoke_for = list(Notice.objects.filter(newer__in=gone).values_list("pk", flat=True))
    count, _by_model = gone.delete()
    for notice in Notice.objects.filter(pk__in=spoke_for).order_by("recipient", "-pk"):
        _fold(notice.group, notice.key, [notice.recipient_id])
    return count


def settle(*, kind: str, thing: Model) -> int:
    """Marks as read for everybody what nobody needs to do any more: the page was reviewed by somebody else."""
    about = Notice.objects.filter(kind=kind, thing_type=_type_of(thing), thing_id=thing.pk, read_at=None)
    return about.update(read_at=timezone.now())


def _key(kind: str, key: str) -> str:
    return f"{kind}:{key}"


def _group(kind: str, group: str) -> str:
    return f"{kind}:{group}" if group else ""


def _type_of(thing: Model) -> ContentType:
    return ContentType.objects.get_for_model(thing)


def _reachable(recipients: Iterable[User], actor: User | None) -> list[int]:
    wanted = {user.pk for user in recipients} - {actor.pk if actor else None}
    return sorted(User.objects.filter(pk__in=wanted, is_active=True).values_list("pk", flat=True)) if wanted else []


def _channels(kind: Kind, people: list[int]) -> dict[int, set[str]]:
    """Where each of them wants this kind; those who want it nowhere are left out."""
    chosen = {row.person_id: row for row in NoticeSetting.objects.filter(kind=kind.code, person__in=people)} if people else {}
    found: dict[int, set[str]] = {}
    for pk in people:
        row: Any = chosen.get(pk, kind)
        found[pk] = {channel for channel in (INBOX, MAIL) if getattr(row, channel) or kind.is_fixed(channel)}
    return {pk: wanted for pk, wanted in found.items() if wanted}


def _mailed_already(group: str, people: Iterable[int]) -> set[int]:
    """Who has an unread notice of this group that was or will be mailed."""
    if not group:
        return set()
    unread = Notice.objects.filter(recipient__in=people, group=group, read_at=None)
    return set(unread.exclude(mail__in=[Notice.Mail.NONE, Notice.Mail.GIVEN_UP]).values_list("recipient", flat=True))


def _common(kind: Kind, thing: Model | None, titles: tuple[str, str] | None) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": kind.code, "created_at": timezone.now()}
    if thing is None:
        return found
    thai, english = titles or kind.titles(thing)
    with translation.override(settings.LANGUAGE_CODE):  # addresses are kept without a language; each reader gets their own
        url = kind.place(thing)
    return found | {
        "thing_type": _type_of(thing), "thing_id": thing.pk, "title": thai[:255], "title_en": english[:255],
        "url": url if url.startswith("/") and not url.startswith(("//", "/\\")) else "",
    }  # fmt: skip


def _mails_go_out() -> bool:
    return mailing.is_set_up() and not _paused.get()


def _fold(group: str, key: str, people: list[int]) -> None:
    """Older unread notices of the group step behind the one with this key."""
    newest = Notice.objects.filter(recipient=OuterRef("recipient"), key=key).values("pk")[:1]
    older = Notice.objects.filter(recipient__in=people, group=group, read_at=None).exclude(key=key)
    older.filter(pk__lt=Subquery(newest)).update(newer=Subquery(newest))
