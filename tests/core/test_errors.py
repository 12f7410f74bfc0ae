"""Error pages say what happened and what to do, in the reader's language."""

import logging
import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from kmportal.core import errors

# The frame of every page knows the portal's name and its footer from the database.
pytestmark = pytest.mark.django_db


@pytest.mark.django_db
def test_a_missing_page_offers_search_and_sign_in(client: Client) -> None:
    answer = client.get("/nothing/?x=1")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "<h1>ไม่พบหน้านี้</h1>" in page
    assert 'href="/accounts/login/?next=%2Fnothing%2F%3Fx%3D1"' in page


@pytest.mark.django_db
def test_who_is_signed_in_is_not_asked_again(client: Client, officer: Any) -> None:
    client.force_login(officer)
    page = client.get("/nothing/").content.decode()
    assert "เข้าสู่ระบบแล้วลองอีกครั้ง" not in page


def test_a_refused_form_leads_back(client: Client) -> None:
    request = RequestFactory().post("/x/", headers={"Referer": "http://testserver/form/"})
    page = errors.csrf_failure(request).content.decode()
    assert 'href="/form/"' in page
    request = RequestFactory().post("/x/", headers={"Referer": "http://evil.example/form/"})
    assert "/form/" not in errors.csrf_failure(request).content.decode()


def test_a_failure_has_a_code_that_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        answer = errors.server_error(RequestFactory().get("/broken/"))
    shown = re.search(r'class="nb">([0-9A-F]{6})<', answer.content.decode())
    assert answer.status_code == 500
    assert shown is not None
    assert f"reference {shown[1]}: GET /broken/" in caplog.text


@pytest.mark.parametrize("template", ["400.html", "500.html", "maintenance.html"])
def test_pages_for_bad_days_need_nothing(template: str) -> None:
    page = render_to_string(template)
    assert page.count("<h1>") == 1
    assert "<form" not in page


@pytest.mark.parametrize(
    ("template", "context", "words"),
    [
        ("429.html", {"wait": 40}, "รออีก 40 วินาที"),
        ("429.html", {}, "รอสักครู่"),
        ("413.html", {"limit": 20}, "ไม่เกิน 20 MB"),
        ("403.html", {"exception": "เปิดได้เฉพาะสมาชิก"}, "เปิดได้เฉพาะสมาชิก"),
    ],
)
def test_errors_say_what_to_do(template: str, context: dict[str, Any], words: str) -> None:
    assert words in render_to_string(template, context)
