"""What the notices say, where they lead, and who still gets them."""

from typing import Any

import pytest
from django.utils import translation

from communities.models import Membership
from kmportal.inbox import kinds, letters
from kmportal.inbox.models import Notice
from qa.actions.accepting import accept
from qa.actions.closing import close_as_duplicate, delete
from qa.actions.marking import mark_useful, take_back_useful
from qa.actions.reporting import report
from qa.models import Report
from tests.make import qa as make

pytestmark = pytest.mark.django_db


def _lines(user: Any) -> list[str]:
    return [letters.line(notice) for notice in Notice.objects.visible_to(user).listed().with_others().order_by("pk")]


def test_the_words(officer: Any, outsider: Any, colleague: Any) -> None:
    question = make.ask(officer, "ถามก่อน")
    reply = make.answer(question, outsider)
    make.comment(reply, officer)
    accept(actor=officer, answer=reply)
    mark_useful(actor=officer, post=reply)
    mark_useful(actor=colleague, post=reply)
    report(actor=officer, post=reply, kind=Report.Kind.DID_NOT_WORK, reason="แบบฟอร์มเปลี่ยน")

    assert _lines(officer) == ["มานี ต่างกรม ตอบคำถาม “ถามก่อน”"]
    assert _lines(outsider) == [
        "สมใจ ใฝ่รู้ แสดงความเห็นที่คำถาม “ถามก่อน”",
        "สมใจ ใฝ่รู้ เลือกคำตอบของคุณที่คำถาม “ถามก่อน”",
        "มีผู้เห็นว่าข้อความของคุณที่คำถาม “ถามก่อน” เป็นประโยชน์ 2 คน",
        "มีผู้อ่านลองทำตามคำตอบของคุณที่คำถาม “ถามก่อน” แล้วไม่ได้ผล",
    ]
    assert Notice.objects.get(kind="qa.answered").url == f"/qa/{question.pk}/#a{reply.pk}"
    with translation.override("en"):
        assert _lines(officer) == ["มานี ต่างกรม answered “ถามก่อน”"]


def test_without_a_name(officer: Any, outsider: Any) -> None:
    question = make.ask(officer, "ถามเงียบ ๆ", anonymous=True)
    reply = make.answer(question, outsider)
    make.comment(reply, officer)
    accept(actor=officer, answer=reply)
    make.answer(question, officer)

    assert _lines(outsider) == [
        "มีความเห็นใหม่ที่คำถาม “ถามเงียบ ๆ”",
        "ผู้ถามเลือกคำตอบของคุณที่คำถาม “ถามเงียบ ๆ”",
        "คำถาม “ถามเงียบ ๆ” มีคำตอบใหม่",
    ]


def test_what_may_not_be_read_any_more_is_not_told(officer: Any, outsider: Any, cop_member: Any, community_c: Any) -> None:
    Membership.objects.create(community=community_c, user=outsider)
    inside = make.ask(cop_member, visibility="community", community=community_c)
    reply = make.answer(inside, outsider)
    accept(actor=cop_member, answer=reply)
    assert (len(_lines(outsider)), len(_lines(cop_member))) == (1, 1)
    Membership.objects.filter(user=outsider).delete()
    assert _lines(outsider) == []

    gone = make.answer(make.ask(officer), outsider)
    delete(actor=outsider, post=gone)

    assert _lines(officer) == []


def test_a_mark_taken_back_is_not_told(officer: Any, outsider: Any) -> None:
    question = make.ask(officer)
    mark_useful(actor=outsider, post=question)
    assert len(_lines(officer)) == 1

    take_back_useful(actor=outsider, post=question)

    assert (_lines(officer), Notice.objects.count()) == ([], 0)


def test_moderators_hear_of_reports_and_followers_of_closing(officer: Any, outsider: Any) -> None:
    question, keeper = make.ask(officer, "ถามซ้ำ"), make.moderator()
    make.answer(question, outsider)
    report(actor=outsider, post=question, kind=Report.Kind.FLAG, reason="มีชื่อบุคคล")
    close_as_duplicate(actor=keeper, question=question, original=make.ask(officer))

    assert _lines(keeper) == ["มีผู้แจ้งเนื้อหาที่ “ถามซ้ำ” รอพิจารณา"]
    closing = "คำถาม “ถามซ้ำ” เคยมีผู้ถามแล้ว ระบบให้คุณติดตามคำถามเดิมด้วย"
    assert _lines(outsider) == [closing]
    assert _lines(officer)[-1] == closing
    assert "moderation.opened" not in [kind.code for kind in kinds.concerning(officer)]
