"""Cases for tests, through the verbs; acts of staff, declared for as long as a test runs."""

from typing import Any

from kmportal.core import acts
from kmportal.core.acts import Act, Field
from kmportal.moderation.actions import appealing, deciding
from kmportal.moderation.models import Case
from qa.actions.reporting import report
from qa.models import Report

CONTENT, PEOPLE = "test.content", "test.people"
FLAG = Report.Kind.FLAG


def declare_acts() -> None:
    acts.declare(Act(CONTENT, "looked after a post", Field.CONTENT))
    acts.declare(Act(PEOPLE, "gave a role", Field.PEOPLE))


def flagged(post: Any, by: Any, reason: str = "ไม่สุภาพ", kind: Report.Kind = FLAG) -> Case:
    """The case that waits about a post which somebody reported."""
    report(actor=by, post=post, kind=kind, reason=reason)
    return Case.objects.live().on(post).get()


def decided(case: Case, by: Any, outcome: str = "hidden", reason: str = "ขอให้พูดถึงเรื่อง ไม่พูดถึงคน") -> Case:
    deciding.decide(actor=by, case=case, outcome=outcome, reason=reason)
    return Case.objects.get(pk=case.pk)


def appealed(case: Case, by: Any, words: str = "เป็นคำพูดของผู้อื่นที่ยกมา") -> Case:
    appealing.appeal(actor=by, case=case, words=words)
    return Case.objects.get(pk=case.pk)
