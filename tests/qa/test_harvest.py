"""From an accepted answer to a lesson draft: credit, circle, and what it must not tell."""

from typing import Any

import pytest

from communities.models import Membership
from kmportal.inbox.models import Notice
from kmportal.library.models import Credit, KnowledgePage, LessonPage
from kmportal.people.models import Person
from qa.actions.accepting import accept
from qa.actions.ground import QaError
from qa.actions.harvesting import NamelessMaker, NamelessTeller, NobodyToFinish, NotAccepted, harvest
from qa.models import Answer, Harvest, Question
from tests.make import qa as make

pytestmark = pytest.mark.django_db


def _accepted(asker: Any, answerer: Any, **circle: Any) -> Answer:
    question = make.ask(asker, "ส่งมอบงานอย่างไร", **circle)
    reply = make.answer(question, answerer, "<p>ให้เล่าเรื่องเดียว</p><ul><li>ที่หน้างาน</li></ul>")
    accept(actor=asker, answer=reply)
    return make.fresh(reply)


def test_the_words_and_the_credit(officer: Any, outsider: Any, coordinator: Any) -> None:
    reply = _accepted(officer, outsider)

    lesson, is_new = harvest(actor=officer, answer=reply)

    assert (is_new, lesson.live, lesson.title, lesson.visibility) == (True, False, "ส่งมอบงานอย่างไร", "network")
    assert "เคยลองแล้วยังไม่ได้ผล" in lesson.context
    assert lesson.tricks == reply.body
    credited = list(Credit.objects.filter(page=lesson.pk).order_by("sort_order").values_list("person__user", "part"))
    assert credited == [(outsider.pk, "teller"), (officer.pk, "note_taker")]
    assert set(Notice.objects.filter(kind="qa.harvested").values_list("recipient", flat=True)) >= {outsider.pk, coordinator.pk}


def test_again_gives_the_same(officer: Any, outsider: Any, coordinator: Any) -> None:
    reply = _accepted(officer, outsider)
    lesson, _new = harvest(actor=outsider, answer=reply)

    assert harvest(actor=coordinator, answer=reply) == (lesson, False)
    assert (LessonPage.objects.count(), Harvest.objects.count()) == (1, 1)


@pytest.mark.parametrize("kept", ["agency", "public"])
def test_no_wider_than_the_question(officer: Any, colleague: Any, outsider: Any, kept: str) -> None:
    reply = _accepted(officer, colleague, visibility=kept)
    lesson, _new = harvest(actor=officer, answer=reply)

    assert (lesson.visibility, lesson.agency if kept == "agency" else None) == (
        kept,
        officer.agency if kept == "agency" else None,
    )
    assert not KnowledgePage.objects.visible_to(outsider).filter(pk=lesson.pk).exists()


def test_a_closed_circle_without_coordinators_makes_none(outsider: Any, cop_member: Any, community_c: Any) -> None:
    Membership.objects.create(community=community_c, user=outsider, role=Membership.Role.FACILITATOR)
    reply = _accepted(cop_member, outsider, visibility="community", community=community_c)

    with pytest.raises(NobodyToFinish):
        harvest(actor=cop_member, answer=reply)
    assert (LessonPage.objects.count(), Harvest.objects.count(), Notice.objects.filter(kind="qa.harvested").count()) == (0, 0, 0)


def test_an_asker_without_a_name_is_not_told_by_it(officer: Any, outsider: Any, coordinator: Any) -> None:
    reply = _accepted(officer, outsider, anonymous=True)

    with pytest.raises(NamelessMaker):
        harvest(actor=officer, answer=reply)
    assert LessonPage.objects.count() == 0
    lesson, _new = harvest(actor=outsider, answer=reply)
    assert lesson.owner == outsider
    assert officer.pk not in set(Credit.objects.filter(page=lesson.pk).values_list("person__user", flat=True))
    said = " ".join(str(value) for value in LessonPage.objects.filter(pk=lesson.pk).values_list().get())
    assert officer.last_name not in said


def test_an_answer_without_a_name_has_no_teller(officer: Any, coordinator: Any) -> None:
    question = make.ask(officer, anonymous=True)
    reply = make.answer(question, officer)
    Question.objects.filter(pk=question.pk).update(accepted=reply)

    with pytest.raises(NamelessTeller):
        harvest(actor=coordinator, answer=make.fresh(reply))
    assert LessonPage.objects.count() == 0


def test_refused(as_: Any, officer: Any, outsider: Any, colleague: Any, cop_member: Any) -> None:
    reply = _accepted(officer, outsider)
    other = make.answer(reply.question, colleague)
    kept = _accepted(officer, colleague, visibility="agency")

    with pytest.raises(NotAccepted):
        harvest(actor=officer, answer=other)
    assert as_(cop_member).post(f"/qa/answer/{reply.pk}/lesson/").status_code == 403
    assert as_(outsider).post(f"/qa/answer/{kept.pk}/lesson/").status_code == 404
    assert LessonPage.objects.count() == 0
    assert issubclass(NotAccepted, QaError)


def test_the_button_and_where_it_leads(as_: Any, officer: Any, outsider: Any, coordinator: Any) -> None:
    reply = _accepted(officer, outsider)
    address = f"/qa/answer/{reply.pk}/lesson/"
    page = f"/qa/{reply.question_id}/"
    assert address in as_(officer).get(page).text
    assert address not in as_(None).get(page).text

    assert as_(officer).post(address)["Location"] == f"{page}#a{reply.pk}"
    lesson = LessonPage.objects.get()
    assert as_(coordinator).post(address)["Location"] == f"/cms/pages/{lesson.pk}/edit/"
    assert f"/cms/pages/{lesson.pk}/edit/" in as_(coordinator).get(page).text
    assert address not in as_(officer).get(page).text
    assert Person.objects.get(user=outsider).credits.count() == 1
