"""The expert is reminded by mail seven days before the day and on it, once each: a chore of the task worker.

It may run in several processes at the same time: who writes the mark, tells.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from communities.interviews import letters
from communities.interviews.actions.sending import post
from communities.interviews.kinds import DUE
from communities.interviews.models import Interview
from kmportal.inbox.actions import tell

AHEAD, LATE = timedelta(days=7), timedelta(days=14)
A_DAY = timedelta(days=1)
ROWS_A_ROUND = 50
State, Stage = Interview.State, Interview.Reminded


def remind() -> None:
    """Not within a day of the first mail; a day that passed while nobody looked is told of once, up to two weeks late."""
    day = timezone.localdate()
    waiting = Interview.objects.filter(state__in=[State.SENT, State.ANSWERING], sent_at__lt=timezone.now() - A_DAY)
    living = waiting.filter(community__archived_at=None).select_related("expert", "community", "asker")
    soon = living.filter(due_on__gt=day, due_on__lte=day + AHEAD, reminded=Stage.NOT_YET)
    now_due = living.filter(due_on__lte=day, due_on__gte=day - LATE).exclude(reminded=Stage.DUE)
    for stage, rows in ((Stage.SOON, soon), (Stage.DUE, now_due)):
        for one in rows.order_by("due_on", "pk")[:ROWS_A_ROUND]:
            _remind(one, stage)


@transaction.atomic
def _remind(interview: Interview, stage: str) -> None:
    same = Interview.objects.filter(pk=interview.pk, due_on=interview.due_on, reminded=interview.reminded)
    if not same.update(reminded=stage):
        return
    post(interview=interview, letter=letters.REMINDER)
    if interview.expert is not None and interview.due_on is not None:
        key = f"interview:{interview.pk}:{interview.due_on}:{stage}"
        tell(kind=DUE, recipients=[interview.expert], thing=interview, key=key, data={"due": interview.due_on.isoformat()})
