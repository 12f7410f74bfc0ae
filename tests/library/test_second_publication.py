"""Editing a page again starts from what its editor chose, not from what publishing derived from it."""

from datetime import date
from typing import Any

import pytest

from kmportal.library.models import KnowledgePage, SeminarPage
from kmportal.people.models import User
from tests.make.library import item, make_seminar, talk

pytestmark = pytest.mark.django_db


def codes_by_item(page: SeminarPage) -> dict[str, list[str]]:
    items = page.items.filter(retired=False).prefetch_related("codes")
    return {row.text: [code.code for code in row.codes.all()] for row in items}


def again(page: SeminarPage, user: User, **changes: Any) -> SeminarPage:
    """What the CMS does when an editor opens the page, changes something and publishes."""
    newer = SeminarPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(newer, name, value)
    newer.save_revision(user=user).publish(user=user)
    return SeminarPage.objects.get(pk=page.pk)


def test_a_code_that_one_statement_names_stays_with_it(coordinator: User) -> None:
    said = talk("คู่มือ", items=[item("practice", "ทำคู่มือตาม PM5"), item("obstacle", "ไม่มีเวลา")])
    page = make_seminar("วง", talks=[said], start_date=date(2012, 8, 24))
    expected = {"ทำคู่มือตาม PM5": ["PM5"], "ไม่มีเวลา": []}
    assert codes_by_item(page) == expected
    page = again(page, coordinator, summary="สรุปใหม่")
    assert codes_by_item(page) == expected
    assert page.summary == "สรุปใหม่"
    assert [code.code for code in page.codes.all()] == ["PM5"]


def test_what_the_editor_chose_goes_on(coordinator: User) -> None:
    page = make_seminar("วง", talks=[talk("คู่มือ", items=[item("practice", "ทำคู่มือตาม PM5")])], start_date=date(2012, 8, 24))
    page = again(page, coordinator, title_en="Circle")
    page = again(page, coordinator, summary="สรุป")
    assert (page.title_en, page.summary) == ("Circle", "สรุป")
    assert KnowledgePage.objects.get(pk=page.pk).live
