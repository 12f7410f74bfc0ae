"""Saying what is wrong with a post, with a reason: to its author and the moderators, or to the moderators alone."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kmportal.inbox.actions import tell
from kmportal.moderation.actions.cases import open_case
from kmportal.people.models import User
from qa.actions.ground import NoText, TooLong, pointer, take
from qa.actions.judging import POST, case_key, evidence_of
from qa.models import Answer, Comment, Question, Report
from qa.notices import DOUBTED
from qa.permissions import can_report
from qa.rules import require_share

LONGEST_REASON = 500


@transaction.atomic
def report(*, actor: User, post: Question | Answer | Comment, kind: Report.Kind, reason: str) -> Report:
    """Reports a post, in the one case about it. The author is told the reason, but not by whom; of a flag, nothing, until it is decided.

    The same again gives the first report.

    Raises:
        DoesNotExist: gone, or not the actor's to read.
        PermissionDenied: one's own; or "did not work" of what is no answer.
        NoText, TooLong, OverTheLimit
    """
    post = take(actor=actor, post=post)
    if not can_report(actor, post, kind):
        raise PermissionDenied
    said, now = " ".join(reason.split()), timezone.now()
    if not said:
        raise NoText
    if len(said) > LONGEST_REASON:
        raise TooLong
    before = Report.objects.filter(person=actor, kind=kind, **pointer(post)).first()
    if before is not None:
        return before
    require_share(actor=actor, of=Report, now=now)
    made = Report.objects.create(person=actor, kind=kind, reason=said, created_at=now, **pointer(post))
    if kind != Report.Kind.FLAG and post.author is not None:
        words = {"quote": said, "kind": str(kind)}
        tell(kind=DOUBTED, recipients=[post.author], actor=actor, anonymous=True, thing=made, key=str(made.pk), data=words)
    open_case(
        kind=POST, subject=post, key=case_key(post), evidence=evidence_of(post), opened_by=actor, reason=said, sort=str(kind),
        again=True,
    )  # fmt: skip
    return made
