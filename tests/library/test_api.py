"""Published knowledge for programs."""

import json
from typing import Any

import pytest

from kmportal.people.models import Person
from tests.library.circles import CIRCLES, READERS
from tests.make import library as make
from tests.make.documents import make_document

pytestmark = pytest.mark.django_db
PAGES, DOCUMENTS = "/api/v1/pages/", "/api/v1/documents/"


def test_a_seminar_with_its_items(as_: Any, visitor: Any, agency_a: Any) -> None:
    speaker = Person.objects.create(given_name="สมชาย", family_name="เล่าเรื่อง", key="x")
    items = [make.item("obstacle", "ข้อมูลกระจาย", codes="PM5"), make.item("lesson", "ซ้อมก่อน")]
    page = make.make_seminar(
        "สัมมนา", talks=[make.talk("น้ำท่วม", agency=agency_a, speakers=[speaker], categories=["6"], items=items)], venue="กรุงเทพฯ"
    )

    data = as_(visitor).get(f"{PAGES}{page.pk}/").json()

    assert data["meta"]["type"] == "library.SeminarPage"
    assert data["kind_of_page"] == "seminar"
    assert data["seminar"] == {
        "start_date": "2010-07-01",
        "end_date": None,
        "venue": "กรุงเทพฯ",
        "province": "",
        "organiser": None,
    }
    assert [(item["kind"], item["text"], item["categories"]) for item in data["items"]] == [
        ("obstacle", "ข้อมูลกระจาย", ["6"]),
        ("lesson", "ซ้อมก่อน", ["6"]),
    ]
    assert data["items"][0]["talk"]["agency"]["slug"] == agency_a.slug
    assert data["items"][0]["url"].startswith("http://testserver/")


def test_a_lesson_with_its_record_sources_and_documents(as_: Any, visitor: Any, officer: Any, agency_a: Any) -> None:
    hidden = make.make_seminar(items=[make.item("lesson", "ปิด")], visibility="agency", agency=agency_a)
    shown = make.make_seminar(items=[make.item("obstacle", "เปิด")])
    attached = [make_document("แนบเปิด"), make_document("แนบปิด", visibility="agency", agency=agency_a)]
    page = make.make_lesson(
        "บท", items=[*hidden.items.all(), *shown.items.all()], documents=attached, why="<p>เพราะ</p>", fails_when="ฝนไม่ตก"
    )

    data = as_(visitor).get(f"{PAGES}{page.pk}/").json()
    inside = as_(officer).get(f"{PAGES}{page.pk}/").json()

    assert (data["record"]["why"], data["record"]["fails_when"]) == ("<p>เพราะ</p>", "ฝนไม่ตก")
    assert [item["text"] for item in data["sources"]] == ["เปิด"]
    assert [document["title"] for document in data["documents"]] == ["แนบเปิด"]
    assert {item["text"] for item in inside["sources"]} == {"เปิด", "ปิด"}
    assert [document["title"] for document in inside["documents"]] == ["แนบเปิด", "แนบปิด"]


def test_a_link_in_a_text_names_no_hidden_file_or_page(as_: Any, visitor: Any, agency_a: Any) -> None:
    document = make_document("ลับมาก", visibility="agency", agency=agency_a)
    hidden = make.make_lesson("x", visibility="agency", agency=agency_a)
    text = f'<p><a linktype="document" id="{document.pk}">ก</a><a linktype="page" id="{hidden.pk}">ข</a></p>'
    page = make.make_lesson("บท", why=text)

    why = as_(visitor).get(f"{PAGES}{page.pk}/").json()["record"]["why"]

    assert why == f'<p><a href="/cabinet/documents/{document.pk}/">ก</a><a href="/s/{hidden.pk}/">ข</a></p>'


def test_filters(as_: Any, visitor: Any, agency_a: Any) -> None:
    make.make_seminar("ส", talks=[make.talk("t", categories=["6"], items=[make.item("obstacle", "x")])])
    make.make_lesson("บ", agency=agency_a)
    client = as_(visitor)

    def titles(**asked: Any) -> Any:
        return [item["title"] for item in client.get(PAGES, asked).json()["items"]]

    assert titles(type="seminar") == ["ส"]
    assert titles(type="lesson") == ["บ"]
    assert titles(type="practice") == []
    assert titles(category="6") == ["ส"]
    assert titles(category="1") == []
    assert titles(kind="obstacle") == ["ส"]
    assert titles(agency=agency_a.slug) == ["บ"]
    assert titles(agency="none") == []
    assert len(titles(limit="1")) == 1


