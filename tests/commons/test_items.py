"""Action items: given, done, opened again, moved, handed over, reminded of."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from communities.commons.actions import add_action, items
from communities.commons.actions.ground import TooLong
from communities.commons.actions.reminding import remind_of_items
from communities.commons.models import ActionItem, ActionStep
from tests.make import commons as make

pytestmark = pytest.mark.django_db


def test_an_item_is_given_and_its_owner_told(officer: Any, colleague: Any) -> None:
    circle = make.community(officer, colleague)

    item = add_action(actor=officer, community=circle, text="  ร่าง \n คู่มือ ", owner=colleague, due=make.day(), source=circle)

    assert (item.text, item.owner, item.author, item.source) == ("ร่าง คู่มือ", colleague, officer, circle)
    assert (make.told(colleague, "commons.item_given"), make.told(officer, "commons.item_given")) == (1, 0)
    assert list(item.steps.values_list("what", "owner", "due")) == [("given", colleague.pk, make.day())]


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"text": "  \x00 "}, items.NoWords),
        ({"text": "ก" * 301}, TooLong),
        ({"due": make.day(-1)}, items.NotThatDay),
        ({"due": make.day(4000)}, items.NotThatDay),
    ],
)
def test_what_makes_no_item(officer: Any, words: dict[str, Any], error: type[Exception]) -> None:
    circle = make.community(officer)
    with pytest.raises(error):
        make.item(officer, circle, **words)
    assert not ActionItem.objects.exists()


def test_only_members_give_and_take(officer: Any, colleague: Any, outsider: Any, admin: Any) -> None:
    circle = make.community(officer, colleague)
    for stranger in (outsider, admin):
        with pytest.raises(PermissionDenied):
            make.item(stranger, circle, owner=officer)
    with pytest.raises(items.NotAMember):
        make.item(officer, circle, owner=outsider)
    assert not ActionItem.objects.exists()


def test_done_and_opened_again(officer: Any, colleague: Any) -> None:
    item = make.item(officer, make.community(officer, colleague), owner=colleague)

    items.complete(actor=colleague, item=item, note="ส่งแล้ว")
    assert make.fresh(item).done_at is not None
    assert (make.told(officer, "commons.item_done"), colleague.notices.filter(read_at=None).count()) == (1, 0)
    for verb in (items.complete, lambda **given: items.move(due=make.day(9), **given)):
        with pytest.raises(items.AlreadyDone):
            verb(actor=colleague, item=item)

    items.reopen(actor=officer, item=item)
    with pytest.raises(items.NotDone):
        items.reopen(actor=officer, item=item)
    assert make.fresh(item).done_at is None
    assert list(item.steps.values_list("what", flat=True)) == ["given", "done", "reopened"]


def test_moved_and_handed_over(officer: Any, colleague: Any, outsider: Any) -> None:
    item = make.item(officer, make.community(officer, colleague), owner=colleague)

    items.move(actor=colleague, item=item, due=make.day(20), note="รอข้อมูล")
    items.move(actor=colleague, item=item, due=make.day(20))
    with pytest.raises(items.NotAMember):
        items.hand_over(actor=colleague, item=item, owner=outsider)
    items.hand_over(actor=colleague, item=item, owner=officer)

    now = make.fresh(item)
    assert (now.due, now.owner) == (make.day(20), officer)
    assert list(ActionStep.objects.values_list("what", "note")) == [("given", ""), ("moved", "รอข้อมูล"), ("handed", "")]


def test_others_change_nothing(officer: Any, colleague: Any, agency_coordinator: Any, outsider: Any) -> None:
    item = make.item(officer, make.community(officer, colleague, agency_coordinator), owner=colleague)
    with pytest.raises(PermissionDenied):
        items.complete(actor=agency_coordinator, item=item)
    with pytest.raises(ActionItem.DoesNotExist):
        items.complete(actor=outsider, item=item)
    make.leave(colleague, item.community)
    with pytest.raises(ActionItem.DoesNotExist):
        items.complete(actor=colleague, item=item)
    assert (make.fresh(item).done_at, item.steps.count()) == (None, 1)


def test_owners_are_reminded_three_days_before_on_the_day_and_once_after(officer: Any, colleague: Any) -> None:
    item = make.item(officer, make.community(officer, colleague), owner=colleague, due=make.day(3))
    remind_of_items()
    assert make.told(colleague, "commons.item_due") == 0  # given today

    ActionItem.objects.update(created_at=timezone.now() - timedelta(days=9))
    for ahead, due, late in ((4, 0, 0), (3, 1, 0), (2, 1, 0), (0, 2, 0), (-1, 2, 1), (-3, 2, 1), (-40, 2, 1)):
        # As if days passed: the day comes nearer. The notice of one day has one key.
        ActionItem.objects.update(due=make.day(ahead))
        remind_of_items()
        remind_of_items()
        assert (make.told(colleague, "commons.item_due"), make.told(colleague, "commons.item_overdue")) == (due, late), ahead
    assert make.told(officer, "commons.item_overdue") == 0
    items.complete(actor=colleague, item=item)


def test_who_left_hears_no_more(officer: Any, colleague: Any) -> None:
    circle = make.community(officer, colleague)
    make.item(officer, circle, owner=colleague)
    make.leave(colleague, circle)
    assert make.told(colleague, "commons.item_given") == 0
