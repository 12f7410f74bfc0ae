"""What the verbs stand on: errors, the contest taken for a change, and the line in its book."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F

from kmportal.contest import clock, deeds
from kmportal.contest.models import AuditAct, Contest, Entry
from kmportal.contest.permissions import can_run
from kmportal.people.models import User


class ContestError(Exception):
    """The step is not possible; `words` say why and what to do."""

    words: Any = ""


def write(*, contest: Contest, actor: User | None, act: str, entry: Entry | None = None, **data: Any) -> AuditAct:
    """A line in the contest's book, in the caller's transaction.

    Args:
        act: one of deeds.WORDS. actor: None for what the portal did by itself.
        data: plain JSON that explains it.

    Raises:
        KeyError: nobody declared the act.
    """
    deeds.WORDS[act]
    return AuditAct.objects.create(contest=contest, at=clock.now(), actor=actor, act=act, entry=entry, data=data)


def take_contest(*, actor: User, contest: int) -> Contest:
    """The contest, locked for a change by an organiser. In the caller's transaction.

    Raises:
        Contest.DoesNotExist: gone, or not theirs to see.
        PermissionDenied: they see it and do not run it.
    """
    found = Contest.objects.visible_to(actor).select_for_update(no_key=True, of=("self",)).get(pk=contest)
    if not can_run(actor, found):
        raise PermissionDenied
    return found


def touch(contest: Contest) -> None:
    """The contest changed: whoever has an older page of it open is told."""
    Contest.objects.filter(pk=contest.pk).update(revision=F("revision") + 1, changed_at=clock.now())
