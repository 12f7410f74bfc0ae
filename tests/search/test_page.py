"""What the search page makes of an answer, and of an address."""

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse

from kmportal.people.models import User
from kmportal.search.models import SearchedQuery, WantedAnswer
from tests.make import library as make
from tests.search.answers import found, hit

pytestmark = pytest.mark.django_db


def html(client: Any, path: str = "/search/", **data: Any) -> str:
    response = client.get(path, data)
    assert response.status_code == 200
    return str(response.content.decode())


def main(client: Any, path: str = "/search/", **data: Any) -> str:
    return html(client, path, **data).split('<main id="main"')[1].split("</main>")[0]


def test_the_start_says_what_can_be_asked_and_waits_for_words(client: Any) -> None:
    shown = main(client)

    assert "<h1>ค้นหาทั้งเว็บไซต์</h1>" in shown
    assert re.search(r'<input id="search-q"[^>]* autofocus>', shown)
    assert SearchedQuery.objects.count() == 0


def test_a_hit_shows_its_place_kind_date_and_seal(client: Any, answer_with: Any, agency_a: Any) -> None:
    one = hit(7, "item", tags=frozenset({("category", "4"), ("type", "obstacle"), ("agency", str(agency_a.pk))}), more=2)
    answer_with(found(one))

    shown = main(client, q="เรื่อง")

    assert '<a href="/library/items/7/#i7">ก่อน <mark>คำ</mark> หลัง</a>' in shown
    assert "<span>หัวข้อ · สัมมนา</span>" in shown
    assert '<time datetime="2010-07-01">1 ก.ค. 2553</time>' in shown
    assert f'aria-label="{agency_a.name}"' in shown
    assert '<i class="on">4</i>' in shown
    assert "และอีก 2 แห่งในเรื่องเดียวกัน" in shown
    assert 'role="status">พบ 1 รายการ</p>' in shown
    assert "<title>ค้นหา “เรื่อง” – " in html(client, q="เรื่อง")


def test_english_readers_stay_in_english(client: Any, answer_with: Any) -> None:
    answer_with(found(hit(7)))

    shown = html(client, "/en/search/", q="x")

    assert 'href="/en/library/items/7/#i7"' in shown
    assert "Found 1 result<" in shown
    assert ">1 Jul 2010</time>" in shown
    assert "<title>Search “x” – " in shown


def test_the_address_reaches_the_engine(client: Any, answer_with: Any, agency_a: Any) -> None:
    asked = answer_with(found(hit(), total=60))

    html(client, q="น้ำ", category="4", agency=agency_a.slug, type="obstacle", year="2553", sort="newest", page="2")

    assert len(asked) == 1
    assert asked[0]["query"] == "น้ำ"
    assert asked[0]["tags"] == (("category", "4"), ("agency", str(agency_a.pk)), ("type", "obstacle"))
    assert (asked[0]["year"], asked[0]["sort"], asked[0]["offset"], asked[0]["limit"]) == (2010, "newest", 20, 20)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "x"), ("category", "9"), ("agency", "nobody"), ("agency", "\x00"), ("type", "'"), ("year", "๙๙๙๙๙"), ("year", "2e3"),
        ("sort", "-pk"), ("page", "-1"), ("page", "x"), ("page", "99999999999999999999"), ("page", "²"),
    ],
)  # fmt: skip
def test_nonsense_in_an_address_is_left_out(client: Any, answer_with: Any, name: str, value: str) -> None:
    asked = answer_with(found(hit()))

    html(client, q="น้ำ", **{name: value})

    assert {key: asked[0][key] for key in ("kinds", "tags", "year", "sort", "offset")} == {
        "kinds": (), "tags": (), "year": None, "sort": "best", "offset": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    "query", ["ก" * 10_000, "\x00", "ก\x00ข", '" OR 1=1 --', "NEAR(a b)", "* ^ :", "่่่่", "%00", "a AND", "{}[]()"]
)
def test_any_words_get_an_answer(client: Any, query: str) -> None:
    assert client.get("/search/", {"q": query}, follow=True).status_code == 200


def test_endless_words_are_cut_before_every_link_repeats_them(client: Any) -> None:
    response = client.get("/search/", {"q": "ก" * 10_000, "kind": "lesson"}, follow=True)

    assert len(response.redirect_chain) == 1
    assert response.wsgi_request.GET.dict() == {"q": "ก" * 200}
    assert len(response.content) < 45_000