@pytest.mark.parametrize(
    "query",
    [
        "type=user", "type=people.User", "kind=x", "category=9", "limit=101", "limit=-1", "limit=1e3", "limit=99999999999999999999", "offset=x",
        "offset=99999999999999999999", "owner=1", "owner__email=x", "fields=owner", "fields=nothing", "fields=(", "order=owner", "order=owner__email",
        "id=x", "password=1", "_=1&nonsense=1", "search=%00", "code=%00", "limit=๑๐", "rich_text_format=x", "title=%00", "child_of=x",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_told(as_: Any, visitor: Any, query: Any) -> None:
    make.make_lesson()

    response = as_(visitor).get(f"{PAGES}?{query}")

    assert response.status_code == 400
    assert "message" in response.json()


@pytest.mark.parametrize("path", ["find/?id=x", "find/?id=99999999999999999999", "find/", "999999999999/", "find/?html_path=%00"])
def test_odd_addresses(as_: Any, visitor: Any, path: Any) -> None:
    assert as_(visitor).get(PAGES + path).status_code in (400, 404)


def test_no_account_is_named(as_: Any, coordinator: Any, officer: Any) -> None:
    make.make_lesson("บ", owner=coordinator)
    make_document()

    text = as_(officer).get(PAGES, {"fields": "*"}).text + as_(officer).get(DOCUMENTS, {"fields": "*"}).text

    assert "@" not in text
    assert coordinator.last_name not in text


def test_a_person_who_hid_themselves_is_not_credited(as_: Any, visitor: Any, officer: Any, cop_member: Any) -> None:
    page = make.make_lesson("บ", tellers=[cop_member.person])

    assert as_(visitor).get(f"{PAGES}{page.pk}/").json()["credits"] == []
    assert as_(officer).get(f"{PAGES}{page.pk}/").json()["credits"] == [{"name": str(cop_member.person), "part": "teller"}]


def test_only_reading_and_no_passwords(as_: Any, coordinator: Any, visitor: Any) -> None:
    page = make.make_lesson()
    client = as_(coordinator)

    for method in (client.post, client.put, client.patch, client.delete):
        assert method(f"{PAGES}{page.pk}/", {}, content_type="application/json").status_code in (403, 405)
    hidden = make.make_lesson("ปิด", visibility="network")
    basic = {"authorization": "Basic eDp5"}
    assert as_(visitor).get(f"{PAGES}{hidden.pk}/", headers=basic).status_code == 404


@pytest.mark.parametrize("name", list(READERS))
def test_documents(request: Any, as_: Any, name: Any, agency_a: Any, community_c: Any) -> None:
    for circle in CIRCLES:
        make_document(
            f"คานารี-{circle}", visibility=circle, agency=agency_a if circle == "agency" else None, community=community_c
        )

    data = as_(request.getfixturevalue(name)).get(DOCUMENTS).json()

    assert {item["title"].removeprefix("คานารี-") for item in data["items"]} == READERS[name]
    assert data["meta"]["total_count"] == len(READERS[name])
    assert "file_hash" not in json.dumps(data)


def test_the_cost_of_a_list_does_not_grow(as_: Any, visitor: Any, queries: Any) -> None:
    make.make_lesson()
    one = queries(as_(visitor), PAGES)
    for number in range(19):
        make.make_lesson(f"บ {number}")

    assert queries(as_(visitor), PAGES) == one
    assert one <= 6


@pytest.mark.parametrize("endpoint", ["pages", "documents"])
@pytest.mark.parametrize("query", ["search=a&search_operator=xor", "search=%00", "search=" + "a" * 201, "search=a&order=%00"])
def test_nonsense_in_a_search_is_told(as_: Any, visitor: Any, endpoint: str, query: str) -> None:
    assert as_(visitor).get(f"/api/v1/{endpoint}/?{query}").status_code == 400


@pytest.mark.parametrize("path", ["/api/v1/pages/", "/api/v1/documents/"])
def test_a_search_answers(client: Any, path: Any) -> None:
    assert client.get(path, {"search": "แผน"}).status_code == 200
    assert client.get(path, {"search": "แผน", "search_operator": "or"}).status_code == 200
    assert client.get(path, {"search": "' OR 1=1 -- \" NEAR("}).status_code == 200
