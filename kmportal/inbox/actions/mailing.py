"""Handing notices over to the mail server: each at most once, tried again only where it is certain that nothing was sent."""

import logging
from datetime import datetime, timedelta
from enum import Enum
from itertools import groupby
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from kmportal.inbox import letters
from kmportal.inbox.kinds import kind_of
from kmportal.inbox.models import Notice, NoticeSetting
from kmportal.people.models import User

# Minutes until the next try.
WAITS = (1, 5, 30, 120, 720)
# What is in the queue by now needs no second task.
PATIENCE = timedelta(minutes=2)
PEOPLE_A_ROUND = 200
SILENT = ("console.EmailBackend", "dummy.EmailBackend")
logger = logging.getLogger(__name__)


class Posted(Enum):
    """What became of a letter."""

    SENT = "sent"
    NOT_NOW = "not now"
    """Nothing left this machine, or the server said "try later"."""
    NEVER = "never"
    """Refused for good, or nobody knows whether it was taken: a second one would be one too many."""


def is_set_up() -> bool:
    """Whether there is a mail server. Without one nothing is queued, so that one set up later does not get last month's mail."""
    return not settings.EMAIL_BACKEND.endswith(SILENT)


@task()
def mail_notices(recipients: list[int]) -> None:
    """The task behind tell()."""
    for pk in recipients:
        deliver(recipient=pk, now=timezone.now())


def enqueue(*, recipients: list[int], after: datetime | None = None) -> None:
    """Puts the mail for these people in the queue of the worker; a queue that cannot wait leaves later ones to the chore."""
    if after is None:
        mail_notices.enqueue(recipients)
    elif mail_notices.get_backend().supports_defer:
        mail_notices.using(run_after=after).enqueue(recipients)


def pick_up_mails() -> None:
    """The chore of the task worker: mails whose next try is due, or whose task was lost."""
    now = timezone.now()
    due = Notice.objects.filter(mail=Notice.Mail.WAITING, mail_after__lt=now - PATIENCE)
    people = sorted(set(due.order_by("mail_after").values_list("recipient", flat=True)[:PEOPLE_A_ROUND]))
    # Put off, so that the next round does not queue them again while they wait.
    Notice.objects.filter(recipient__in=people, mail=Notice.Mail.WAITING).update(mail_after=now + 5 * PATIENCE)
    for pk in people:
        enqueue(recipients=[pk])


def deliver(*, recipient: int, now: datetime) -> int:
    """Mails somebody what waits for them, several notices of one kind together; gives the number of letters.

    The rows are claimed first, in one statement: of two workers only one gets them. A worker that dies with its claim sends nothing
    twice; its notices stay in the inbox. Looks again at rights, choices and language: they may have changed since.
    """
    claim = uuid4()
    waiting = Notice.objects.filter(recipient=recipient, mail=Notice.Mail.WAITING)
    if not waiting.update(mail=Notice.Mail.CLAIMED, mail_claim=claim, mail_tries=F("mail_tries") + 1, mail_after=None):
        return 0
    user = User.objects.get(pk=recipient)
    off = set(NoticeSetting.objects.filter(person=user, mail=False).values_list("kind", flat=True))
    among = set(Notice.objects.filter(mail_claim=claim).values_list("kind", flat=True))
    mine = Notice.objects.visible_to(user, among).filter(mail_claim=claim, read_at=None).select_related("actor").with_others()
    letters_sent = 0
    for code, group in groupby(sorted(mine, key=lambda notice: (notice.kind, notice.pk)), key=lambda notice: notice.kind):
        if code not in off or kind_of(code).mail_fixed:
            letters_sent += _post(user, code, list(group), now)
    Notice.objects.filter(mail_claim=claim, mail=Notice.Mail.CLAIMED).update(mail=Notice.Mail.NONE, mail_claim=None)
    return letters_sent


def _post(user: User, code: str, notices: list[Notice], now: datetime) -> int:
    posted = _hand_over(letters.letter(user, kind_of(code), notices))
    rows = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
    tries = notices[0].mail_tries
    if posted is Posted.SENT:
        rows.update(mail=Notice.Mail.SENT, mailed_at=now, mail_claim=None)
    elif posted is Posted.NOT_NOW and tries <= len(WAITS):
        next_try = now + timedelta(minutes=WAITS[tries - 1])
        rows.update(mail=Notice.Mail.WAITING, mail_after=next_try, mail_claim=None)
        enqueue(recipients=[user.pk], after=next_try)
    else:
        rows.update(mail=Notice.Mail.GIVEN_UP, mail_claim=None)
    return int(posted is Posted.SENT)


def _hand_over(message: EmailMessage) -> Posted:
    connection = get_connection()
    try:
        connection.open()
    except OSError:
        logger.warning("The mail server cannot be reached; the mail is tried again.", exc_info=True)
        return Posted.NOT_NOW
    try:
        return Posted.SENT if connection.send_messages([message]) else Posted.NEVER
    except (OSError, ValueError) as error:  # ValueError: an address or header that no mail can have
        logger.warning("A mail was not taken", exc_info=True)
        return Posted.NOT_NOW if _says_later(error) else Posted.NEVER
    finally:
        _close(connection)


def _says_later(error: Exception) -> bool:
    if isinstance(error, SMTPRecipientsRefused):
        return all(400 <= code < 500 for code, _words in error.recipients.values())
    return isinstance(error, SMTPResponseException) and 400 <= error.smtp_code < 500


def _close(connection: Any) -> None:
    try:
        connection.close()
    except OSError:
        logger.info("The mail server went away before the good-bye", exc_info=True)
