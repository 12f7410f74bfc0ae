"""The ask page: what it takes, what it refuses without losing a word, drafts, what was asked before, what an address fills in."""

from typing import Any

import pytest

from kmportal.taxonomy.models import PmqaCode, Topic
from qa.models import Draft, Question
from tests.make import qa as make
from tests.make.library import make_lesson

pytestmark = pytest.mark.django_db
SENT = {"title": "จะเริ่มอย่างไร", "body": "ลองแล้ว", "visibility": "network", "signed": "name", "seen": "on"}


def page(answer: Any) -> str:
    return str(answer.content.decode())


def test_all_of_it_is_asked(as_: Any, cop_member: Any, community_c: Any) -> None:
    topic, code = Topic.objects.create(slug="water", name_th="น้ำ"), PmqaCode.objects.filter(category__edition__is_current=True)[0]
    lesson = make_lesson("ก่อนฝน")
    answer = as_(cop_member).post(
        "/ask/",
        SENT | {"topics": [topic.pk], "codes": [code.pk], "category": ["4", "6"], "about": f"page-{lesson.pk}",
                "visibility": "community", "community": community_c.pk, "signed": "none"},
    )  # fmt: skip

    question = Question.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/qa/{question.pk}/")
    assert (question.title, question.body, question.anonymous) == ("จะเริ่มอย่างไร", "<p>ลองแล้ว</p>", True)
    assert (question.visibility, question.community, question.about_id) == ("community", community_c, lesson.pk)
    assert (list(question.topics.all()), list(question.codes.all())) == ([topic], [code])
    assert sorted(question.categories.values_list("number", flat=True)) == ["4", "6"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": " "}, "เขียนคำถามเป็นหนึ่งประโยค"),
        ({"title": "ก" * 201}, "200"),
        ({"body": "ก" * 70_000}, "ยาวเกินไป"),
        ({"body": "<b>" * 2001, "body_format": "html"}, "ยาวเกินไป"),
        ({"visibility": "community"}, "เลือกชุมชน"),
        ({"visibility": "everybody"}, "everybody"),
        ({"topics": ["99999"]}, "99999"),
        ({"category": ["9"]}, "9"),
        ({"codes": ["x"]}, "x"),
        ({"about": "page-999999"}, "อาจถูกย้ายไปแล้ว"),
    ],
)
def test_errors_keep_everything(as_: Any, cop_member: Any, wrong: dict[str, Any], words: str) -> None:
    sent = SENT | {"title": "ถามเรื่องเขื่อน", "body": "เคยลองที่เขื่อนนี้", "category": ["6"]} | wrong
    answer = as_(cop_member).post("/ask/", sent)

    assert answer.status_code == 400
    shown = page(answer)
    assert "ผิดพลาด:" in shown
    assert words in shown
    assert [sent[name] in shown for name in ("title", "body") if name not in wrong] == [True] * len(
        {"title", "body"} - set(wrong)
    )
    assert Question.objects.count() == 0


def test_a_hidden_community_is_told_at_its_field(as_: Any, cop_member: Any, community_c: Any) -> None:
    answer = as_(cop_member).post("/ask/", SENT | {"community": community_c.pk})

    assert (answer.status_code, Question.objects.count()) == (400, 0)
    assert answer.context["form"].errors["community"] == ["ชุมชนนี้ไม่เปิดเผย เรื่องของชุมชนจึงอ่านได้เฉพาะสมาชิก"]


def test_nobody_asks_in_other_peoples_circles(as_: Any, officer: Any, community_c: Any) -> None:
    shown = page(as_(officer).get("/ask/"))
    assert community_c.name not in shown
    assert 'value="community"' not in shown

    for wrong in ({"visibility": "community", "community": community_c.pk}, {"visibility": "community"}):
        assert as_(officer).post("/ask/", SENT | wrong).status_code == 400
    as_(officer).post("/ask/", SENT | {"community": community_c.pk})

    assert [question.community for question in Question.objects.all()] == [None]


def test_visitors_sign_in_first(as_: Any) -> None:
    for address in ("/ask/", "/ask/similar/?q=อะไรก็ได้"):
        assert as_(None).get(address).url.startswith("/accounts/login/?next=")
    for address in ("/ask/", "/ask/draft/", "/ask/draft/discard/"):
        assert as_(None).post(address, SENT).status_code == 302

    assert (Question.objects.count(), Draft.objects.count()) == (0, 0)


def test_the_address_fills_in_what_one_may_read(as_: Any, officer: Any, outsider: Any, agency_a: Any) -> None:
    lesson = make_lesson("ของกรมเรา", visibility="agency", agency=agency_a)
    address = f"/ask/?title=ถามต่อ&about=page-{lesson.pk}"

    assert ["ถามต่อ" in page(as_(officer).get(address)), "ของกรมเรา" in page(as_(officer).get(address))] == [True, True]
    assert ["ถามต่อ" in page(as_(outsider).get(address)), "ของกรมเรา" in page(as_(outsider).get(address))] == [True, False]
    for nonsense in (
        "about=x",
        "about=page-",
        "about=page-99999999999999999999",
        "about=item-1",
        "title=%00",
        "title=" + "ก" * 999,
    ):
        assert as_(officer).get(f"/ask/?{nonsense}").status_code == 200


