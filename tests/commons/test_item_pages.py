"""The pages of action items: who meets them, what they cost, what their forms do."""

from typing import Any

import pytest

from communities.commons.models import ActionItem
from tests.make import commons as make

pytestmark = pytest.mark.django_db


def test_the_list_costs_the_same_at_one_and_twenty(officer: Any, colleague: Any, as_: Any, queries: Any) -> None:
    circle = make.community(officer, colleague)
    address, client = f"/communities/{circle.slug}/actions/", as_(officer)
    make.item(officer, circle, owner=colleague)
    one, mine = queries(client, address), queries(as_(colleague), "/me/actions/")
    for number in range(19):
        make.item(officer, circle, owner=colleague, text=f"ข้อ {number}")
    assert (queries(client, address), queries(as_(colleague), "/me/actions/")) == (one, mine)


def test_giving_by_form_reads_both_eras(officer: Any, colleague: Any, as_: Any) -> None:
    circle = make.community(officer, colleague)
    address, due = f"/communities/{circle.slug}/actions/new/", make.day(30)

    refused = as_(officer).post(address, {"text": "ทำ", "owner": colleague.pk, "due": "เร็ว ๆ นี้"})
    sent = as_(officer).post(address, {"text": "ทำ", "owner": colleague.pk, "due": f"{due.day}/{due.month}/{due.year + 543}"})

    item = ActionItem.objects.get()
    assert (refused.status_code, sent.status_code, item.due, item.owner) == (422, 302, due, colleague)
    assert "เลยกำหนด" not in as_(officer).get(address.replace("new/", "")).content.decode()


def test_owners_do_it_by_buttons(officer: Any, colleague: Any, agency_coordinator: Any, as_: Any) -> None:
    item = make.item(officer, make.community(officer, colleague, agency_coordinator), owner=colleague)
    address = item.get_absolute_url()

    assert as_(agency_coordinator).post(f"{address}done/").status_code == 403
    assert as_(colleague).get(f"{address}done/").url == address
    assert as_(colleague).post(f"{address}move/", {"due": make.day(9).isoformat()}).status_code == 302
    assert as_(colleague).post(f"{address}done/", {"note": "ส่งแล้ว"}).status_code == 302
    assert as_(colleague).post(f"{address}done/").status_code == 302
    assert "ส่งแล้ว" in as_(officer).get(address).content.decode()
    assert list(item.steps.values_list("what", flat=True)) == ["given", "moved", "done"]


def test_where_an_item_came_from_is_told_to_whom_may_read_it(officer: Any, colleague: Any, as_: Any) -> None:
    circle, other = make.community(officer, colleague), make.community(colleague, hidden=True)
    source = make.item(colleague, other, text="เรื่องของวงปิด")
    item = make.item(officer, circle, owner=colleague, source=source)
    assert "เรื่องของวงปิด" in as_(colleague).get(item.get_absolute_url()).content.decode()
    assert "เรื่องของวงปิด" not in as_(officer).get(item.get_absolute_url()).content.decode()
