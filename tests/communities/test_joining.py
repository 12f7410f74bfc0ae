"""Coming in: at once where it is open, by a decided request where not, never where it is hidden."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from communities.actions.ground import AccountOff, AlreadyMember, IsArchived, Settled
from communities.actions.joining import (
    AskedAlready,
    NotThisWay,
    approve_request,
    ask_to_join,
    decline_request,
    join,
    withdraw_request,
)
from communities.models import Community, JoinRequest
from kmportal.inbox.models import Notice
from kmportal.moderation.models import StaffAct
from tests.make.communities import open_space, roles, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_request(coordinator: Any, officer: Any) -> Community:
    return open_space(coordinator, officer, joining="request")


def told(user: Any) -> list[str]:
    return list(Notice.objects.visible_to(user).values_list("kind", flat=True))


def test_everybody_joins_an_open_one_once(coordinator: Any, officer: Any, outsider: Any) -> None:
    space = open_space(coordinator, officer)
    join(actor=outsider, community=space)
    with pytest.raises(AlreadyMember):
        join(actor=outsider, community=space)
    assert roles(space) == {"สมใจ": "facilitator", "มานี": "practitioner"}


@pytest.mark.parametrize("way", ["request", "invitation"])
def test_nobody_joins_what_is_not_open(way: str, coordinator: Any, officer: Any, outsider: Any) -> None:
    space = open_space(coordinator, officer, joining=way)
    before = rows()
    with pytest.raises(NotThisWay):
        join(actor=outsider, community=space)
    assert rows() == before


def test_the_hidden_is_not_there_to_join_or_ask(community_c: Any, outsider: Any) -> None:
    before = rows()
    for verb in (join, ask_to_join):
        with pytest.raises(PermissionDenied):
            verb(actor=outsider, community=community_c)
    assert rows() == before


def test_hidden_and_open_at_once_is_refused_by_the_database(coordinator: Any, officer: Any) -> None:
    space = open_space(coordinator, officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Community.objects.filter(pk=space.pk).update(is_hidden=True)


def test_a_request_is_told_decided_and_answered(by_request: Community, officer: Any, outsider: Any) -> None:
    asked = ask_to_join(actor=outsider, community=by_request, words=" ทำเรื่องร้องเรียนอยู่ ")
    assert (asked.words, told(officer)) == ("ทำเรื่องร้องเรียนอยู่", ["communities.requested"])
    with pytest.raises(AskedAlready):
        ask_to_join(actor=outsider, community=by_request)
    approve_request(actor=officer, request=asked, words="ยินดีต้อนรับ")
    asked.refresh_from_db()
    assert (asked.state, asked.settled_by, asked.answer) == ("approved", officer, "ยินดีต้อนรับ")
    assert roles(by_request)["มานี"] == "practitioner"
    assert told(outsider) == ["communities.decided"]
    assert not Notice.objects.visible_to(officer).unread().exists()
    assert StaffAct.objects.filter(act="communities.approved", actor=officer).count() == 1
    with pytest.raises(Settled):
        decline_request(actor=officer, request=asked)


def test_a_declined_person_may_ask_again(by_request: Community, officer: Any, outsider: Any) -> None:
    decline_request(actor=officer, request=ask_to_join(actor=outsider, community=by_request), words="เต็มแล้ว")
    assert "มานี" not in roles(by_request)
    assert ask_to_join(actor=outsider, community=by_request).state == "waiting"
    assert JoinRequest.objects.filter(community=by_request).count() == 2


def test_strangers_and_members_decide_nothing(by_request: Community, officer: Any, outsider: Any, colleague: Any) -> None:
    asked = ask_to_join(actor=outsider, community=by_request)
    for actor in (outsider, colleague):
        for verb in (approve_request, decline_request):
            with pytest.raises(PermissionDenied):
                verb(actor=actor, request=asked)
    with pytest.raises(PermissionDenied):
        withdraw_request(actor=officer, request=asked)
    assert JoinRequest.objects.get(pk=asked.pk).state == "waiting"
    assert withdraw_request(actor=outsider, request=asked).state == "withdrawn"


def test_a_switched_off_account_is_not_let_in(by_request: Community, officer: Any, outsider: Any) -> None:
    asked = ask_to_join(actor=outsider, community=by_request)
    outsider.is_active = False
    outsider.save()
    with pytest.raises(AccountOff):
        approve_request(actor=officer, request=asked)
    assert JoinRequest.objects.get(pk=asked.pk).state == "waiting"


def test_the_archived_takes_nobody_in(coordinator: Any, officer: Any, outsider: Any) -> None:
    from communities.actions.ending import archive_community

    space = open_space(coordinator, officer)
    archive_community(actor=officer, community=space)
    with pytest.raises(IsArchived):
        join(actor=outsider, community=space)
    assert roles(space) == {"สมใจ": "facilitator"}
