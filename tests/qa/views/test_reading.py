"""The page of a question and its lists: who sees what, whose name stands there, how many queries it costs."""

from typing import Any

import pytest

from tests.make import qa as make

pytestmark = pytest.mark.django_db


def test_a_question_opens(as_: Any, officer: Any, outsider: Any) -> None:
    question = make.ask(officer, "จะวัดผลการใช้ความรู้อย่างไร")
    make.comment(make.answer(question, outsider), officer)

    page = as_(officer).get(f"/qa/{question.pk}/").content.decode()

    assert ["จะวัดผล" in page, "ให้เล่าเรื่องเดียว" in page, "ขอแบบฟอร์มได้ไหม" in page] == [True] * 3


def test_lists(as_: Any, officer: Any) -> None:
    make.ask(officer, "จะวัดผลการใช้ความรู้อย่างไร")

    for show in ("", "active", "unanswered", "attention", "mine", "followed", "x"):
        assert as_(officer).get(f"/qa/?show={show}").status_code == 200
