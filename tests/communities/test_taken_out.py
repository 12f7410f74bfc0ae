"""Taken out of a community: told fairly, also of a hidden one; and invitations end with whoever made them."""

from typing import Any

import pytest
from django.core import mail

from communities.actions.inviting import NotOpen, accept, invite, send_again, token_of
from communities.actions.leading import accept_leadership, offer_leadership
from communities.actions.members import add_member, change_role, remove_member
from communities.models import Community, Invitation, Membership
from kmportal.inbox.models import Notice
from kmportal.moderation.models import StaffAct
from tests.make.communities import open_space

pytestmark = pytest.mark.django_db
Role = Membership.Role
STRANGER = "new.person@agency-b.example"


@pytest.fixture
def space(coordinator: Any, officer: Any, colleague: Any) -> Community:
    """Hidden, so that who is out cannot see it any more."""
    return open_space(coordinator, officer, colleague, hidden=True, name="วงที่ไม่บอกใคร")


def of(space: Community, user: Any) -> Membership:
    return space.memberships.get(user=user)


def test_who_is_taken_out_reads_why(
    space: Community, officer: Any, colleague: Any, as_: Any, django_capture_on_commit_callbacks: Any
) -> None:
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        as_(officer).post(f"{space.get_absolute_url()}members/{of(space, colleague).pk}/out/", {"why": "ย้ายไปทำงานด้านอื่นแล้ว"})
    assert not space.memberships.filter(user=colleague).exists()
    client = as_(colleague)
    page = client.get("/inbox/").content.decode()
    assert "คุณพ้นจากการเป็นสมาชิกชุมชน “วงที่ไม่บอกใคร” แล้ว" in page
    told = Notice.objects.visible_to(colleague).get(kind="communities.taken_out")
    assert told.data["quote"] == "ย้ายไปทำงานด้านอื่นแล้ว"
    assert [message.to for message in mail.outbox] == [[colleague.email]]
    assert "ย้ายไปทำงานด้านอื่นแล้ว" in str(mail.outbox[0].body)
    assert StaffAct.objects.get(act="communities.put_out").reason == "ย้ายไปทำงานด้านอื่นแล้ว"
    opened = client.get(f"/inbox/{told.pk}/")
    assert (opened.status_code, opened["Location"]) == (302, "/communities/")


def test_who_leaves_is_not_told(space: Community, colleague: Any) -> None:
    remove_member(actor=colleague, membership=of(space, colleague))
    assert not Notice.objects.filter(kind="communities.taken_out").exists()


@pytest.mark.parametrize("end", ["demoted", "left", "put out", "switched off"])
def test_invitations_end_with_whoever_made_them(
    space: Community, officer: Any, colleague: Any, outsider: Any, as_: Any, end: str
) -> None:
    second = change_role(actor=officer, membership=of(space, colleague), role=Role.FACILITATOR)
    made = invite(actor=colleague, community=space, email=outsider.email)
    path, token = f"/invitations/{token_of(made)}/", token_of(made)
    assert as_(outsider).get(path).status_code == 200
    if end == "demoted":
        change_role(actor=officer, membership=second, role=Role.PRACTITIONER)
    elif end == "switched off":
        type(colleague).objects.filter(pk=colleague.pk).update(is_active=False)
    else:
        remove_member(actor=colleague if end == "left" else officer, membership=second)
    assert as_(outsider).get(path).status_code == 404
    assert as_(outsider).get(space.get_absolute_url()).status_code == 404
    with pytest.raises(NotOpen):
        accept(actor=outsider, invitation=made, token=token)
    assert "ใช้ไม่ได้แล้ว" in as_(officer).get(f"{space.get_absolute_url()}invitations/").content.decode()
    # Another facilitator takes it over by sending it again, in their own name.
    again = send_again(actor=officer, invitation=made)
    assert again.invited_by == officer
    accept(actor=outsider, invitation=again)
    assert of(space, outsider).role == Role.PRACTITIONER


def test_a_dead_invitation_does_not_stand_in_the_way_of_a_new_one(space: Community, officer: Any, colleague: Any) -> None:
    second = change_role(actor=officer, membership=of(space, colleague), role=Role.FACILITATOR)
    invite(actor=colleague, community=space, email=STRANGER)
    change_role(actor=officer, membership=second, role=Role.PRACTITIONER)
    invite(actor=officer, community=space, email=STRANGER)
    assert sorted(Invitation.objects.values_list("state", flat=True)) == ["open", "revoked"]


def test_who_takes_the_lead_over_takes_the_invitations(space: Community, officer: Any, colleague: Any, outsider: Any) -> None:
    made = invite(actor=officer, community=space, email=outsider.email)
    accept_leadership(actor=colleague, offer=offer_leadership(actor=officer, community=space, to=colleague))
    accept(actor=outsider, invitation=made)
    assert Invitation.objects.get().invited_by == colleague


def test_a_coordinator_invites_into_open_ones_only(coordinator: Any, officer: Any, outsider: Any) -> None:
    space = open_space(coordinator, officer)
    made = invite(actor=coordinator, community=space, email=outsider.email)
    assert Invitation.objects.open().filter(pk=made.pk).exists()
    Community.objects.filter(pk=space.pk).update(is_hidden=True, joining="invitation")
    assert not Invitation.objects.open().filter(pk=made.pk).exists()
    add_member(actor=officer, community=space, user=coordinator, role=Role.FACILITATOR)
    assert Invitation.objects.open().filter(pk=made.pk).exists()
