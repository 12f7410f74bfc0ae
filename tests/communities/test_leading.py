"""Leadership is offered and taken; a community does not lose its last facilitator unseen; goals end or are renewed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from communities.actions.ending import (
    PastDate,
    archive_community,
    remind_of_goals,
    renew_community,
    restore_community,
    tell_of_the_leaderless,
)
from communities.actions.ground import IsArchived, LastFacilitator, NotMember, Settled
from communities.actions.leading import (
    LeadsAlready,
    OfferedAlready,
    accept_leadership,
    decline_leadership,
    offer_leadership,
    withdraw_leadership,
)
from communities.actions.members import add_member, describe_self, remove_member, take_the_lead
from communities.actions.spaces import CommunityDetails, change_community, open_part
from communities.models import Community, Export, Membership
from communities.permissions import can_take_part
from kmportal.inbox.models import Notice
from kmportal.moderation.models import StaffAct
from tests.make.communities import open_space, roles, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def space(coordinator: Any, officer: Any, colleague: Any) -> Community:
    return open_space(coordinator, officer, colleague)


def told(user: Any) -> list[str]:
    return sorted(Notice.objects.visible_to(user).filter(kind__startswith="communities.").values_list("kind", flat=True))


def test_a_facilitator_stays_until_the_other_accepts(space: Community, officer: Any, colleague: Any) -> None:
    offer = offer_leadership(actor=officer, community=space, to=colleague, words="ฝากด้วย")
    assert roles(space) == {"สมใจ": "facilitator", "วีระ": "practitioner"}
    accept_leadership(actor=colleague, offer=offer)
    assert roles(space) == {"สมใจ": "practitioner", "วีระ": "facilitator"}
    assert told(officer) == ["communities.taken"]
    with pytest.raises(Settled):
        decline_leadership(actor=colleague, offer=offer)


def test_an_offer_is_declined_or_taken_back(space: Community, officer: Any, colleague: Any) -> None:
    decline_leadership(actor=colleague, offer=offer_leadership(actor=officer, community=space, to=colleague))
    again = offer_leadership(actor=officer, community=space, to=colleague)
    with pytest.raises(OfferedAlready):
        offer_leadership(actor=officer, community=space, to=colleague)
    withdraw_leadership(actor=officer, offer=again)
    assert roles(space)["สมใจ"] == "facilitator"


def test_leadership_is_offered_by_leaders_to_members(space: Community, officer: Any, colleague: Any, outsider: Any) -> None:
    before = rows()
    with pytest.raises(PermissionDenied):
        offer_leadership(actor=colleague, community=space, to=officer)
    with pytest.raises(NotMember):
        offer_leadership(actor=outsider, community=space, to=colleague)
    with pytest.raises(NotMember):
        offer_leadership(actor=officer, community=space, to=outsider)
    with pytest.raises(LeadsAlready):
        offer_leadership(actor=officer, community=space, to=officer)
    assert rows() == before
    offer = offer_leadership(actor=officer, community=space, to=colleague)
    for stranger in (outsider, officer):
        with pytest.raises(PermissionDenied):
            accept_leadership(actor=stranger, offer=offer)


def test_who_leaves_takes_open_offers_along(space: Community, officer: Any, colleague: Any) -> None:
    offer = offer_leadership(actor=officer, community=space, to=colleague)
    remove_member(actor=colleague, membership=Membership.objects.get(community=space, user=colleague))
    with pytest.raises(Settled):
        accept_leadership(actor=colleague, offer=offer)


def test_coordinators_hear_of_what_nobody_leads(space: Community, officer: Any, colleague: Any, coordinator: Any) -> None:
    hidden = open_space(coordinator, officer, colleague, hidden=True)
    with pytest.raises(LastFacilitator):
        take_the_lead(actor=colleague, community=space)
    officer.is_active = False
    officer.save()
    for _round in range(2):
        cache.clear()
        tell_of_the_leaderless()
    notices = Notice.objects.filter(kind="communities.leaderless")
    assert notices.filter(thing_id=space.pk, recipient__in=[coordinator, colleague]).count() == 2
    assert notices.filter(thing_id=hidden.pk).count() == 1
    assert not notices.filter(thing_id=hidden.pk).exclude(recipient=colleague).exists()
    take_the_lead(actor=colleague, community=space)
    assert roles(space)["วีระ"] == "facilitator"


def test_archived_is_read_only_and_comes_back(space: Community, officer: Any, colleague: Any) -> None:
    with pytest.raises(PermissionDenied):
        archive_community(actor=colleague, community=space)
    archive_community(actor=officer, community=space)
    now = Community.objects.get(pk=space.pk)
    assert (now.is_archived, now.archived_by, can_take_part(colleague, now)) == (True, officer, False)
    for step in (
        lambda: archive_community(actor=officer, community=space),
        lambda: change_community(actor=officer, community=space, details=CommunityDetails(name="อื่น")),
        lambda: describe_self(actor=colleague, community=space, offers="x", seeks=""),
        lambda: open_part(actor=officer, parent=space, details=CommunityDetails(name="ย่อย")),
        lambda: offer_leadership(actor=officer, community=space, to=colleague),
    ):
        with pytest.raises(IsArchived):
            step()
    restore_community(actor=officer, community=space)
    with pytest.raises(Settled):
        restore_community(actor=officer, community=space)
    assert can_take_part(colleague, Community.objects.get(pk=space.pk))
    assert StaffAct.objects.filter(act__in=["communities.archived", "communities.restored"]).count() == 2


def test_facilitators_are_reminded_before_and_at_the_date(space: Community, officer: Any, colleague: Any) -> None:
    day = timezone.localdate() + timedelta(days=10)
    renew_community(actor=officer, community=space, goal="ลดเวลารอ", goal_on=day)
    for _round in range(2):
        cache.clear()
        remind_of_goals()
    assert (told(officer), told(colleague)) == (["communities.goal"], ["communities.changed"])
    Community.objects.filter(pk=space.pk).update(goal_on=timezone.localdate())
    cache.clear()
    remind_of_goals()
    assert told(officer) == ["communities.goal"] * 2
    with pytest.raises(PastDate):
        renew_community(actor=officer, community=space, goal="x", goal_on=date(2020, 1, 1))
    renew_community(actor=officer, community=space, goal="ก้าวต่อไป", goal_on=day + timedelta(days=300))
    assert not Notice.objects.visible_to(officer).unread().exists()


def test_parts_stand_one_level_deep(space: Community, officer: Any, colleague: Any, coordinator: Any) -> None:
    part = open_part(actor=officer, parent=space, details=CommunityDetails(name="กลุ่มย่อย", is_hidden=True))
    assert (part.parent, part.joining, roles(part)) == (space, "invitation", {"สมใจ": "facilitator"})
    before = rows()
    for actor, parent in ((officer, part), (colleague, space), (coordinator, space)):
        with pytest.raises(PermissionDenied):
            open_part(actor=actor, parent=parent, details=CommunityDetails(name="อีกกลุ่ม"))
    assert rows() == before


def test_parts_do_not_tell_of_siblings_or_hidden_parents(
    coordinator: Any, officer: Any, colleague: Any, outsider: Any, as_: Any
) -> None:
    parent = open_space(coordinator, officer, colleague, hidden=True, name="วงแม่ลับ")
    shown = open_part(actor=officer, parent=parent, details=CommunityDetails(name="วงลูกเปิด"))
    secret = open_part(actor=officer, parent=parent, details=CommunityDetails(name="วงลูกลับ", is_hidden=True))
    add_member(actor=officer, community=shown, user=outsider)
    assert set(Community.objects.visible_to(colleague).filter(parent=parent)) == {shown}
    assert set(Community.objects.visible_to(outsider)) == {shown}
    assert not Community.objects.visible_to(coordinator).exists()
    page = as_(outsider).get(shown.get_absolute_url()).content.decode()
    assert (parent.name in page, secret.name in page) == (False, False)
    assert as_(colleague).get(shown.get_absolute_url()).status_code == 200
    assert as_(coordinator).get(shown.get_absolute_url()).status_code == 404


def test_a_page_says_how_far_the_file_is(coordinator: Any, officer: Any, colleague: Any, as_: Any) -> None:
    space = open_space(coordinator, officer, colleague)
    made = Export.objects.create(community=space, asked_by=officer, parts=7, done=2, state=Export.State.RUNNING)
    client, address = as_(officer), f"{space.get_absolute_url()}export/"
    page = client.get(address).content.decode()
    assert [words in page for words in ('http-equiv="refresh"', f"{address}{made.pk}/state/", 'value="2"')] == [True] * 3
    answer = client.get(f"{address}{made.pk}/state/")
    assert (answer.json(), answer["Cache-Control"]) == ({"done": 2, "parts": 7, "over": False}, "private, no-store")
    assert as_(colleague).get(f"{address}{made.pk}/state/").status_code == 404
    Export.objects.update(state=Export.State.FAILED)
    assert client.get(f"{address}{made.pk}/state/").json()["over"] is True
    assert "refresh" not in client.get(address).content.decode()