# --- What was asked before -------------------------------------------------------------------------------------------------------
def test_it_is_shown_once_before_sending(as_: Any, officer: Any, outsider: Any) -> None:
    make.ask(outsider, "จะดึงความรู้จากคนเกษียณอย่างไร")
    sent = SENT | {"title": "จะดึงความรู้จากคนเกษียณได้อย่างไร", "seen": ""}

    first = as_(officer).post("/ask/", sent)
    assert (first.status_code, Question.objects.count()) == (200, 1)
    assert "เรื่องนี้อาจมีคนถามแล้ว" in page(first)
    assert "ลองแล้ว" in page(first)

    assert as_(officer).post("/ask/", sent | {"seen": "on"}).status_code == 302
    assert as_(officer).post("/ask/", SENT | {"title": "zq xw kj", "seen": ""}).status_code == 302


def test_similar_things_are_those_one_may_read(as_: Any, officer: Any, cop_member: Any, community_c: Any) -> None:
    make.ask(cop_member, "จะดึงความรู้จากคนเกษียณอย่างไร", visibility="community", community=community_c)
    make_lesson("ดึงความรู้จากคนเกษียณก่อนวันสุดท้าย")
    address = "/ask/similar/?q=จะดึงความรู้จากคนเกษียณอย่างไร"

    mine, theirs = page(as_(officer).get(address)), page(as_(cop_member).get(address))

    assert ["บทเรียน" in mine, "จะดึงความรู้" in mine] == [True, False]
    assert "จะดึงความรู้" in theirs
    assert page(as_(officer).get("/ask/similar/?q=ก")).strip() == ""
    assert as_(officer).get("/en/ask/similar/?q=" + "ก%00" * 500).status_code == 200


# --- Drafts ----------------------------------------------------------------------------------------------------------------------
def test_a_draft_comes_back_with_a_notice_and_goes_when_discarded(as_: Any, officer: Any, community_c: Any) -> None:
    client = as_(officer)
    answer = client.post("/ask/draft/", SENT | {"visibility": "agency", "signed": "none", "category": ["4"], "codes": ["x"]})
    assert answer.json()["kept"].startswith("เก็บร่างให้แล้วเมื่อ")

    shown = page(client.get("/ask/?title=เรื่องใหม่"))
    assert ["นำร่างที่เก็บไว้" in shown, "จะเริ่มอย่างไร" in shown, "ลองแล้ว" in shown, "เรื่องใหม่" in shown] == [True] * 4
    form = client.get("/ask/").context["form"]
    assert [form[name].value() for name in ("visibility", "signed", "category")] == ["agency", "none", ["4"]]

    assert (
        client.post("/ask/draft/discard/", {"title": "เรื่องใหม่"}).url
        == "/ask/?title=%E0%B9%80%E0%B8%A3%E0%B8%B7%E0%B9%88%E0%B8%AD%E0%B8%87%E0%B9%83%E0%B8%AB%E0%B8%A1%E0%B9%88"
    )
    assert Draft.objects.count() == 0
    assert client.post("/ask/draft/discard/").status_code == 302


def test_the_button_keeps_what_is_not_right_yet(as_: Any, officer: Any, outsider: Any) -> None:
    assert as_(officer).post("/ask/", SENT | {"title": "", "act": "draft"}).status_code == 302

    assert (Draft.objects.get().body, Question.objects.count()) == ("<p>ลองแล้ว</p>", 0)
    assert "ลองแล้ว" not in page(as_(outsider).get("/ask/"))
    assert as_(officer).post("/ask/draft/", SENT | {"body": "ก" * 70_000}).status_code == 400
    assert Draft.objects.get().body == "<p>ลองแล้ว</p>"


def test_what_the_editor_wrote_is_cleaned(as_: Any, officer: Any) -> None:
    body = '<p onclick="x()">ก<img src="https://evil.example/a.png"><script>x()</script></p><table><tbody><tr><td>1</td></tr></tbody></table>'
    as_(officer).post("/ask/", SENT | {"body": body, "body_format": "html"})

    assert Question.objects.get().body == "<p>ก</p><table><tbody><tr><td>1</td></tr></tbody></table>"


def test_it_costs_few_queries(as_: Any, cop_member: Any, queries: Any) -> None:
    few = queries(as_(cop_member), "/ask/")
    for number in range(5):
        Topic.objects.create(slug=f"topic-{number}", name_th=f"เรื่อง {number}")

    assert queries(as_(cop_member), "/ask/") == few
