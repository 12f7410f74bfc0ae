"""The review inside the editor of the CMS: one answer, said plainly, and nothing left behind."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.fields import RichTextField
from wagtail.test.utils.form_data import querydict_from_html

from kmportal.library.actions import review
from kmportal.library.models import LessonPage
from tests.make import library as make

pytestmark = pytest.mark.django_db
As = Callable[[Any], Client]
APPROVAL = {"action-workflow-action": "true", "workflow-action-name": "approve"}


@pytest.fixture
def waiting(coordinator: Any) -> LessonPage:
    page = make.make_lesson("ร่างบทเรียน", publish=False, owner=coordinator, visibility="network")
    page.save_revision(user=coordinator)
    review.hand_in(actor=coordinator, page=page)
    return LessonPage.objects.get(pk=page.pk)


def _form(client: Client, page: LessonPage) -> tuple[str, Any]:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = querydict_from_html(client.get(url).content.decode(), form_id="page-edit-form")
    for field in page._meta.fields:
        if isinstance(field, RichTextField):
            form[field.name] = "null"  # what the editor sends for an empty one
    for choice in ("categories", "codes", "topics"):
        form.pop(choice, None)
    return url, form


def _state(page: LessonPage) -> tuple[bool, bool, int]:
    """Published, in review, number of versions: it had two when it was handed in."""
    fresh = LessonPage.objects.get(pk=page.pk)
    return fresh.live, fresh.workflow_in_progress, fresh.revisions.count()


def test_approving_publishes_says_so_and_leaves_no_draft(as_: As, reviewer: Any, waiting: LessonPage) -> None:
    client = as_(reviewer)
    url, form = _form(client, waiting)

    answer = client.post(url, {**form.dict(), **APPROVAL, "workflow-action-extra-data": '{"comment": "ดี"}'}, follow=True)

    assert "อนุมัติและเผยแพร่แล้ว" in answer.content.decode()
    assert _state(waiting) == (True, False, 2)


def test_the_editor_saving_by_itself_does_not_judge(as_: As, reviewer: Any, waiting: LessonPage) -> None:
    """It sends the same fields beside the answer, and used to leave a draft of the reviewer behind what was just published."""
    client = as_(reviewer)
    url, form = _form(client, waiting)
    sent = {**form.dict(), **APPROVAL}

    assert client.post(url, sent, headers={"Accept": "application/json"}).status_code == 400
    assert _state(waiting) == (False, True, 2)
    client.post(url, sent)
    assert client.post(url, sent, headers={"Accept": "application/json"}).status_code == 400
    assert _state(waiting) == (True, False, 2)


@pytest.mark.parametrize("extra", ["{", "[]", '{"user": 1}', '{"comment": 1}', "[" * 100_000])
def test_nothing_but_a_comment_comes_with_an_answer(as_: As, reviewer: Any, waiting: LessonPage, extra: str) -> None:
    client = as_(reviewer)
    url, form = _form(client, waiting)

    assert client.post(url, {**form.dict(), **APPROVAL, "workflow-action-extra-data": extra}).status_code == 400
    assert _state(waiting) == (False, True, 2)


def test_the_comment_stands_above_a_draft_that_came_back(as_: As, coordinator: Any, reviewer: Any, waiting: LessonPage) -> None:
    url = reverse("wagtailadmin_pages:edit", args=[waiting.pk])
    assert "ส่งกลับมาให้แก้ไข:" not in as_(coordinator).get(url).content.decode()

    review.send_back(actor=reviewer, page=waiting, comment="ขอตัวเลข <script>alert(1)</script>")

    shown = as_(coordinator).get(url).content.decode()
    assert "ส่งกลับมาให้แก้ไข: ขอตัวเลข &lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<script>alert(1)" not in shown
    review.hand_in(actor=coordinator, page=waiting)
    assert "ส่งกลับมาให้แก้ไข:" not in as_(coordinator).get(url).content.decode()


def test_a_member_who_opens_an_address_of_the_cms_is_told_so(as_: As, officer: Any, visitor: Any) -> None:
    """Not sent to the sign-in page, which sends who is signed in straight back, without end."""
    for address in ("/cms/", "/cms/pages/1/", "/cms/nothing/"):
        assert as_(officer).get(address).status_code == 403
    assert as_(visitor).get("/cms/").headers["Location"] == "/accounts/login/?next=/cms/"
    assert as_(officer).get("/cms/jsi18n/").status_code == 200
