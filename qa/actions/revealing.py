"""Looking up who asked without a name: moderators may, for a reason, and it stands in the book."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kmportal.moderation.actions import audit
from kmportal.people.models import User
from qa.actions.ground import NoText, TooLong, take
from qa.models import Question
from qa.permissions import can_look_up
from qa.querysets import AUTHOR_SHOWN, looked_up_by

LONGEST_WHY = 500


@transaction.atomic
def look_up_author(*, actor: User, question: Question, why: str) -> None:
    """From now on the actor sees who asked, here and below, as long as they moderate it. Again changes nothing.

    Raises:
        Question.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied: not a moderator of it, or it has a name.
        NoText: no reason. TooLong
    """
    question = take(actor=actor, post=question)
    if not can_look_up(actor, question):
        raise PermissionDenied
    if not why.strip():
        raise NoText
    if len(why) > LONGEST_WHY:
        raise TooLong
    if not looked_up_by(actor).filter(thing_id=question.pk).exists():
        audit.record(actor=actor, act=AUTHOR_SHOWN, thing=question, reason=why)
