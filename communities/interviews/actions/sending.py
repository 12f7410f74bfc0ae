"""The mails to the expert: asked, reminded, asked for approval. Each has a link of its own, and leaves after the commit."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from communities.interviews import letters
from communities.interviews.actions.ground import Hand, InterviewError, digest_of, take_open
from communities.interviews.actions.links import new_link, run_out
from communities.interviews.kinds import ASKED, FOR_WORD
from communities.interviews.models import Interview
from kmportal.inbox.actions import tell

State = Interview.State


class NothingAsked(InterviewError):
    words = _("There is no question yet. Write at least one.")


class NothingAnswered(InterviewError):
    words = _("There is nothing to approve yet: no question is answered and no recording is there.")


@task()
def mail_expert(*, interview: int, letter: str) -> None:
    """Writes one mail with a new link, unless the interview was closed meanwhile."""
    found = Interview.objects.filter(pk=interview).exclude(state__in=[State.DRAFT, State.WITHDRAWN])
    for one in found.select_related("community", "asker", "expert"):
        letters.letter(one, letter, new_link(interview=one, at=timezone.now())).send()


def post(*, interview: Interview, letter: str) -> None:
    """Puts a mail into the queue, if the caller's transaction ends well."""
    transaction.on_commit(lambda: mail_expert.enqueue(interview=interview.pk, letter=letter) and None)


@transaction.atomic
def send(*, actor: Hand) -> Interview:
    """Asks the expert, by mail and, with an account, in their inbox. Sent again, the mail has a new link and the old one is dead.

    Raises:
        Interview.DoesNotExist, PermissionDenied, NotOpen, NothingAsked
    """
    found = take_open(actor=actor)
    if actor.is_expert:
        raise PermissionDenied
    if not found.questions.exists():
        raise NothingAsked
    if found.state == State.DRAFT:
        found.state, found.sent_at = (State.ANSWERING if has_words(found) else State.SENT), timezone.now()
        found.save(update_fields=["state", "sent_at"])
    post(interview=found, letter=letters.ASKED)
    if found.expert is not None:
        tell(kind=ASKED, recipients=[found.expert], actor=actor.user, thing=found, key=f"interview:{found.pk}")
    return found


@transaction.atomic
def ask_approval(*, actor: Hand) -> Interview:
    """What was typed in the expert's name goes to the expert to read, correct and approve.

    Raises:
        Interview.DoesNotExist, PermissionDenied, NotOpen, NothingAnswered
    """
    found = take_open(actor=actor)
    if actor.is_expert:
        raise PermissionDenied
    if not has_words(found):
        raise NothingAnswered
    now = timezone.now()
    found.state, found.handed_over_at, found.sent_at = State.HANDED_OVER, now, found.sent_at or now
    found.save(update_fields=["state", "handed_over_at", "sent_at"])
    post(interview=found, letter=letters.APPROVE)
    if found.expert is not None:
        key = f"interview:{found.pk}:{digest_of(found)[:16]}"
        tell(kind=FOR_WORD, recipients=[found.expert], actor=actor.user, thing=found, key=key)
    return found


@transaction.atomic
def renew(*, secret: str) -> None:
    """A new link for whoever holds one that ran out; it goes to the address that is known. Nothing for what never was a link."""
    found = run_out(secret=secret, now=timezone.now())
    if found is not None:
        post(interview=found, letter=letters.RENEWED)


def has_words(interview: Interview) -> bool:
    return interview.questions.exclude(answer="").exists() or interview.recordings.exists()
