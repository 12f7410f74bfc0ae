"""The same seminar again: noticed, and made a new draft of the page that is there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from kmportal.library.actions.imports import edits, pages
from kmportal.library.importing.streams import text_of
from kmportal.library.models import Item, SeminarPage, Talk
from kmportal.people.models import User
from tests.library.imports.test_create import made
from tests.make.imports import SUMMARY, make_import


def test_the_same_file_again_is_noticed(coordinator: User, as_: Callable[..., Client]) -> None:
    page = made(make_import(coordinator), coordinator)
    again = make_import(coordinator)
    shown = as_(coordinator).get(f"/imports/{again.pk}/").text
    assert f'name="page" value="{page.pk}"' in shown
    assert str(coordinator) in shown


def test_a_changed_version_is_noticed_by_title_and_day(coordinator: User, as_: Callable[..., Client]) -> None:
    page = made(make_import(coordinator), coordinator)
    again = make_import(coordinator, SUMMARY.replace("ของหน่วยงาน", "ในหน่วยงาน").replace("บุคลากรย้ายบ่อย", "บุคลากรโยกย้ายบ่อย"))
    assert f'name="page" value="{page.pk}"' in as_(coordinator).get(f"/imports/{again.pk}/").text
    other = make_import(coordinator, SUMMARY.replace("มีนาคม 2565", "พฤษภาคม 2566").replace("การจัดการความรู้", "การบริหารความเสี่ยง"))
    assert 'name="page"' not in as_(coordinator).get(f"/imports/{other.pk}/").text


def test_an_update_gives_the_page_a_new_draft_and_keeps_ids(coordinator: User, as_: Callable[..., Client]) -> None:
    first = make_import(coordinator)
    page = made(first, coordinator)
    page.get_latest_revision().publish(user=coordinator)
    kept = {item.text: item.block_id for item in Item.objects.filter(retired=False)}
    talks = set(Talk.objects.values_list("block_id", flat=True))
    again = make_import(
        coordinator, SUMMARY.replace("บุคลากรย้ายบ่อย", "บุคลากรย้ายบ่อยมาก").replace("- ทีมงาน", "- ข้อใหม่ที่เพิ่งเติม\n- ทีมงาน")
    )
    client = as_(coordinator)
    assert client.post(f"/imports/{again.pk}/answer/", {"version": 1, "page": page.pk}).status_code == 302
    assert client.post(f"/imports/{again.pk}/create/").status_code == 302
    assert SeminarPage.objects.count() == 1
    page = SeminarPage.objects.get()
    assert (page.live, page.has_unpublished_changes) == (True, True)
    assert "ข้อใหม่ที่เพิ่งเติม" not in " ".join(map(text_of, page.body.raw_data))
    client.post(f"/imports/{again.pk}/publish/")
    now = {item.text: item.block_id for item in Item.objects.filter(retired=False)}
    assert {text: now[text] for text in kept if text in now} == {text: kept[text] for text in kept if text in now}
    assert now["บุคลากรย้ายบ่อยมาก"] == kept["บุคลากรย้ายบ่อย"]
    assert "ข้อใหม่ที่เพิ่งเติม" in now
    assert set(Talk.objects.filter(retired=False).values_list("block_id", flat=True)) == talks


def test_an_update_may_be_turned_into_a_new_page(coordinator: User, as_: Callable[..., Client]) -> None:
    page = made(make_import(coordinator), coordinator)
    again = make_import(coordinator)
    client = as_(coordinator)
    client.post(f"/imports/{again.pk}/answer/", {"version": 1, "page": page.pk})
    client.post(f"/imports/{again.pk}/answer/", {"version": 2})
    client.post(f"/imports/{again.pk}/create/")
    assert SeminarPage.objects.count() == 2


def test_pages_of_others_are_not_offered(coordinator: User, agency_coordinator: User, as_: Callable[..., Client]) -> None:
    page = made(make_import(coordinator), coordinator)
    job = make_import(agency_coordinator)
    client = as_(agency_coordinator)
    assert 'name="page"' not in client.get(f"/imports/{job.pk}/").text
    assert client.post(f"/imports/{job.pk}/answer/", {"version": 1, "page": page.pk}).status_code == 404
    with pytest.raises(PermissionDenied):
        edits.answer(actor=agency_coordinator, job=job, version=1, page=page)


@pytest.fixture
def closed_page(coordinator: User, community_c: Any) -> SeminarPage:
    """Made from an import, then kept to a community that the coordinator is not in."""
    page = made(make_import(coordinator), coordinator)
    page.visibility, page.community = "community", community_c
    page.save_revision().publish()
    return SeminarPage.objects.get(pk=page.pk)


def test_a_page_of_a_closed_circle_is_not_offered(
    coordinator: User, as_: Callable[..., Client], closed_page: SeminarPage
) -> None:
    client, again = as_(coordinator), make_import(coordinator)
    assert 'name="page"' not in client.get(f"/imports/{again.pk}/").text
    assert client.post(f"/imports/{again.pk}/answer/", {"version": 1, "page": closed_page.pk}).status_code == 404
    with pytest.raises(PermissionDenied):
        edits.answer(actor=coordinator, job=again, version=1, page=closed_page)
    assert closed_page.revisions.count() == SeminarPage.objects.get(pk=closed_page.pk).revisions.count()


def test_an_import_whose_page_went_to_a_closed_circle_is_gone(
    coordinator: User, as_: Callable[..., Client], closed_page: SeminarPage
) -> None:
    client, job = as_(coordinator), closed_page.imports.get()
    assert closed_page.title not in client.get("/imports/").text
    published = closed_page.last_published_at
    for act in ("publish", "hand-in", "discard", "create"):
        assert client.post(f"/imports/{job.pk}/{act}/").status_code == 404, act
    assert client.get(f"/imports/{job.pk}/").status_code == 404
    with pytest.raises(PermissionDenied):
        pages.publish(actor=coordinator, job=job)
    assert SeminarPage.objects.get(pk=closed_page.pk).last_published_at == published
