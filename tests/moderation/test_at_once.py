"""Several people at once: one decides, one appeal, one case."""

import multiprocessing
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from kmportal.inbox.models import Notice
from kmportal.moderation.actions.appealing import AppealedBefore, appeal
from kmportal.moderation.actions.deciding import decide
from kmportal.moderation.actions.ground import DecidedMeanwhile
from kmportal.moderation.models import Appeal, Case, Decision, StaffAct
from kmportal.people.models import User
from qa.actions.reporting import report
from qa.models import Answer, Report
from rewards.checking import differences
from tests.make import qa as make
from tests.make.cases import decided, flagged
from tests.make.people import make_user

pytestmark = pytest.mark.django_db(transaction=True)
Job = tuple[int, int, str]


def _together(act: Callable[[Job], str], jobs: list[Job]) -> Counter[str]:
    """Connections do not survive a fork: everyone opens their own."""
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(4) as pool:
        return Counter(pool.map(act, jobs, chunksize=1))


def _flag(job: Job) -> str:
    person, key, _said = job
    report(actor=User.objects.get(pk=person), post=Answer.objects.get(pk=key), kind=Report.Kind.FLAG, reason="ไม่สุภาพ")
    return "said"


def _decide(job: Job) -> str:
    person, key, outcome = job
    try:
        decide(actor=User.objects.get(pk=person), case=Case.objects.get(pk=key), outcome=outcome, reason="พร้อมกัน")
    except DecidedMeanwhile:
        return "late"
    return "decided"


def _appeal(job: Job) -> str:
    person, key, words = job
    try:
        appeal(actor=User.objects.get(pk=person), case=Case.objects.get(pk=key), words=words)
    except AppealedBefore:
        return "late"
    return "sent"


def test_reports_make_one_case(officer: Any, outsider: Any) -> None:
    reply = make.answer(make.ask(officer), outsider)
    people = [make_user(f"r{nth}@agency-b.example", given=f"ผู้แจ้ง {nth}") for nth in range(4)]

    _together(_flag, [(one.pk, reply.pk, "") for one in people for _twice in range(2)])

    case = Case.objects.get()
    assert (case.report_count, case.reports.count()) == (4, 4)


def test_two_moderators_and_two_appeals(officer: Any, outsider: Any) -> None:
    keepers = [make.moderator() for _nth in range(4)]
    reply = make.answer(make.ask(officer), outsider)
    case = flagged(reply, officer)

    done = _together(_decide, [(one.pk, case.pk, "hidden") for one in keepers for _twice in range(2)])

    assert done == {"decided": 1, "late": 7}
    assert (Decision.objects.count(), StaffAct.objects.filter(act="moderation.decided").count()) == (1, 1)
    assert Notice.objects.filter(kind="moderation.decided").count() == 1

    sent = _together(_appeal, [(outsider.pk, case.pk, f"ครั้งที่ {nth}") for nth in range(6)])

    assert sent == {"sent": 1, "late": 5}
    assert (Appeal.objects.count(), differences()) == (1, [])


def test_deciding_and_reporting_do_not_wait_for_each_other(officer: Any, outsider: Any) -> None:
    keeper, reply = make.moderator(), make.answer(make.ask(officer), outsider)
    case = decided(flagged(reply, officer), keeper, "fine", "ไม่ผิด")
    people = [make_user(f"s{nth}@agency-b.example", given=f"ผู้แจ้งอีก {nth}") for nth in range(4)]

    _together(_flag, [(one.pk, reply.pk, "") for one in people])

    assert list(Case.objects.filter(key=case.key).order_by("round").values_list("round", "state", "report_count")) == [
        (1, "decided", 1), (2, "open", 4),
    ]  # fmt: skip
