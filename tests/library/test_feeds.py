"""Feeds, the sitemap and robots.txt: what is public, and nothing else, whoever asks."""

from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from tests.make import library as make

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ["/feeds/", "/feeds/category/6/", "/feeds/kind/obstacle/", "/en/feeds/", "/sitemap.xml"]


@pytest.mark.parametrize("name", ["visitor", "officer", "coordinator", "cop_member", "admin"])
@pytest.mark.parametrize("path", FEEDS)
def test_only_what_is_public(request: Any, as_: Any, path: Any, name: Any, circles: Any) -> None:
    response = as_(request.getfixturevalue(name)).get(path)

    assert response.status_code == 200
    for circle in ("network", "agency", "community"):
        pages = circles[circle]
        assert pages.word not in response.text
        for page in (pages.seminar, pages.lesson, pages.practice, pages.draft):
            assert page.slug not in response.text
    assert circles["public"].draft.slug not in response.text
    shown = circles["public"].seminar
    assert shown.slug in response.text or f"{circles['public'].word} obstacle" in response.text


def test_an_entry(as_: Any, visitor: Any, agency_a: Any) -> None:
    page = make.make_lesson("ซ้อมก่อนฝนมา", summary="สรุป & <b>ย่อ</b>", agency=agency_a)

    response = as_(visitor).get("/feeds/")
    feed = ElementTree.fromstring(response.content)  # noqa: S314 - written by ourselves
    entry: Any = feed.find(f"{ATOM}entry")

    assert response["Content-Type"].startswith("application/atom+xml")
    assert entry.findtext(f"{ATOM}title") == "ซ้อมก่อนฝนมา"
    assert entry.findtext(f"{ATOM}summary") == "สรุป & <b>ย่อ</b>"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == agency_a.name
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver{page.url}"


def test_archived_and_withdrawn_pages_leave(as_: Any, visitor: Any) -> None:
    archived, withdrawn = make.make_lesson("เก่า"), make.make_lesson("ถอน")
    make.archive(archived, timezone.now())
    withdrawn.unpublish()

    text = as_(visitor).get("/feeds/").text + as_(visitor).get("/sitemap.xml").text

    assert archived.slug not in text
    assert withdrawn.slug not in text


def test_feeds_that_are_not_there(as_: Any, visitor: Any) -> None:
    for path in ("/feeds/category/9/", "/feeds/kind/x/", "/feeds/kind/"):
        assert as_(visitor).get(path).status_code == 404


def test_the_sitemap_names_both_languages(as_: Any, visitor: Any) -> None:
    page = make.make_lesson()

    text = as_(visitor).get("/sitemap.xml").text

    assert f"<loc>http://testserver{page.url}</loc>" in text
    assert f"<loc>http://testserver/en{page.url}</loc>" in text
    assert "<loc>http://testserver/pmqa/6/</loc>" in text


def test_robots(as_: Any, visitor: Any) -> None:
    response = as_(visitor).get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /cms/" in response.text
    assert "Sitemap: http://testserver/sitemap.xml" in response.text


def test_the_cost_does_not_grow(as_: Any, visitor: Any, queries: Any) -> None:
    make.make_seminar(talks=[make.talk("t", categories=["6"], items=[make.item("obstacle", "x")])])
    before = {path: queries(as_(visitor), path) for path in FEEDS}
    for number in range(19):
        make.make_seminar(f"s {number}", talks=[make.talk("t", categories=["6"], items=[make.item("obstacle", "x")])])

    assert {path: queries(as_(visitor), path) for path in FEEDS} == before


def test_control_characters_do_not_take_a_feed_down(client: Any) -> None:
    make.make_seminar("หัวข้อ\x01", summary="ก\x01ข\x0b\x1fค", visibility="public", items=[make.item("obstacle", "ติดขัด\x01")])
    for path in ("/feeds/", "/feeds/kind/obstacle/"):
        answer = client.get(path)
        assert answer.status_code == 200
        ElementTree.fromstring(answer.content)  # noqa: S314 - our own feed
    assert "กขค" in client.get("/feeds/").content.decode()