def test_endless_choices_are_dropped(client: Any) -> None:
    response = client.get("/search/", {"q": "น้ำ", "agency": "x" * 10_000}, follow=True)

    assert response.wsgi_request.GET.dict() == {"q": "น้ำ"}


def test_broken_bytes_get_an_answer(client: Any) -> None:
    assert client.get("/search/?q=%ED%A0%80%FF&page=%00").status_code == 200


def test_a_page_past_the_end_is_the_last(client: Any, answer_with: Any) -> None:
    asked = answer_with(found(total=45))

    shown = main(client, q="น้ำ", page="9")

    assert [one["offset"] for one in asked] == [160, 40]
    assert "หน้า 3" in shown


def test_what_was_chosen_can_be_taken_away(client: Any, answer_with: Any) -> None:
    answer_with(found(hit(), facets={"kind": {"lesson": 1}, "category": {"4": 1, "6": 3}, "year": {"2010": 1, "2011": 4}}))

    shown = main(client, q="น้ำ", category="4", year="2553")

    assert re.search(r'<a class="tag info" href="\?q=[^"&]*&amp;year=2553">หมวด 4 ', shown)
    assert re.search(r'<a class="tag info" href="\?q=[^"&]*&amp;category=4">ปี 2553', shown)
    assert '<option value="2554">2554 (4)</option>' in shown
    assert re.search(r'name="category" value="4" checked', shown)


def test_only_the_best_are_shown(client: Any, answer_with: Any) -> None:
    answer_with(found(hit(), total=60, capped=True))

    assert "แสดง 60 รายการที่ตรงที่สุด อาจมีมากกว่านี้" in main(client, q="น้ำ")


def test_a_better_spelling_is_a_link(client: Any, answer_with: Any) -> None:
    answer_with(found(hit(), instead="การจัดการความรู้"))

    shown = main(client, q="การจัดการความรุ้")

    assert re.search(r'คุณหมายถึง <a href="\?q=[^"]+"><b>การจัดการความรู้</b></a>', shown)


def test_another_keyboard_layout_is_told(client: Any, answer_with: Any) -> None:
    answer_with(found(hit(), asked="สวัสดี"))

    assert "แสดงผลของ “สวัสดี” เพราะ “l;ylfu” ดูเหมือนพิมพ์โดยลืมเปลี่ยนภาษา" in main(client, q="l;ylfu")


def test_a_query_in_another_case_is_not_called_corrected(client: Any, answer_with: Any) -> None:
    answer_with(found(hit(), asked="km corner"))

    assert "ลืมเปลี่ยนภาษา" not in main(client, q="KM  Corner")


def test_the_nearest_are_called_the_nearest(client: Any, answer_with: Any) -> None:
    answer_with(found(hit(), near=True))

    shown = main(client, q="ไม่มีคำนี้")

    assert "ไม่พบเรื่องที่ตรงกับ “ไม่มีคำนี้”" in shown
    assert "เรื่องที่ใกล้เคียงที่สุด</h2>" in shown


def test_words_are_escaped(client: Any, answer_with: Any) -> None:
    answer_with(found(hit(title="<b>ชื่อ</b>"), asked="<i>", instead="<script>alert(1)</script>"))

    shown = html(client, q='"><script>x()</script>')

    assert "<script>x()" not in shown
    assert "<script>alert" not in shown
    assert "<b>ชื่อ" not in shown


def test_a_frame_on_every_page_searches_the_site(client: Any) -> None:
    shown = html(client, "/library/")

    assert re.search(r'<form class="find" role="search"[^>]* action="/search/" [^>]*data-from="/search/suggest/"', shown)
    assert 'class="tool seek" href="/search/"' in shown


def test_the_nearest_are_few_and_nothing_is_counted_among_them(client: Any, answer_with: Any) -> None:
    answer_with(
        found(
            *(hit(n) for n in range(20)),
            near=True,
            total=59,
            facets={"kind": {"lesson": 50, "item": 9}, "year": {"2010": 50, "2011": 9}},
        )
    )

    shown = main(client, q="ไม่มีคำนี้", page="3")

    assert shown.count('<li class="row') == 5
    assert "แสดงเรื่องที่ใกล้เคียงที่สุด 5 รายการ" in shown
    assert (" 59" in shown, "กรองผลการค้นหา" in shown, 'class="tabs' in shown, "หน้า 3" in shown) == (False, False, False, False)


