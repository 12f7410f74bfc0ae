"""Saying what is wrong with a post, with a reason: to its author and the moderators, or to the moderators alone."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kmportal.inbox.actions import tell
from kmportal.people.models import User
from qa.actions.ground import NoText, QaError, TooLong, moderators, pointer, take
from qa.models import Answer, Comment, Question, Report
from qa.notices import DOUBTED, REPORTED
from qa.permissions import can_report

REPORTS_A_DAY = 10
LONGEST_REASON = 500


class TooManyReports(QaError):
    words = _("You have reported ten posts today. Thank you; please go on tomorrow.")


@transaction.atomic
def report(*, actor: User, post: Question | Answer | Comment, kind: Report.Kind, reason: str) -> Report:
    """Reports a post. The author is told the reason, but not by whom; of a flag, nothing. The same again gives the first report.

    Raises:
        DoesNotExist: gone, or not the actor's to read.
        PermissionDenied: one's own; or "did not work" of what is no answer.
        NoText, TooLong, TooManyReports
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
    if Report.objects.filter(person=actor, created_at__gt=now - timedelta(days=1)).count() >= REPORTS_A_DAY:
        raise TooManyReports
    made = Report.objects.create(person=actor, kind=kind, reason=said, created_at=now, **pointer(post))
    if kind != Report.Kind.FLAG and post.author is not None:
        words = {"quote": said, "kind": str(kind)}
        tell(kind=DOUBTED, recipients=[post.author], actor=actor, anonymous=True, thing=made, key=str(made.pk), data=words)
    looking = [one for one in moderators(post) if one.pk != post.author_id]
    tell(kind=REPORTED, recipients=looking, actor=actor, thing=made, key=str(made.pk), data={"quote": said, "kind": str(kind)})
    return made
