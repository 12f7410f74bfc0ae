"""Keeping a filter under a name: one's own, of this list's choices alone, a dozen at most."""

from typing import Any

import pytest

from kmportal.taxonomy.models import Topic
from qa.actions.filters import MOST, keep_filter
from qa.models import SavedFilter
from tests.make import qa as make

pytestmark = pytest.mark.django_db


def test_kept_and_offered(as_: Any, officer: Any) -> None:
    topic = Topic.objects.order_by("pk")[0]
    client = as_(officer)

    answer = client.post("/qa/filters/", {"name": " ของฉัน ", "query": f"topic={topic.slug}&page=3&x=1&category=4"})

    assert answer["Location"] == f"/qa/?topic={topic.slug}&category=4"
    assert list(SavedFilter.objects.values_list("person", "name", "query")) == [
        (officer.pk, "ของฉัน", f"topic={topic.slug}&category=4")
    ]
    page = client.get(answer["Location"]).text
    assert ("ของฉัน" in page, "qa/filters/1/forget" in page or "/forget/" in page) == (True, True)


def test_the_same_name_again_replaces(officer: Any) -> None:
    keep_filter(actor=officer, name="a", query="category=4")
    keep_filter(actor=officer, name="a", query="category=5")

    assert list(SavedFilter.objects.values_list("query", flat=True)) == ["category=5"]


@pytest.mark.parametrize(("name", "query"), [("", "category=4"), ("a", ""), ("a", "nonsense=1"), ("x" * 61, "category=4")])
def test_bad_input_keeps_nothing(as_: Any, officer: Any, name: str, query: str) -> None:
    answer = as_(officer).post("/qa/filters/", {"name": name, "query": query}, follow=True)

    assert (answer.status_code, SavedFilter.objects.count()) == (200, 0)
    assert 'role="alert"' in answer.text


def test_a_dozen_at_most(as_: Any, officer: Any) -> None:
    for number in range(MOST):
        keep_filter(actor=officer, name=str(number), query="category=4")
    as_(officer).post("/qa/filters/", {"name": "one more", "query": "category=5"})

    assert SavedFilter.objects.count() == MOST


def test_forgotten_by_its_owner_alone(as_: Any, officer: Any, outsider: Any) -> None:
    kept = keep_filter(actor=officer, name="a", query="category=4")

    assert as_(outsider).post(f"/qa/filters/{kept.pk}/forget/").status_code == 404
    assert SavedFilter.objects.count() == 1
    assert as_(officer).post(f"/qa/filters/{kept.pk}/forget/")["Location"] == "/qa/?category=4"
    assert SavedFilter.objects.count() == 0


def test_the_feed_holds_public_questions_without_names(as_: Any, officer: Any) -> None:
    make.ask(officer, "เปิดให้ทุกคน", visibility="public")
    make.ask(officer, "เครือข่ายเท่านั้น")

    feed = as_(None).get("/qa/feed/").text

    assert ("เปิดให้ทุกคน" in feed, "เครือข่ายเท่านั้น" in feed, officer.last_name in feed) == (True, False, False)
