"""Questions in the search index: found by their words and answers, by those alone who may read them, and gone when they are."""

from typing import Any

import pytest

from kmportal.retrieval import actions, engine, readers
from kmportal.taxonomy.models import Topic
from qa.actions.asking import QuestionWords
from qa.actions.closing import close_as_duplicate, delete, restore
from qa.actions.editing import edit_question
from tests.make import qa as make

pytestmark = pytest.mark.django_db


def _found(words: str, user: Any) -> list[int]:
    return [hit.object_id for hit in engine.find(words, readers.of(user), kinds=["question"]).hits]


def test_by_title_details_answer_and_topic(officer: Any, outsider: Any) -> None:
    topic = Topic.objects.create(slug="weir", name_th="ฝายชะลอน้ำ")
    question = make.ask(officer, "จะส่งมอบงานอย่างไร", body="<p>หัวหน้าเกษียณ</p>", topics=[topic])
    make.answer(question, outsider, "<p>อัดเสียงแล้วถอดความ</p>")

    for words in ("ส่งมอบงาน", "เกษียณ", "ถอดความ", "ฝายชะลอน้ำ"):
        assert _found(words, outsider) == [question.pk]
    drift = actions.check()
    assert (drift.missing["question"], drift.surplus["question"], drift.outdated["question"]) == (set(), set(), set())


def test_nobody_outside_the_circle(officer: Any, cop_member: Any, visitor: Any, coordinator: Any, community_c: Any) -> None:
    hidden = make.ask(cop_member, "รหัสลับเฉพาะกลุ่ม", visibility="community", community=community_c)
    inside = make.ask(officer, "รหัสลับเฉพาะหน่วยงาน", visibility="agency")

    assert _found("รหัสลับ", visitor) == []
    assert _found("รหัสลับ", cop_member) == [hidden.pk]
    assert _found("รหัสลับ", officer) == _found("รหัสลับ", coordinator) == [inside.pk]


def test_it_follows_what_happens(officer: Any, outsider: Any) -> None:
    question = make.ask(officer, "ยุ้งข้าวเก่า")
    edit_question(actor=officer, question=question, words=QuestionWords(title="โรงสีใหม่"))
    assert (_found("ยุ้งข้าวเก่า", outsider), _found("โรงสีใหม่", outsider)) == ([], [question.pk])

    delete(actor=officer, post=question)
    assert _found("โรงสีใหม่", outsider) == []
    restore(actor=officer, post=question)
    assert _found("โรงสีใหม่", outsider) == [question.pk]
    close_as_duplicate(actor=officer, question=question, original=make.ask(officer, "อื่น"))

    assert _found("โรงสีใหม่", outsider) == []


def test_nobodys_name_leads_to_a_question(officer: Any, outsider: Any) -> None:
    make.ask(officer, "ไม่ลงชื่อ", anonymous=True)

    assert _found("สมใจ", outsider) == []
    assert _found("กรมตัวอย่างแรก", outsider) == []
