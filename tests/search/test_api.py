"""/api/v1/search: the page for programs."""

from typing import Any

import pytest

from kmportal.people.models import User
from kmportal.search.models import SearchedQuery
from tests.search.answers import found, hit

pytestmark = pytest.mark.django_db
API = "/api/v1/search"


def test_an_answer_has_everything_a_page_has(client: Any, answer_with: Any, agency_a: Any) -> None:
    tags = frozenset({("category", "4"), ("agency", str(agency_a.pk)), ("agency", "999999"), ("type", "obstacle")})
    one = hit(7, "item", tags=tags, score=0.123456)
    facets = {"kind": {"item": 1}, "agency": {str(agency_a.pk): 1}, "year": {"2010": 1}}
    asked = answer_with(found(one, total=31, capped=True, asked="สวัสดี", instead="สวัสดิการ", facets=facets))

    response = client.get(API, {"q": "l;ylfu", "limit": "5", "offset": "10", "year": "2553", "category": "4"})

    assert response.headers["Content-Type"] == "application/json"
    assert response.json() == {
        "query": "l;ylfu",
        "asked": "สวัสดี",
        "instead": "สวัสดิการ",
        "total": 31,
        "capped": True,
        "near": False,
        "facets": {"kind": {"item": 1}, "agency": {agency_a.slug: 1}, "year": {"2010": 1}},
        "results": [
            {
                "id": 7,
                "kind": "item",
                "title": "เรื่องที่ 7",
                "place": "หัวข้อ · สัมมนา",
                "snippet": "ก่อน คำ หลัง",
                "html": "ก่อน <mark>คำ</mark> หลัง",
                "url": "http://testserver/library/items/7/#i7",
                "dated": "2010-07-01",
                "score": 0.1235,
                "tags": {"agency": [agency_a.slug], "category": ["4"], "type": ["obstacle"]},
            }
        ],
    }
    assert (asked[0]["limit"], asked[0]["offset"], asked[0]["year"], asked[0]["tags"]) == (5, 10, 2010, (("category", "4"),))
    assert SearchedQuery.objects.count() == 0


def test_plain_words_are_plain(client: Any, answer_with: Any) -> None:
    from django.utils.html import format_html

    answer_with(found(hit(snippet=format_html("{} <mark>a</mark>", "1 < 2 & <b>"))))

    assert client.get(API, {"q": "a"}).json()["results"][0]["snippet"] == "1 < 2 & <b> a"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "q is missing"),
        ({"q": "a", "limit": "0"}, "limit must be a number from 1 to 50"),
        ({"q": "a", "limit": "51"}, "limit must be a number from 1 to 50"),
        ({"q": "a", "limit": "x"}, "limit must be a number from 1 to 50"),
        ({"q": "a", "limit": "²"}, "limit must be a number from 1 to 50"),
        ({"q": "a", "offset": "-1"}, "offset must be a number from 0 to 10000"),
        ({"q": "a", "kind": "x"}, "kind must be one of"),
        ({"q": "a", "category": "9"}, "category must be one of P, 1"),
        ({"q": "a", "type": "x"}, "type must be one of practice"),
        ({"q": "a", "sort": "x"}, "sort must be one of best, newest"),
        ({"q": "a", "agency": "nobody"}, "agency is not known"),
        ({"q": "a", "agency": "\x00"}, "agency is not known"),
        ({"q": "a", "year": "99"}, "year must be"),
        ({"q": "a", "colour": "red"}, "unknown parameter: colour"),
        ({"q": ["a", "b"]}, "q was given twice"),
    ],
)  # fmt: skip
def test_nonsense_is_told(client: Any, data: dict[str, Any], words: str) -> None:
    response = client.get(API, data)

    assert response.status_code == 400
    assert response.json()["message"].startswith(words)
    assert SearchedQuery.objects.count() == 0


@pytest.mark.parametrize("query", ["", "\x00", "ก\x00ข", "ก" * 10_000, '" OR *', "่่"])
def test_any_words_get_an_answer(client: Any, query: str) -> None:
    response = client.get(API, {"q": query})

    assert (response.status_code, "results" in response.json()) == (200, True)


def test_signed_in_answers_stay_out_of_shared_caches(as_: Any, officer: User, answer_with: Any) -> None:
    asked = answer_with(found(hit()))

    response = as_(officer).get(API, {"q": "a"})
    stranger = as_(None).get(API, {"q": "a"})

    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in stranger.headers["Vary"]
    assert asked[0]["readers"].keys > asked[1]["readers"].keys
    assert [row.user_id for row in SearchedQuery.objects.order_by("pk")] == [officer.pk, None]


def test_it_is_read_only(client: Any) -> None:
    assert client.post(API, {"q": "a"}).status_code == 405
    assert client.get(f"{API}/", {"q": "a"}).status_code == 200
