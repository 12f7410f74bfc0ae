"""The screens: who meets them, what they do, what they cost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kmportal.moderation.actions.audit import record
from kmportal.moderation.models import Appeal, Case, Decision
from kmportal.people.roles import Role
from tests.make import qa as make
from tests.make.cases import CONTENT, PEOPLE, appealed, decided, declare_acts, flagged
from tests.make.people import make_user

pytestmark = pytest.mark.django_db
As = Callable[[Any], Client]
QUEUE, BOOK, CSV = "/moderation/", "/moderation/log/", "/moderation/log/csv/"


def of(case: Case, step: str = "case") -> str:
    return reverse(f"moderation:{step}", args=[case.pk])


def test_who_meets_what(as_: As, visitor: Any, officer: Any, outsider: Any, colleague: Any, admin: Any) -> None:
    keeper = make.moderator()
    case = flagged(make.answer(make.ask(officer), outsider), officer)
    ended = decided(flagged(make.answer(make.ask(officer), outsider), officer), keeper)
    expected = {
        visitor: (302, 302, 302, 302, 302),
        colleague: (403, 403, 404, 404, 404),
        officer: (403, 403, 404, 404, 200),
        outsider: (403, 403, 404, 404, 200),
        keeper: (200, 200, 200, 404, 404),
        admin: (200, 200, 404, 404, 404),
    }
    for person, codes in expected.items():
        client = as_(person)
        paths = (QUEUE, BOOK, of(case), of(case, "told"), of(ended, "told"))
        assert tuple(client.get(path).status_code for path in paths) == codes, person


def test_decide_conflict_and_bad_input(as_: As, officer: Any, outsider: Any) -> None:
    first, second = make.moderator(), make.moderator()
    case = flagged(make.answer(make.ask(officer), outsider), officer)

    assert as_(first).post(of(case, "decide"), {"outcome": "hidden"}).status_code == 422
    assert as_(first).post(of(case, "decide"), {"outcome": "hidden", "ready": "fine.agree"}).status_code == 422
    assert as_(outsider).post(of(case, "decide"), {"outcome": "fine", "reason": "ของตัวเอง"}).status_code == 404
    assert Decision.objects.count() == 0
    as_(first).post(of(case, "take"))
    shown = as_(second).get(of(case)).content.decode()
    assert str(first) in shown
    assert str(officer) in shown

    done = as_(first).post(of(case, "decide"), {"outcome": "hidden", "ready": "hidden.polite"}, follow=True)
    assert (done.status_code, Decision.objects.get().ready) == (200, "polite")
    late = as_(second).post(of(case, "decide"), {"outcome": "fine", "reason": "ไม่ผิด"}, follow=True)
    assert late.status_code == 200
    assert 'class="note bad"' in late.content.decode()
    assert Decision.objects.get().moderator == first


def test_a_party_is_refused(as_: As, officer: Any, outsider: Any) -> None:
    keeper = make.moderator()
    case = flagged(make.answer(make.ask(officer), outsider), keeper)

    assert as_(keeper).post(of(case, "decide"), {"outcome": "fine", "reason": "ไม่ผิด"}).status_code == 403
    assert Decision.objects.count() == 0


def test_the_author_appeals_and_reads_no_names(as_: As, officer: Any, outsider: Any) -> None:
    first, second = make_user("eagle@agency-b.example", given="นกอินทรี", role=Role.MODERATOR), make.moderator()
    case = decided(flagged(make.answer(make.ask(officer, "นกขมิ้น"), outsider), officer), first)
    page = as_(outsider).get(of(case, "told")).content.decode()
    assert "นกขมิ้น" in page
    for name in (officer, first):
        assert str(name) not in page
    assert as_(outsider).post(of(case, "told"), {"words": " "}).status_code == 422
    assert as_(officer).post(of(case, "told"), {"words": "ไม่ใช่ของตัวเอง"}).status_code == 404

    assert as_(outsider).post(of(case, "told"), {"words": "ยกคำพูดมา"}).status_code == 302
    assert as_(outsider).post(of(case, "told"), {"words": "อีกครั้ง"}).status_code == 422
    assert as_(first).post(of(case, "appeal"), {"granted": "no", "reason": "เดิม"}).status_code == 403
    assert as_(second).post(of(case, "appeal"), {"granted": "yes"}).status_code == 422
    assert as_(second).post(of(case, "appeal"), {"granted": "yes", "reason": "คืนให้"}).status_code == 302
    assert Appeal.objects.get().granted is True
    assert "คืนให้" in as_(officer).get(of(case, "told")).content.decode()


def test_lists_cost_the_same(as_: As, queries: Any, officer: Any, outsider: Any, admin: Any) -> None:
    declare_acts()
    keeper, other = make.moderator(), make_user("flagger@agency-b.example", given="แจ้ง")
    question = make.ask(officer)
    flagged(make.answer(question, outsider), officer)
    decided(flagged(make.comment(question, outsider), other), keeper, "fine", "ไม่ผิด")
    record(actor=keeper, act=CONTENT, thing=question)
    paths = (QUEUE, f"{QUEUE}?show=decided", BOOK)
    one = [queries(as_(keeper), path) for path in paths]
    for _nth in range(19):
        flagged(make.answer(question, outsider), officer)
        decided(flagged(make.comment(question, outsider), other), keeper, "fine", "ไม่ผิด")
        record(actor=keeper, act=CONTENT, thing=question)

    assert [queries(as_(keeper), path) for path in paths] == one


def test_a_case_with_its_history(as_: As, queries: Any, officer: Any, outsider: Any, colleague: Any) -> None:
    first, second = make.moderator(), make.moderator()
    reply = make.answer(make.ask(officer), outsider)
    decided(flagged(reply, officer), first, "fine", "ไม่ผิด")
    case = appealed(decided(flagged(reply, colleague), first), outsider)

    page = as_(second).get(of(case))
    assert page.status_code == 200
    assert page.context["page"].earlier[0][1] == 1
    assert as_(first).get(of(case)).context["page"].may_decide is False


def test_the_book_as_a_file(as_: As, admin: Any, officer: Any) -> None:
    declare_acts()
    record(actor=admin, act=PEOPLE, thing=officer, reason='=HYPERLINK("http://a")')
    record(actor=None, act=CONTENT, reason="เอง")

    text = as_(admin).get(CSV).content.decode()
    assert "'=HYPERLINK" in text
    assert len(text.splitlines()) == 3
    assert len(as_(admin).get(CSV, {"act": PEOPLE}).content.decode().splitlines()) == 2
    keeper = as_(make.moderator())
    assert len(keeper.get(CSV).content.decode().splitlines()) == 2
    for query, number in (("who=nobody", 0), ("since=1/1/2560", 2), ("until=1/1/2560", 0), ("since=x", 2), ("page=99", 2)):
        assert len(as_(admin).get(f"{BOOK}?{query}").context["page"].object_list) == number, query
    assert as_(officer).get(CSV).status_code == 403


def test_the_book_names_what_a_case_was_about(as_: As, officer: Any, outsider: Any) -> None:
    """Where the reader may read that; for others it stays a number."""
    keeper, other = make.moderator(), make.moderator()
    decided(flagged(make.answer(make.ask(officer, "นกขมิ้น"), outsider), officer), keeper)
    inside = make.ask(officer, "นกกระจาบ", visibility="agency")
    colleague = make_user("inside@agency-a.example", given="กลุ่มใน", role=Role.MODERATOR)
    colleague.agency = officer.agency
    colleague.save()
    decided(flagged(make.comment(inside, officer), _fellow(officer)), colleague)

    book = as_(other).get(BOOK).text
    assert ("นกขมิ้น" in book, "นกกระจาบ" in book) == (True, False)
    assert "นกขมิ้น" in as_(other).get(CSV).text
    assert "นกกระจาบ" in as_(colleague).get(BOOK).text


def _fellow(officer: Any) -> Any:
    made = make_user("fellow@agency-a.example", given="ร่วมงาน")
    made.agency = officer.agency
    made.save()
    return type(made).objects.get(pk=made.pk)


def test_the_form_and_the_refusal_say_what_is_so(as_: As, officer: Any, outsider: Any, coordinator: Any) -> None:
    keeper = make.moderator()
    case = flagged(make.answer(make.ask(officer), outsider), officer)
    form = as_(keeper).get(of(case)).text.partition('id="decide-h"')[2].partition("</form>")[0]
    assert "ไม่บังคับ" not in form

    refused = [as_(coordinator).get(path).text for path in (QUEUE, BOOK)]
    assert ["ผู้ประสานงานของหน่วยงาน" in page for page in refused] == [False, False]


def test_an_answer_for_another_stage_leads_back_to_the_page(as_: As, officer: Any, outsider: Any) -> None:
    """A form of the first decision and one of the appeal are two; the wrong one is not shown again as if it fitted."""
    case, keeper = flagged(make.answer(make.ask(officer), outsider), officer), make.moderator()
    for sent in ({}, {"again": "upheld", "reason": "x\x00"}):
        answer = as_(keeper).post(of(case, "appeal"), sent)
        assert (answer.status_code, answer.headers.get("Location")) == (302, of(case))
    assert Decision.objects.count() == 0
