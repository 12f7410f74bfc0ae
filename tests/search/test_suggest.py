"""The list that opens while typing."""

import re
from typing import Any

import pytest
from django.utils.html import format_html

from kmportal.people.models import User
from kmportal.retrieval.results import Suggestion
from kmportal.search import views
from tests.search.answers import found

pytestmark = pytest.mark.django_db


def one(kind: str, number: int, title: str = "ชื่อ") -> Suggestion:
    return Suggestion(kind, number, title, format_html("<mark>{}</mark>", title), "ที่", f"/library/items/{number}/")


def test_three_groups_the_best_first(client: Any, answer_with: Any) -> None:
    answer_with(found(), [one("agency", 1), one("lesson", 2), one("person", 3), one("item", 4)])

    response = client.get("/search/suggest/", {"q": "ชื"})

    shown = response.content.decode()
    assert re.findall('role="group" aria-label="([^"]+)"', shown) == ["หน่วยงาน", "ความรู้", "บุคคล"]
    assert shown.count('role="option"') == 4
    assert 'data-said="คำแนะนำ 4 รายการ"' in shown
    assert "<html" not in shown
    assert response.headers["Cache-Control"] == "private, max-age=60"
    assert "Cookie" in response.headers["Vary"]


def test_signed_in_lists_stay_private_too(as_: Any, officer: User, answer_with: Any) -> None:
    answer_with(found(), [one("lesson", 1)])

    assert as_(officer).get("/search/suggest/", {"q": "ชื่อ"}).headers["Cache-Control"] == "private, max-age=60"


def test_english_lists_lead_to_english_pages(client: Any, answer_with: Any) -> None:
    answer_with(found(), [one("lesson", 2)])

    assert 'href="/en/library/items/2/"' in client.get("/en/search/suggest/", {"q": "na"}).content.decode()


@pytest.mark.parametrize("query", [None, "", "ก", " ", "\x00ก"])
def test_one_letter_is_too_few(client: Any, answer_with: Any, query: str | None) -> None:
    answer_with(found(), [one("lesson", 2)])

    response = client.get("/search/suggest/", {} if query is None else {"q": query})

    assert (response.status_code, 'role="option"' in response.content.decode()) == (200, False)


@pytest.mark.parametrize("query", ["ก" * 10_000, '" OR *', "่่่่", "%_%"])
def test_any_words_get_an_answer(client: Any, query: str) -> None:
    assert client.get("/search/suggest/", {"q": query}).status_code == 200


def test_who_asks_too_often_gets_nothing_for_a_while(client: Any, answer_with: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with(found(), [one("lesson", 2)])
    monkeypatch.setattr(views, "SUGGESTIONS_A_MINUTE", 3)

    assert [client.get("/search/suggest/", {"q": "ชื่อ"}).status_code for _time in range(5)] == [200, 200, 200, 204, 204]
