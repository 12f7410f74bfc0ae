"""Reporting: the author hears why but not from whom; a flag is for moderators alone."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from kmportal.inbox.models import Notice
from qa.actions.ground import NoText, TooLong
from qa.actions.reporting import report
from qa.models import Answer, Report
from tests.make import qa as make

pytestmark = pytest.mark.django_db
WORKS, OLD, FLAG = Report.Kind.DID_NOT_WORK, Report.Kind.OUTDATED, Report.Kind.FLAG


def test_did_not_work_reaches_the_author_without_a_name_and_the_moderators(officer: Any, outsider: Any) -> None:
    reply, keeper = make.answer(make.ask(officer), outsider), make.moderator()

    made = report(actor=officer, post=reply, kind=WORKS, reason=" แบบฟอร์ม\nเปลี่ยน ")

    assert (made.answer, made.question, made.reason) == (reply, None, "แบบฟอร์ม เปลี่ยน")
    told = {
        (notice.kind, notice.recipient, notice.actor)
        for notice in Notice.objects.filter(kind__in=["qa.doubted", "moderation.opened"])
    }
    assert told == {("qa.doubted", outsider, None), ("moderation.opened", keeper, officer)}
    assert Notice.objects.get(kind="qa.doubted").data == {"quote": "แบบฟอร์ม เปลี่ยน", "kind": "did_not_work"}
    for person, seen in ((officer, 1), (outsider, 1), (keeper, 1)):
        assert Report.objects.visible_to(person).count() == seen


def test_a_flag_is_not_the_authors_to_see(officer: Any, outsider: Any, colleague: Any) -> None:
    said, keeper = make.comment(make.ask(officer), outsider), make.moderator()

    report(actor=officer, post=said, kind=FLAG, reason="ไม่สุภาพ")

    assert [Report.objects.visible_to(person).count() for person in (outsider, colleague, keeper)] == [0, 0, 1]
    assert Notice.objects.filter(kind="qa.doubted").count() == 0
    assert Notice.objects.get(kind="moderation.opened").recipient == keeper


def test_the_same_again_is_the_first(officer: Any, outsider: Any) -> None:
    reply = make.answer(make.ask(officer), outsider)
    first = report(actor=officer, post=reply, kind=OLD, reason="หนึ่ง")
    before = make.rows()

    assert report(actor=officer, post=reply, kind=OLD, reason="สอง") == first

    assert (make.rows(), Report.objects.get().reason) == (before, "หนึ่ง")


def test_refused(officer: Any, outsider: Any, visitor: Any) -> None:
    question = make.ask(officer, visibility="public")
    reply = make.answer(question, outsider)
    refused: list[tuple[Any, Any, Any, str, type[Exception]]] = [
        (officer, question, FLAG, "ของตัวเอง", PermissionDenied),
        (visitor, reply, FLAG, "ไม่ได้เข้าสู่ระบบ", PermissionDenied),
        (outsider, question, WORKS, "คำถามใช้ไม่ได้ผล", PermissionDenied),
        (officer, reply, OLD, " ", NoText),
        (officer, reply, OLD, "ก" * 501, TooLong),
    ]
    for actor, post, kind, reason, error in refused:
        with pytest.raises(error):
            report(actor=actor, post=post, kind=kind, reason=reason)

    assert Report.objects.count() == 0


def test_strangers(officer: Any, cop_member: Any, community_c: Any) -> None:
    hidden = make.answer(make.ask(cop_member, visibility="community", community=community_c), cop_member)

    with pytest.raises(Answer.DoesNotExist):
        report(actor=officer, post=hidden, kind=OLD, reason="เดา")

    assert Report.objects.count() == 0
