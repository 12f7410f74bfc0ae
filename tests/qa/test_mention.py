"""Naming people by "@": only those who may read hear of it, once."""

from typing import Any

import pytest

from kmportal.inbox.models import Notice
from kmportal.people.actions import complete_signup
from qa.actions.asking import QuestionWords
from qa.actions.editing import edit_question
from qa.models import Mention
from tests.make import qa as make

pytestmark = pytest.mark.django_db


def named(*people: Any) -> str:
    links = "".join(f'<a href="{complete_signup(account=one).get_absolute_url()}">@{one}</a> ' for one in people)
    return f"<p>ถาม {links}</p>"


def told() -> list[Any]:
    return [notice.recipient for notice in Notice.objects.filter(kind="qa.mentioned").order_by("pk")]


def test_whoever_is_named_hears_of_it_once(officer: Any, outsider: Any, as_: Any) -> None:
    body = named(outsider, outsider, officer)
    question = make.ask(officer, body=body)
    edit_question(actor=officer, question=question, words=QuestionWords(title=question.title, body=body + "<p>อีก</p>"))
    make.comment(make.answer(question, outsider, body=named(outsider)), officer, body=named(outsider))

    assert told() == [outsider, outsider]
    assert Mention.objects.count() == 2
    assert "กล่าวถึงคุณ" in as_(outsider).get("/inbox/").content.decode()


def test_nobody_outside_the_circle_hears_of_it(cop_member: Any, outsider: Any, coordinator: Any, community_c: Any) -> None:
    make.ask(cop_member, body=named(outsider, coordinator), visibility="community", community=community_c)

    assert (told(), Mention.objects.count()) == ([], 0)


def test_nobody_is_named_by_whoever_has_no_name(officer: Any, outsider: Any) -> None:
    make.ask(officer, body=named(outsider), anonymous=True)

    assert (told(), Notice.objects.get().actor) == ([outsider], None)


def test_suggestions_are_people_of_the_circle(
    as_: Any, officer: Any, colleague: Any, outsider: Any, cop_member: Any, community_c: Any, agency_a: Any
) -> None:
    def names(who: Any, **data: Any) -> list[str]:
        return [person["name"] for person in as_(who).get("/ask/people/", data).json()["people"]]

    hidden = make.ask(cop_member, visibility="community", community=community_c)
    own = make.ask(officer, visibility="agency")
    assert names(officer, q="มานี") == ["มานี ต่างกรม"]
    assert names(officer, q="สมใจ") == []
    assert names(officer, q="มานี", visibility="agency") == []
    assert names(officer, q="วีระ", visibility="agency") == ["วีระ ร่วมงาน"]
    assert names(officer, q="อารี", visibility="agency") == ["อารี ประสานใจ"]
    assert names(officer, q="มานี", question=own.pk) == []
    assert names(officer, q="ชุมพร", question=hidden.pk) == []
    assert names(officer, q="ชุมพร", visibility="community", community=community_c.pk) == []
    assert names(cop_member, q="มานี", visibility="community", community=community_c.pk) == []
    assert names(officer, q="") == names(officer, q="มานี", question="x") == names(officer, q="ม", visibility="x") == []
    assert as_(None).get("/ask/people/?q=ม").status_code == 302
    outsider.person.is_listed = False
    outsider.person.save()
    assert names(officer, q="มานี") == []


def test_the_circle_read_both_ways(
    officer: Any, colleague: Any, outsider: Any, coordinator: Any, admin: Any, cop_member: Any, community_c: Any
) -> None:
    from qa.mentionable import Readers, reading
    from qa.models import Question

    everybody = [officer, colleague, outsider, coordinator, admin, cop_member]
    asked = [make.ask(officer, visibility=kept) for kept in ("public", "network", "agency")]
    asked += [make.ask(colleague, visibility="agency"), make.ask(cop_member, visibility="community", community=community_c)]
    for question in asked:
        may = {one for one in everybody if Question.objects.visible_to(one).filter(pk=question.pk).exists()}
        assert may == set(reading(Readers.of(question))) & set(everybody), question.visibility
