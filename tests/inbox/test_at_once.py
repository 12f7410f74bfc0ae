"""Two processes on one database: what is told stands once, and no letter goes twice."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from kmportal.inbox.models import Notice
from kmportal.library.notices import OUTDATED
from tests.make.inbox import told_often

# A process of its own, which waits until both are ready: tells the same twenty things, then mails what waits, to its output.
WORK = """
import sys, time
from pathlib import Path
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
import django
django.setup()
from django.utils import timezone
from kmportal.inbox.actions import deliver, tell
from kmportal.library.models import KnowledgePage
from kmportal.people.models import User
recipient, page = User.objects.get(pk=int(sys.argv[3])), KnowledgePage.objects.get(pk=int(sys.argv[4]))
Path(sys.argv[2], sys.argv[5]).touch()
while len(list(Path(sys.argv[2]).iterdir())) < 2:
    time.sleep(0.01)
for number in range(20):
    tell(kind="library.outdated", recipients=[recipient], thing=page, key=str(number), group="g")
    deliver(recipient=recipient.pk, now=timezone.now())
"""


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_once_and_mail_once(officer: Any, tmp_path: Path) -> None:
    waiting = told_often(officer, 20)
    Notice.objects.update(mail=Notice.Mail.WAITING, mail_after=waiting[0].created_at)
    name = str(connection.settings_dict["NAME"])
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORK, name, str(tmp_path), str(officer.pk), str(waiting[0].thing_id), str(number)],
            cwd=settings.BASE_DIR, env=_surroundings(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        )
        for number in range(2)
    ]  # fmt: skip
    ended = [worker.communicate(timeout=120) for worker in workers]

    assert [worker.returncode for worker in workers] == [0, 0], ended
    printed = "".join(out for out, _error in ended)
    links = [int(pk) for pk in re.findall(r"^http\S+/inbox/(\d+)/$", printed, re.MULTILINE)]
    assert sorted(links) == [notice.pk for notice in waiting]
    assert Notice.objects.filter(kind=OUTDATED).count() == 20
    assert set(Notice.objects.exclude(kind=OUTDATED).values_list("mail", flat=True)) == {Notice.Mail.SENT}
    assert Notice.objects.filter(kind=OUTDATED, newer=None).count() in {1, 2}  # told at the same moment, two may lead


def _surroundings() -> dict[str, str]:
    return {**os.environ, "KM_TESTING": "1", "DJANGO_SETTINGS_MODULE": "kmportal.settings"}
