"""Questions in a browser: from asking to points without script, marks with it, and pages that are clean for axe at both widths."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from kmportal.people.models import User
from qa.actions.accepting import accept
from qa.actions.editing import edit_answer
from qa.models import Answer, Question
from tests.browser.conftest import sideways, violations
from tests.make import qa as make

OpenPage = Callable[..., Page]
pytestmark = pytest.mark.django_db(transaction=True)


def session(user: User) -> dict[str, str]:
    """The cookie of somebody who signed in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def test_from_a_question_to_points_without_script(open_page: OpenPage, officer: User, outsider: User) -> None:
    asking = open_page("/ask/", script=False, cookies=session(officer))
    asking.fill("#id_title", "จะส่งมอบงานในสองสัปดาห์อย่างไร")
    asking.fill("#id_body", "เพื่อนร่วมงานย้ายกะทันหัน")
    asking.click("main form .btn.go")
    question = Question.objects.get()
    assert asking.url.endswith(f"/qa/{question.pk}/")

    answering = open_page(f"/qa/{question.pk}/", script=False, cookies=session(outsider))
    answering.fill("#id_body", "ให้เล่าเรื่องเดียวที่ตัดสินใจยากที่สุด")
    answering.click("#answer .btn.go")
    reply = Answer.objects.get()
    assert answering.url.endswith(f"/qa/{question.pk}/#a{reply.pk}")

    asking.goto(asking.url)
    asking.click(f'form[action="/qa/answer/{reply.pk}/accept/"] button')
    assert "คำตอบที่ใช้ได้จริง" in asking.inner_text(f"#a{reply.pk}")
    assert asking.is_visible(".toast button")

    statement = open_page("/me/points/", script=False, cookies=session(outsider))
    assert "จะส่งมอบงานในสองสัปดาห์อย่างไร" in statement.inner_text("main")

    asking.click(f'.toast form[action="/qa/{question.pk}/unaccept/"] button')
    assert make.fresh(question).accepted is None


def test_a_mark_needs_no_new_page(open_page: OpenPage, officer: User, outsider: User) -> None:
    question = make.ask(officer)
    reply = make.answer(question, outsider)
    page = open_page(f"/qa/{question.pk}/", cookies=session(officer))
    button = page.locator(f'form[action="/qa/answer/{reply.pk}/useful/"] button')

    page.evaluate("window.stayed = true")
    button.click()
    page.wait_for_selector(f'form[action="/qa/answer/{reply.pk}/useful/"] button[aria-pressed=true]')

    assert (button.locator("[data-count]").inner_text(), page.evaluate("window.stayed")) == ("1", True)
    assert make.fresh(reply).useful_count == 1


def test_the_printed_page_has_no_buttons(open_page: OpenPage, officer: User, outsider: User) -> None:
    question = make.ask(officer)
    make.answer(question, outsider)
    page = open_page(f"/qa/{question.pk}/", cookies=session(officer))

    page.emulate_media(media="print")

    assert [page.is_visible(part) for part in ("main h1", "article.ans .prose", ".acts", "#answer", "aside", ".nav")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "scheme", "prefix"), [(360, "light", ""), (1280, "dark", "/en")])
def test_every_page_is_clean(
    browser: Browser, live_server: Any, *, officer: User, outsider: User, width: int, scheme: Any, prefix: str
) -> None:
    question = make.ask(officer, "จะวัดผลการใช้ความรู้อย่างไรโดยไม่เพิ่มแบบรายงาน", visibility="public")
    reply = make.answer(question, outsider)
    make.comment(reply, officer)
    edit_answer(actor=outsider, answer=reply, body="<p>ให้เล่าเรื่องเดียวสั้น ๆ</p>", note="ชัดขึ้น")
    accept(actor=officer, answer=reply)
    other = make.ask(outsider, "จะวัดผลให้ตรงได้อย่างไร")
    paths = (
        "/qa/", "/qa/?category=4", "/qa/?show=attention", f"/qa/{question.pk}/", f"/qa/answer/{reply.pk}/history/",
        f"/qa/question/{question.pk}/edit/", f"/qa/answer/{reply.pk}/comment/", f"/qa/answer/{reply.pk}/report/outdated/",
        f"/qa/{question.pk}/close/", f"/qa/question/{other.pk}/report/flag/",
    )  # fmt: skip
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in session(officer).items()])
    page, found = context.new_page(), []
    for path in paths:
        answer = page.goto(live_server.url + prefix + path)
        page.wait_for_load_state("networkidle")
        found += [] if answer and answer.status == 200 else [f"{path}: {answer and answer.status}"]
        found += [f"{path}: {line}" for line in violations(page)]
        found += [f"{path}: {sideways(page)} px too wide"] if sideways(page) > 0 else []
    context.close()

    assert found == []