def test_a_place_is_marked_where_nothing_else_tells_why(client: Any, answer_with: Any) -> None:
    bare = {"marked_title": "ก", "snippet": "ข", "place": "การจัดการความรู้ <i>"}
    answer_with(found(hit(1, **bare), hit(2, place="การจัดการความรู้"), instead="จัดการความรู้"))

    shown = main(client, q="จัดการความรุ้")

    assert "<span>การ<mark>จัดการความรู้</mark> &lt;i&gt;</span>" in shown
    assert "<span>การจัดการความรู้</span>" in shown


def test_the_number_of_a_kind_is_what_it_shows(client: Any) -> None:
    lines = [make.item("practice", f"ซ้อมแผนน้ำท่วมก่อนฝนในตำบลที่ {number} ทุกปี") for number in range(4)]
    make.make_seminar("น้ำท่วม น้ำท่วม", talks=[make.talk("น้ำท่วม", items=lines)], summary="น้ำท่วม")

    answer = client.get("/search/", {"q": "ซ้อมแผนน้ำท่วม", "kind": "item"}).context["answer"]

    assert [(tab["value"], tab["count"]) for tab in answer.tabs if tab["current"]] == [("item", answer.found.total)]


@pytest.mark.urls("tests.search.urls_with_asking")
def test_members_may_ask_the_network_where_there_is_a_page_for_it(client: Any, as_: Any, officer: User, answer_with: Any) -> None:
    answer_with(found(near=True))

    shown = main(as_(officer), q='คู่มือ "ใหม่"')

    assert f'href="{reverse("qa:ask")}?title={quote("คู่มือ")}%20%22{quote("ใหม่")}%22"' in shown
    assert "?title=" not in main(client, q="คู่มือ")


# --- Telling the coordinators ----------------------------------------------------------------------------------------------------
def test_a_member_tells_what_is_missing_once(as_: Any, officer: User, answer_with: Any) -> None:
    answer_with(found(near=True))
    client = as_(officer)
    assert "บอกผู้ประสานงานว่ายังขาดเรื่องนี้" in main(client, q="คู่มือใหม่")

    for sentence in ("ใช้ทำแผน", "", "ใช้ทำแผนปีหน้า"):
        response = client.post("/search/missing/", {"q": "คู่มือใหม่", "sentence": sentence})
        assert (response.status_code, response.url.partition("?")[0]) == (302, "/search/")

    assert list(WantedAnswer.objects.values_list("query", "sentence", "user")) == [("คู่มือใหม่", "ใช้ทำแผนปีหน้า", officer.pk)]
    assert "ผู้ประสานงานทราบจากคุณแล้วว่ายังขาดเรื่องนี้" in main(client, q="คู่มือใหม่")


@pytest.mark.parametrize("data", [{}, {"q": ""}, {"q": "\x00"}, {"q": "ก" * 10_000}, {"q": "ก", "sentence": "ก" * 301}])
def test_an_empty_or_endless_report_changes_nothing(as_: Any, officer: User, data: dict[str, str]) -> None:
    response = as_(officer).post("/search/missing/", data)

    assert (response.status_code, response.url) == (302, "/search/")
    assert WantedAnswer.objects.count() == 0


def test_visitors_are_asked_to_sign_in(client: Any, answer_with: Any) -> None:
    answer_with(found(near=True))

    shown = main(client, q="คู่มือใหม่")
    response = client.post("/search/missing/", {"q": "คู่มือใหม่"})

    assert "บอกผู้ประสานงานว่ายังขาดเรื่องนี้" not in shown
    assert "/accounts/login/?next=" in shown
    assert (response.status_code, WantedAnswer.objects.count()) == (302, 0)
    assert response.url.startswith("/accounts/login/")


def test_it_is_reported_by_post_alone(as_: Any, officer: User) -> None:
    assert as_(officer).get("/search/missing/", {"q": "คู่มือ"}).status_code == 405
    assert as_(officer).post("/search/").status_code == 405
