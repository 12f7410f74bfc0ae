"""Bringing a question to somebody: whom, how often, within which circle; declining; one's own setting."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from kmportal.inbox.models import Notice
from kmportal.people.actions import complete_signup
from kmportal.taxonomy.models import Topic
from qa.actions.accepting import accept
from qa.actions.closing import close_as_duplicate
from qa.actions.ground import QuestionClosed
from qa.actions.routing import EnoughAsked, NotToBeAsked, ask_person, decline, set_requests
from qa.knowing import who_may_know
from qa.models import AnswerRequest, Question, RequestSetting
from tests.make import qa as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def water(db: None) -> Topic:
    return Topic.objects.create(slug="water", name_th="น้ำ")


def knows(person: Any, topic: Topic) -> None:
    complete_signup(account=person).topics.add(topic)


def suggested(question: Question, user: Any) -> list[Any]:
    return [knower.person.user for knower in who_may_know(question, user)]


def test_whoever_helped_before_comes_first(officer: Any, outsider: Any, coordinator: Any, colleague: Any, water: Topic) -> None:
    knows(coordinator, water)
    before = make.ask(colleague, topics=[water])
    accept(actor=colleague, answer=make.answer(before, outsider))

    question = make.ask(officer, topics=[water])

    assert suggested(question, officer) == [outsider, coordinator]
    first, second = who_may_know(question, officer)
    assert (first.accepted, first.answered, second.topics) == (1, 1, ["น้ำ"])


def test_nobody_outside_the_circle_is_suggested_or_asked(
    officer: Any, colleague: Any, outsider: Any, cop_member: Any, community_c: Any, water: Topic
) -> None:
    for one in (colleague, outsider, cop_member):
        knows(one, water)
    inside = make.ask(officer, topics=[water], visibility="agency")

    assert suggested(inside, officer) == [colleague]
    for stranger in (outsider, officer):
        with pytest.raises(NotToBeAsked):
            ask_person(actor=officer, question=inside, person=stranger)
    assert (AnswerRequest.objects.count(), RequestSetting.objects.count(), Notice.objects.count()) == (0, 0, 0)


def test_answers_without_a_name_and_in_other_circles_say_nothing(
    officer: Any, outsider: Any, cop_member: Any, community_c: Any, water: Topic
) -> None:
    hidden = make.ask(cop_member, topics=[water], visibility="community", community=community_c)
    make.answer(hidden, cop_member)
    nameless = make.ask(outsider, topics=[water], anonymous=True)
    make.answer(nameless, outsider)

    assert suggested(make.ask(officer, topics=[water]), officer) == []


def test_a_person_is_asked_and_told_once(officer: Any, outsider: Any, as_: Any) -> None:
    question = make.ask(officer, "เขื่อนกั้นน้ำ")
    first = ask_person(actor=officer, question=question, person=outsider)
    again = ask_person(actor=officer, question=question, person=outsider)

    assert first == again
    notice = Notice.objects.get(kind="qa.asked_you")
    assert (notice.recipient, notice.actor) == (outsider, officer)
    assert RequestSetting.objects.get(person=outsider).asked == 1
    assert "คิดว่าคุณอาจรู้" in as_(outsider).get("/inbox/").content.decode()

    make.answer(question, outsider)
    assert AnswerRequest.objects.get().state == "answered"


def test_without_a_name_nothing_is_told_of_the_asker(officer: Any, outsider: Any) -> None:
    ask_person(actor=officer, question=make.ask(officer, anonymous=True), person=outsider)

    assert Notice.objects.get(kind="qa.asked_you").actor is None


def test_three_a_question_and_three_a_week(officer: Any, colleague: Any, outsider: Any, coordinator: Any, reviewer: Any) -> None:
    question = make.ask(officer)
    for person in (outsider, coordinator, reviewer):
        ask_person(actor=officer, question=question, person=person)
    with pytest.raises(EnoughAsked):
        ask_person(actor=officer, question=question, person=colleague)
    for _number in range(2):
        ask_person(actor=officer, question=make.ask(officer), person=outsider)
    with pytest.raises(NotToBeAsked):
        ask_person(actor=officer, question=make.ask(officer), person=outsider)

    assert AnswerRequest.objects.filter(person=outsider).count() == 3
    RequestSetting.objects.update(week="2020-01-06")
    ask_person(actor=officer, question=make.ask(officer), person=outsider)
    assert RequestSetting.objects.get(person=outsider).asked == 1


def test_only_whoever_asked_and_only_while_it_is_open(
    officer: Any, outsider: Any, colleague: Any, cop_member: Any, community_c: Any
) -> None:
    question, other = make.ask(officer), make.ask(officer)
    with pytest.raises(PermissionDenied):
        ask_person(actor=outsider, question=question, person=colleague)
    close_as_duplicate(actor=officer, question=question, original=other)
    with pytest.raises(QuestionClosed):
        ask_person(actor=officer, question=question, person=colleague)
    hidden = make.ask(cop_member, visibility="community", community=community_c)
    with pytest.raises(Question.DoesNotExist):
        ask_person(actor=officer, question=hidden, person=outsider)

    assert AnswerRequest.objects.count() == 0


def test_whoever_does_not_want_it_is_left_alone(officer: Any, outsider: Any, water: Topic) -> None:
    knows(outsider, water)
    question = make.ask(officer, topics=[water])
    assert suggested(question, officer) == [outsider]
    set_requests(actor=outsider, is_open=False, a_week=3)

    assert suggested(question, officer) == []
    with pytest.raises(NotToBeAsked):
        ask_person(actor=officer, question=question, person=outsider)
    with pytest.raises(ValueError, match="11"):
        set_requests(actor=outsider, is_open=True, a_week=11)


def test_declining_is_one_click_and_ones_own(as_: Any, officer: Any, outsider: Any, colleague: Any) -> None:
    question = make.ask(officer)
    made = ask_person(actor=officer, question=question, person=outsider)
    with pytest.raises(AnswerRequest.DoesNotExist):
        decline(actor=colleague, request=made)
    assert as_(colleague).post(f"/qa/requests/{made.pk}/decline/").status_code == 404
    assert "ขอให้คุณช่วยตอบ" in as_(outsider).get(question.get_absolute_url()).content.decode()

    for _twice in range(2):
        assert as_(outsider).post(f"/qa/requests/{made.pk}/decline/").status_code == 302

    made.refresh_from_db()
    assert made.state == "declined"
    assert Notice.objects.get(kind="qa.asked_you").read_at is not None


def test_the_page_asks_and_the_profile_says_how_often(
    as_: Any, officer: Any, outsider: Any, colleague: Any, water: Topic
) -> None:
    knows(outsider, water)
    question = make.ask(officer, topics=[water])
    address, handle = f"/qa/{question.pk}/ask/", outsider.person.handle
    assert f'value="{handle}"' in as_(officer).get(question.get_absolute_url()).content.decode()
    assert f'value="{handle}"' not in as_(colleague).get(question.get_absolute_url()).content.decode()

    assert as_(colleague).post(address, {"person": handle}).status_code == 403
    assert as_(officer).post(address, {"person": "nobody99"}).status_code == 404
    assert as_(officer).get(address).status_code == 405
    assert as_(officer).post(address, {"person": handle}).status_code == 302
    assert AnswerRequest.objects.get().person == outsider

    assert as_(outsider).post("/me/requests/", {"is_open": "on", "a_week": "5"}).status_code == 302
    assert as_(outsider).post("/me/requests/", {"is_open": "on", "a_week": "99"}).status_code == 302
    setting = RequestSetting.objects.get(person=outsider)
    assert (setting.is_open, setting.a_week) == (True, 5)
    assert "ครั้งต่อสัปดาห์" in as_(outsider).get("/me/").content.decode()
