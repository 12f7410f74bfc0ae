"""Through page, suggestions and JSON: nobody meets what is outside their circles, in hits, numbers or lists."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.library.circles import CIRCLES, READERS, fill
from tests.make import library as make

pytestmark = pytest.mark.django_db
API, PAGE, SUGGEST = "/api/v1/search", "/search/", "/search/suggest/"


@pytest.mark.parametrize("name", list(READERS))
def test_each_reader_finds_their_circles_only(request: Any, as_: Any, name: Any) -> None:
    circles, allowed = fill(), READERS[name]
    client = as_(request.getfixturevalue(name))

    for circle_name in CIRCLES:
        word, inside = circles[circle_name].word, circle_name in allowed
        found = client.get(API, {"q": word, "limit": 50}).json()
        words = " ".join(f"{hit['title']} {hit['snippet']}" for hit in found["results"])
        assert (word in words) is inside, circle_name
        for address in (PAGE, "/en/search/"):
            shown = client.get(address, {"q": word}).content.decode().replace("<mark>", "").replace("</mark>", "")
            assert (f"{word} lesson" in shown) is inside, circle_name
        listed = client.get(SUGGEST, {"q": word}).content.decode().replace("<mark>", "").replace("</mark>", "")
        assert (f"{word} lesson" in listed) is inside, circle_name


def test_what_is_hidden_changes_no_number(as_: Any, outsider: Any, agency_a: Any, community_c: Any) -> None:
    for number in range(3):
        make.make_lesson(f"น้ำท่วมครั้งที่ {number}", what_happened="<p>น้ำท่วมถนน</p>")
    before = as_(outsider).get(API, {"q": "น้ำท่วม"}).json()

    make.make_lesson("น้ำท่วมลับ", visibility="agency", agency=agency_a, what_happened="<p>น้ำท่วม น้ำท่วม</p>")
    make.make_lesson("น้ำท่วมซ่อน", visibility="community", community=community_c)

    assert before["total"] == 3
    assert as_(outsider).get(API, {"q": "น้ำท่วม"}).json() == before


def test_the_page_costs_the_same_for_one_hit_and_for_twenty(
    as_: Any, officer: Any, coordinator: Any, queries: Any, agency_a: Any
) -> None:
    make.make_lesson("น้ำท่วมครั้งแรก", agency=agency_a)
    once = queries(as_(officer), PAGE, q="น้ำท่วม")
    for number in range(19):
        make.make_lesson(f"น้ำท่วมครั้งที่ {number}", agency=agency_a)

    many = queries(as_(officer), PAGE, q="น้ำท่วม")
    visitor = queries(as_(None), PAGE, q="น้ำท่วม")
    other = queries(as_(coordinator), PAGE, q="น้ำท่วม")

    # Header and bell included.
    assert (many, many <= 10, other <= 10, visitor <= 6) == (once, True, True, True), (once, many, other, visitor)


def test_the_dearest_search_of_a_member_stays_bounded(as_: Any, officer: Any, agency_a: Any) -> None:
    """The first of the minute, with a slip of the finger, and written to the log."""
    for number in range(3):
        make.make_lesson(f"น้ำท่วมครั้งที่ {number}", agency=agency_a)
    client = as_(officer)
    client.get("/")
    cache.clear()

    with CaptureQueriesContext(connection) as caught:
        assert client.get(PAGE, {"q": "น้ำทวมครังที่"}).context["found"].total == 3

    # Four of them for what the better spelling finds.
    assert len(caught) <= 24, [query["sql"][:90] for query in caught.captured_queries]


def test_suggestions_cost_few_queries(as_: Any, queries: Any) -> None:
    make.make_lesson("น้ำท่วมครั้งแรก")

    assert queries(as_(None), SUGGEST, q="น้ำ") <= 4


def test_a_hit_opens_at_its_line(client: Any) -> None:
    page = make.make_seminar("สัมมนา", talks=[make.talk("น้ำ", items=[make.item("obstacle", "ประตูระบายน้ำเปิดช้า")])])

    hit = client.get(API, {"q": "ประตูระบายน้ำ", "kind": "item"}).json()["results"][0]
    anchor = hit["url"].partition("#")[2]

    assert hit["url"] == f"http://testserver{page.url}#{anchor}"
    assert f'id="{anchor}"' in client.get(page.url).content.decode()
