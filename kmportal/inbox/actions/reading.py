"""What somebody does with their own notices: read, unread, choose, stop; and the retention of what was read."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone

from kmportal.inbox import bell
from kmportal.inbox.kinds import INBOX, MAIL, concerning, kind_of
from kmportal.inbox.models import Notice, NoticeSetting
from kmportal.inbox.querysets import NoticeQuerySet
from kmportal.people.models import User

KEPT = timedelta(days=180)
ROWS_A_ROUND = 500
Wanted = Mapping[tuple[str, str], bool]


def mark_read(*, actor: User, pk: int | None = None, kind: str = "", upto: int | None = None) -> datetime | None:
    """Marks one notice, or all up to the newest that the person saw; with them what they speak for.

    Returns:
        The moment that stands on them, by which undo_read finds them again; None where there was nothing to mark.
    """
    chosen = Notice.objects.visible_to(actor).unread()
    if pk is not None:
        chosen = chosen.filter(pk=pk)
    if kind:
        chosen = chosen.filter(kind=kind)
    if upto is not None:
        chosen = chosen.filter(pk__lte=upto)
    moment = timezone.now()
    marked = _with_folded(actor, chosen).filter(read_at=None).update(read_at=moment)
    bell.forget([actor.pk])
    return moment if marked else None


def read_about(*, actors: Collection[int], kind: str, thing: Model) -> None:
    """Marks what these people were told of a thing as read: they looked at it by another way."""
    about = Notice.objects.filter(
        recipient__in=actors, kind=kind, thing_type=ContentType.objects.get_for_model(type(thing)), thing_id=thing.pk
    )
    if told := set(about.filter(read_at=None).order_by().values_list("recipient", flat=True)):
        about.filter(read_at=None).update(read_at=timezone.now())
        bell.forget(told)


def undo_read(*, actor: User, moment: datetime) -> int:
    """Takes one marking back: what was marked at that moment is unread again."""
    bell.forget([actor.pk])
    return Notice.objects.filter(recipient=actor, read_at=moment).update(read_at=None)


def mark_unread(*, actor: User, pk: int) -> int:
    """Keeps one notice for later, with what it speaks for."""
    bell.forget([actor.pk])
    return _with_folded(actor, Notice.objects.visible_to(actor).filter(pk=pk)).update(read_at=None)


def _with_folded(actor: User, chosen: NoticeQuerySet) -> NoticeQuerySet:
    heads = chosen.order_by().values("pk")
    return Notice.objects.filter(Q(pk__in=heads) | Q(newer__in=heads), recipient=actor)


@transaction.atomic
def set_channels(*, actor: User, wanted: Wanted) -> None:
    """Keeps where the actor wants which kinds: {(code, channel): yes or no}. What is fixed or does not concern them is left as it is."""
    for kind in concerning(actor):
        if (kind.code, INBOX) not in wanted or (kind.code, MAIL) not in wanted:
            continue
        chosen = {channel: kind.is_fixed(channel) or wanted[kind.code, channel] for channel in (INBOX, MAIL)}
        NoticeSetting.objects.update_or_create(person=actor, kind=kind.code, defaults=chosen)


def stop_mail(*, person: User, kind: str) -> None:
    """Switches the mail of one kind off; the inbox stays as it was. Called by whoever holds the link of a mail (inbox.tokens).

    Raises:
        KeyError: there is no such kind, or its mail cannot be switched off.
    """
    declared = kind_of(kind)
    if declared.mail_fixed:
        raise KeyError(kind)
    NoticeSetting.objects.update_or_create(
        person=person, kind=kind, defaults={"mail": False}, create_defaults={"mail": False, "inbox": declared.inbox}
    )


def clear_old() -> None:
    """The chore of the task worker: notices read more than 180 days ago go."""
    old = Notice.objects.read_before(timezone.now() - KEPT).order_by("read_at").values_list("pk", flat=True)
    if gone := list(old[:ROWS_A_ROUND]):
        Notice.objects.filter(pk__in=gone).delete()
