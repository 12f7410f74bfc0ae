"""Handed over, approved, opened again, withdrawn."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.harvest.actions.withdrawing import source_gone
from communities.interviews.actions.ground import (
    Hand,
    InterviewError,
    NotOpen,
    digest_of,
    expert_only,
    heard,
    still_open,
    take,
    take_open,
)
from communities.interviews.actions.sending import NothingAnswered, has_words
from communities.interviews.harvested import root_of
from communities.interviews.kinds import APPROVED, FOR_WORD, HANDED_OVER, WITHDRAWN
from communities.interviews.models import Interview
from communities.models import Membership
from kmportal.inbox.actions import settle, tell
from kmportal.people.models import User

State = Interview.State


class WrittenAnew(InterviewError):
    words = _("The text was changed after you opened it. Read it again as it stands now, then approve.")


@transaction.atomic
def hand_over(*, actor: Hand) -> Interview:
    """The expert is done for now; whoever asks reads it. It can be changed until it is approved.

    Raises:
        Interview.DoesNotExist, PermissionDenied, NotOpen, NothingAnswered
    """
    found = expert_only(actor=actor)
    still_open(found)
    if not has_words(found):
        raise NothingAnswered
    heard(interview=found, actor=actor)
    if found.state != State.HANDED_OVER:
        found.state, found.handed_over_at = State.HANDED_OVER, timezone.now()
        found.save(update_fields=["state", "handed_over_at"])
        _tell(found, HANDED_OVER, actor)
    return found


@transaction.atomic
def approve(*, actor: Hand, read: str) -> Interview:
    """The expert's word for the very text that they have read: members of the community read it from now on.

    Args:
        read: digest of what was shown to them.

    Raises:
        Interview.DoesNotExist, PermissionDenied, NotOpen, NothingAnswered, WrittenAnew
    """
    found = expert_only(actor=actor)
    if found.state == State.APPROVED and found.digest == read:
        return found
    still_open(found)
    if not has_words(found):
        raise NothingAnswered
    digest = digest_of(found)
    if read != digest:
        raise WrittenAnew
    now = timezone.now()
    found.state, found.digest, found.approved_at = State.APPROVED, digest, now
    found.heard_at = found.heard_at or now
    found.handed_over_at = found.handed_over_at or now
    found.save()
    settle(kind=FOR_WORD, thing=found)
    _tell(found, APPROVED, actor)
    return found


@transaction.atomic
def reopen(*, actor: Hand) -> Interview:
    """To change something: nobody but those who work on it reads it until the expert has approved it anew.

    Raises:
        Interview.DoesNotExist, PermissionDenied
        NotOpen: of a community that is archived.
    """
    found = take(actor=actor)
    if found.community.is_archived:
        raise NotOpen
    if found.state == State.APPROVED:
        found.state, found.digest, found.approved_at = State.ANSWERING, "", None
        found.save()
    return found


@transaction.atomic
def withdraw(*, actor: Hand) -> Interview:
    """The expert takes everything back: answers, recordings and notes are deleted, and no lesson with these words is published.

    What was published before stays in the library. Again changes nothing.

    Raises:
        Interview.DoesNotExist, PermissionDenied
    """
    found = expert_only(actor=actor)
    if found.state != State.WITHDRAWN:
        _empty(found)
        _tell(found, WITHDRAWN, actor)
    return found


@transaction.atomic
def drop(*, actor: Hand) -> Interview:
    """Whoever asks calls it off before anything is approved; what was written is deleted.

    Raises:
        Interview.DoesNotExist, PermissionDenied, NotOpen
    """
    if actor.is_expert:
        raise PermissionDenied
    found = take_open(actor=actor)
    _empty(found)
    return found


def _empty(interview: Interview) -> None:
    source_gone(root=root_of(interview))
    interview.questions.filter(~Q(answer="") | Q(skipped=True)).update(
        answer="", skipped=False, typed_by=None, by_expert=False, typed_at=None
    )
    files = [one.file for one in interview.recordings.all()]
    interview.recordings.all().delete()
    transaction.on_commit(lambda: [file.storage.delete(file.name) for file in files] and None)
    interview.state, interview.digest, interview.approved_at = State.WITHDRAWN, "", None
    interview.withdrawn_at = timezone.now()
    interview.save()


def _tell(interview: Interview, kind: str, actor: Hand) -> None:
    """Whoever asked and the note-takers, as long as they are in the space."""
    inside = Membership.objects.present().filter(community=interview.community_id)
    workers = inside.filter(Q(user=interview.asker_id) | Q(role=Membership.Role.NOTE_TAKER)).values("user")
    people = User.objects.filter(pk__in=workers)
    key = f"interview:{interview.pk}:{timezone.now():%Y%m%d%H%M%S}"
    tell(kind=kind, recipients=people, thing=interview, key=key, data={"name": interview.expert_name})
