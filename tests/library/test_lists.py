"""The library's list: choices, words, years of two eras, order, pages, and addresses that make no sense."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from kmportal.library import facets, shelves
from kmportal.library.forms import filters as address
from kmportal.library.shelves import Filters
from kmportal.people.models import Agency, Person
from kmportal.taxonomy.models import PmqaCategory, Topic
from tests.make.library import item, make_lesson, make_practice, make_seminar, talk

pytestmark = pytest.mark.django_db
AS = Callable[[Any], Client]


def _titles(user: Any, filters: Filters) -> set[str]:
    return set(shelves.pages(user, filters).values_list("title", flat=True))


def _texts(user: Any, filters: Filters) -> set[str]:
    return set(shelves.items(user, filters).values_list("text", flat=True))


def test_each_choice_narrows(visitor: Any, agency_a: Agency, agency_b: Agency) -> None:
    person = Person.objects.create(given_name="ก", family_name="ข", key="ก ข")
    topic = Topic.objects.first()
    category = PmqaCategory.objects.filter(number="2").first()
    make_seminar(
        "น้ำ",
        talks=[talk("ก", agency=agency_a, speakers=[person], categories=["6"], items=[item("obstacle", "เงิน")])],
        start_date=date(2010, 7, 1),
    )
    make_lesson("ไฟ", categories=[category], topics=[topic], agency=agency_b)
    make_practice("ดิน", tellers=[person])

    assert _titles(visitor, Filters(type="lesson")) == {"ไฟ"}
    assert _titles(visitor, Filters(category="2")) == {"ไฟ"}
    assert _titles(visitor, Filters(category="6")) == {"น้ำ"}
    assert _titles(visitor, Filters(agency=agency_a)) == {"น้ำ"}
    assert _titles(visitor, Filters(agency=agency_b)) == {"ไฟ"}
    assert _titles(visitor, Filters(person=person)) == {"น้ำ", "ดิน"}
    assert _titles(visitor, Filters(topic=topic)) == {"ไฟ"}
    assert _titles(visitor, Filters(year=2010)) == {"น้ำ"}
    assert _texts(visitor, Filters(kind="obstacle", category="6", person=person, agency=agency_a, year=2010)) == {"เงิน"}
    assert _texts(visitor, Filters(kind="practice")) == set()


def test_a_ministry_includes_its_departments(visitor: Any, agency_a: Agency) -> None:
    above = Agency.objects.create(slug="test-ministry", name="กระทรวงทดสอบ", kind="ministry", key="กระทรวงทดสอบ")
    Agency.objects.filter(pk=agency_a.pk).update(parent=above)
    make_lesson("ไฟ", agency=agency_a)
    make_seminar("น้ำ", talks=[talk("ก", agency=agency_a, items=[item("practice", "เงิน")])])

    assert _titles(visitor, Filters(agency=above)) == {"ไฟ", "น้ำ"}
    assert _texts(visitor, Filters(agency=above)) == {"เงิน"}
    for filters in (Filters(), Filters(type="item")):
        numbers = facets.count(visitor, filters, facets.all_agencies()).of("agency")
        assert numbers[str(above.pk)] == numbers[str(agency_a.pk)]


def test_words_are_found_however_they_are_typed(visitor: Any) -> None:
    make_seminar("จัดการน้ำ", talks=[talk("ก", items=[item("obstacle", "ผู้บริหารเปลี่ยนบ่อย")])])
    make_lesson("บทเรียนไฟ", tricks="<p>ผู้บริหารต้องเห็น</p>", lesson="เมื่อไฟมา ให้หนี เพราะร้อน")

    assert _titles(visitor, Filters(q="น้ำ")) == {"จัดการน้ำ"}
    assert _titles(visitor, Filters(q="น้ำ")) == {"จัดการน้ำ"}
    assert _titles(visitor, Filters(q="เปลี่ยน บ่อย")) == {"จัดการน้ำ"}
    assert _titles(visitor, Filters(q="ผู้บริหาร")) == {"จัดการน้ำ", "บทเรียนไฟ"}
    assert _titles(visitor, Filters(q="ผู้\u200bบริหาร หนี")) == {"บทเรียนไฟ"}
    assert _texts(visitor, Filters(q="บริหาร")) == {"ผู้บริหารเปลี่ยนบ่อย"}
    assert _titles(visitor, Filters(q="100%_")) == set()


@pytest.mark.parametrize("year", ["2553", "2010", "๒๕๕๓", "53"])
def test_years_of_both_eras_in_both_digits(visitor: Any, year: str) -> None:
    assert address.read(QueryDict(f"year={quote(year)}"), visitor, {}).year == 2010


@pytest.mark.parametrize(
    "query",
    [
        "page=0", "page=-3", "page=abc", "page=999999999999999999999", "type=nonsense", "kind=zzz", "category=9", "code=abc", "code=99999999999999999999",
        "agency=no", "person=no", "topic=no", "year=abc", "year=99999", "year=0", "sort=evil", "archived=2", "q=%00", "q=" + "ก" * 3000, "q=%25%5F%27%22",
        "type=lesson&kind=obstacle", "kind=obstacle&kind=practice", "q=%F0%9F%98%80",
    ],
)  # fmt: skip
def test_no_address_is_an_error(as_: AS, visitor: Any, query: str) -> None:
    make_lesson()

    for path in ("/library/", "/pmqa/6/"):
        assert as_(visitor).get(f"{path}?{query}").status_code == 200


def test_a_category_that_does_not_exist(as_: AS, visitor: Any) -> None:
    assert [as_(visitor).get(f"/pmqa/{number}/").status_code for number in ("P", "7", "8", "x", "66")] == [
        200,
        200,
        404,
        404,
        404,
    ]


def test_pages_are_stable_and_bad_numbers_lead_to_the_ends(as_: AS, visitor: Any) -> None:
    for n in range(25):
        make_practice(f"แนวที่ {n:02}")
    client = as_(visitor)

    def titles(query: str) -> list[str]:
        return [page.title for page in client.get(f"/library/?{query}").context["listing"].page.object_list]

    first, second = titles("page=1"), titles("page=2")
    assert (len(first), len(second)) == (20, 5)
    assert len({*first, *second}) == 25
    assert titles("page=99") == second
    assert titles("page=0") == titles("page=x") == first
    assert titles("sort=title")[:2] == ["แนวที่ 00", "แนวที่ 01"]


def test_chips_take_one_choice_away(as_: AS, visitor: Any) -> None:
    make_lesson("ไฟ")

    answer = as_(visitor).get("/library/?q=ไฟ&type=lesson&year=2569")
    html = answer.content.decode()

    assert [chip.without for chip in answer.context["listing"].chips] == ["q", "year"]
    assert f'href="?q={quote("ไฟ")}&amp;type=lesson"' in html
    assert f"<mark>{'ไฟ'}</mark>" in html


def test_an_empty_list_says_what_to_do(as_: AS, visitor: Any, officer: Any) -> None:
    assert "ไม่พบรายการที่ตรงกับทุกตัวกรอง" in as_(visitor).get("/library/?q=zzzz").content.decode()
    assert "ยังไม่มีรายการที่เผยแพร่" in as_(officer).get("/library/").content.decode()


def test_all_obstacles_of_a_category(as_: AS, visitor: Any) -> None:
    make_seminar("น้ำ", talks=[talk("ก", categories=["6"], items=[item("obstacle", "ติดขัดหก"), item("practice", "ทำหก")])])
    make_seminar("ไฟ", talks=[talk("ก", categories=["2"], items=[item("obstacle", "ติดขัดสอง")])])

    html = as_(visitor).get("/pmqa/6/?kind=obstacle").content.decode()

    assert "ติดขัดหก" in html
    assert "ทำหก" not in html
    assert "ติดขัดสอง" not in html


def test_the_short_address_and_its_code(as_: AS, visitor: Any) -> None:
    seminar, lesson = make_seminar(), make_lesson()
    client = as_(visitor)

    assert client.get(reverse("library:short", args=[seminar.pk]))["Location"] == seminar.url
    assert client.get(reverse("library:short_lesson", args=[lesson.pk]))["Location"] == lesson.url
    answer = client.get(reverse("library:qr", args=[lesson.pk]))
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")
    assert "max-age=2592000" in answer["Cache-Control"]
    html = client.get(lesson.url).content.decode()
    assert f"http://testserver{reverse('library:short_lesson', args=[lesson.pk])}" in html
    assert "only-print" in html
    assert "no-print" in html


def test_reading_takes_nothing_in(as_: AS, officer: Any) -> None:
    lesson = make_lesson()
    row = make_seminar(items=[item("practice", "เงิน")]).items.get()

    for path in ("/library/", "/pmqa/6/", reverse("library:item", args=[row.pk]), reverse("library:history", args=[lesson.pk])):
        assert as_(officer).post(path).status_code == 405


@pytest.mark.parametrize("name", ["library:item", "library:short", "library:qr", "library:history"])
def test_a_number_that_no_row_can_have(as_: AS, officer: Any, name: str) -> None:
    address = reverse(name, args=[1]).replace("1", "9" * 30)

    assert as_(officer).get(address).status_code == 404
