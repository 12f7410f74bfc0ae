"""Reading: circles, hidden names, and the lists; the rule for many rows and the rule for one say the same."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from communities.models import Membership
from kmportal.taxonomy.models import PmqaCode, Topic
from qa.actions.accepting import accept
from qa.actions.closing import close_as_duplicate, delete
from qa.actions.following import unfollow
from qa.actions.marking import works_for_me
from qa.models import Answer, Question
from qa.permissions import can_moderate, can_see_author
from qa.working_days import working_days_before
from tests.make import qa as make

pytestmark = pytest.mark.django_db


def _seen(user: Any) -> set[str]:
    return set(Question.objects.visible_to(user).values_list("title", flat=True))


def test_each_reader_sees_their_circles_and_what_stands_in_them(
    officer: Any, colleague: Any, outsider: Any, coordinator: Any, admin: Any, cop_member: Any, visitor: Any, community_c: Any
) -> None:
    make.ask(officer, "ทุกคน", visibility="public")
    make.ask(officer, "เครือข่าย")
    make.ask(officer, "หน่วยงาน", visibility="agency")
    make.ask(cop_member, "ชุมชน", visibility="community", community=community_c)
    for question in Question.objects.all():
        Answer.objects.create(question=question, body="x", text="x", created_at=timezone.now())
    allowed = {
        visitor: {"ทุกคน"},
        officer: {"ทุกคน", "เครือข่าย", "หน่วยงาน"},
        colleague: {"ทุกคน", "เครือข่าย", "หน่วยงาน"},
        outsider: {"ทุกคน", "เครือข่าย"},
        coordinator: {"ทุกคน", "เครือข่าย", "หน่วยงาน"},
        admin: {"ทุกคน", "เครือข่าย"},
        make.moderator(): {"ทุกคน", "เครือข่าย"},
        cop_member: {"ทุกคน", "เครือข่าย", "ชุมชน"},
    }

    for user, titles in allowed.items():
        assert _seen(user) == titles
        assert set(Answer.objects.visible_to(user).values_list("question__title", flat=True)) == titles


def test_who_asked_without_a_name(officer: Any, outsider: Any, coordinator: Any, visitor: Any) -> None:
    nameless, named = make.ask(officer, anonymous=True, visibility="public"), make.ask(officer, visibility="public")
    keeper = make.moderator()

    for user, knows in ((visitor, False), (outsider, False), (coordinator, False), (officer, True), (keeper, False)):
        rows: Any = Question.objects.visible_to(user)
        shown = {question.pk: question.shown_author for question in rows}
        assert shown == {nameless.pk: officer.pk if knows else None, named.pk: officer.pk}
        assert (can_see_author(user, nameless), can_see_author(user, named)) == (knows, True)
    assert list(Question.objects.visible_to(keeper).asked_by(officer)) == [named]
    assert set(Question.objects.visible_to(officer).mine(officer)) == {nameless, named}


def test_moderated_lists_agree_with_the_rule(
    officer: Any, outsider: Any, coordinator: Any, cop_member: Any, visitor: Any, community_c: Any
) -> None:
    Membership.objects.create(community=community_c, user=outsider, role=Membership.Role.FACILITATOR)
    make.ask(officer, visibility="public")
    make.ask(officer, visibility="agency")
    make.ask(cop_member, visibility="community", community=community_c)

    for user, count in ((visitor, 0), (officer, 0), (coordinator, 0), (cop_member, 0), (outsider, 1), (make.moderator(), 1)):
        moderated = set(Question.objects.moderated_by(user))
        assert moderated == {one for one in Question.objects.visible_to(user) if can_moderate(user, one)}
        assert len(moderated) == count


def test_unanswered_and_needing_attention(officer: Any, outsider: Any) -> None:
    """Friday noon: what was asked on Tuesday noon has waited for three working days."""
    friday = datetime(2026, 11, 27, 12, tzinfo=ZoneInfo("Asia/Bangkok"))
    old, new, answered, closed = (make.ask(officer) for _nth in range(4))
    make.asked_on(old, friday - timedelta(days=3))
    make.asked_on(new, friday - timedelta(days=3) + timedelta(minutes=1))
    for question in (answered, closed):
        make.asked_on(question, friday - timedelta(days=30))
    make.answer(answered, outsider)
    close_as_duplicate(actor=officer, question=closed, original=answered)

    found = Question.objects.visible_to(outsider)

    assert list(found.unanswered().newest()) == [new, old]
    assert list(found.needs_attention(friday)) == [old]


@pytest.mark.parametrize(
    ("day", "days", "before"),
    [(27, 3, 24), (25, 3, 20), (23, 1, 20), (23, 3, 18), (27, 0, 27), (26, 5, 19)],
)
def test_working_days_leave_out_weekends(day: int, days: int, before: int) -> None:
    """23 November 2026 is a Monday."""
    moment = datetime(2026, 11, day, 9, 30, tzinfo=ZoneInfo("Asia/Bangkok"))

    assert working_days_before(moment, days) == moment.replace(day=before)


def test_on_a_weekend_they_count_from_the_end_of_friday() -> None:
    for day in (28, 29):
        moment = datetime(2026, 11, day, 9, 30, tzinfo=ZoneInfo("Asia/Bangkok"))
        assert working_days_before(moment, 3) == moment.replace(day=25, hour=0, minute=0)


def test_by_topic_code_category_agency_and_community(
    officer: Any, colleague: Any, outsider: Any, cop_member: Any, agency_a: Any, community_c: Any
) -> None:
    topic, code = Topic.objects.create(slug="water", name_th="น้ำ"), PmqaCode.objects.select_related("category").first()
    assert code is not None
    filed = make.ask(
        officer, topics=[topic], codes=[code, *PmqaCode.objects.filter(category=code.category).exclude(pk=code.pk)[:1]]
    )
    part, other = make.ask(colleague), make.ask(outsider)
    inside = make.ask(cop_member, visibility="community", community=community_c)

    found = Question.objects.visible_to(cop_member)

    assert list(found.on_topic(topic)) == list(found.with_code(code)) == list(found.in_category(code.category.number)) == [filed]
    assert set(found.of_agency(agency_a)) == {filed, part}
    assert list(found.of_community(community_c)) == [inside]
    assert other not in found.of_agency(agency_a)


def test_followed_and_active(officer: Any, outsider: Any) -> None:
    first, second = make.ask(officer), make.ask(officer)
    make.answer(first, outsider)
    unfollow(actor=officer, question=second)

    assert list(Question.objects.visible_to(officer).active()) == [first, second]
    assert list(Question.objects.visible_to(officer).newest()) == [second, first]
    assert list(Question.objects.visible_to(officer).followed(officer)) == [first]


def test_answers_in_the_order_of_what_helped(officer: Any, outsider: Any, colleague: Any) -> None:
    question = make.ask(officer)
    plain, works, accepted, gone = (make.answer(question, who) for who in (outsider, colleague, outsider, colleague))
    works_for_me(actor=officer, answer=works)
    accept(actor=officer, answer=accepted)
    delete(actor=colleague, post=gone)

    assert list(Answer.objects.visible_to(officer).best_first()) == [accepted, works, plain]
    assert list(Answer.objects.visible_to(officer).oldest()) == [plain, works, accepted]


def test_a_list_costs_the_same_at_1_and_20_rows(officer: Any) -> None:
    def page() -> None:
        list(Question.objects.visible_to(officer).select_related("author", "agency").active()[:20])

    make.ask(officer)
    page()
    one = make.queries(page)
    for _nth in range(19):
        make.ask(officer)

    assert make.queries(page) == one
