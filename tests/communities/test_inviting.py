"""Invitations: a link that opens once, holds two weeks, is told to nobody else, and can be taken back."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from communities.actions.ground import AlreadyMember, Settled
from communities.actions.inviting import (
    EnoughInvitations,
    InvitedAlready,
    NotOpen,
    accept,
    decline,
    invite,
    revoke,
    send_again,
    token_of,
)
from communities.models import Community, Invitation
from kmportal.inbox.models import Notice
from tests.make.communities import open_space, roles, rows

pytestmark = pytest.mark.django_db
STRANGER = "new.person@agency-b.example"


@pytest.fixture
def hidden(coordinator: Any, officer: Any) -> Community:
    return open_space(coordinator, officer, hidden=True, name="วงที่ไม่บอกใคร")


def token_in(body: str) -> str:
    found = re.search(r"/invitations/([0-9a-f]{64})/", body)
    assert found is not None
    return found[1]


def test_a_mail_goes_out_and_its_token_is_not_stored(
    hidden: Community, officer: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = invite(actor=officer, community=hidden, email=f" {STRANGER.upper()} ", words="มาคุยกัน", language="en")
    assert (made.email, len(mail.outbox), mail.outbox[0].to) == (STRANGER, 1, [STRANGER])
    token = token_in(str(mail.outbox[0].body))
    stored = Invitation.objects.filter(pk=made.pk).values().get()
    assert token == token_of(made)
    assert token not in map(str, stored.values())
    assert stored["sent_at"] is not None
    assert "An invitation" in mail.outbox[0].subject


def test_the_link_opens_once(hidden: Community, officer: Any, outsider: Any, as_: Any) -> None:
    made = invite(actor=officer, community=hidden, email=STRANGER)
    address = f"/invitations/{token_of(made)}/"
    page = Client().get(address)
    assert page.status_code == 200
    assert f"next={address}" in page.content.decode()
    assert Client().post(address, {"answer": "yes"}).status_code == 200
    client = as_(outsider)
    assert client.get(address).status_code == 200
    assert roles(hidden) == {"สมใจ": "facilitator"}
    assert client.post(address, {"answer": "yes"}).headers["Location"] == hidden.get_absolute_url()
    assert roles(hidden)["มานี"] == "practitioner"
    assert (client.get(address).status_code, Invitation.objects.get(pk=made.pk).settled_by) == (404, outsider)


def test_who_is_invited_is_told_of_the_hidden_and_nobody_else(
    hidden: Community, officer: Any, outsider: Any, colleague: Any, as_: Any
) -> None:
    assert as_(outsider).get(hidden.get_absolute_url()).status_code == 404
    invite(actor=officer, community=hidden, email=outsider.email.upper())
    page = as_(outsider).get(hidden.get_absolute_url())
    assert (page.status_code, page.context["front"].members, page.context["front"].leaders) == (200, None, [])
    assert hidden.name in as_(outsider).get("/communities/").content.decode()
    assert as_(outsider).get(f"{hidden.get_absolute_url()}members/").status_code == 403
    assert as_(colleague).get(hidden.get_absolute_url()).status_code == 404
    assert list(Notice.objects.visible_to(outsider).values_list("kind", flat=True)) == ["communities.invited"]
    revoke(actor=officer, invitation=Invitation.objects.get())
    assert as_(outsider).get(hidden.get_absolute_url()).status_code == 404
    assert not Notice.objects.visible_to(outsider).exists()


def test_only_its_own_address_or_the_link_answers(hidden: Community, officer: Any, outsider: Any, colleague: Any) -> None:
    made = invite(actor=officer, community=hidden, email=outsider.email)
    for token in ("", "0" * 64):
        with pytest.raises(PermissionDenied):
            accept(actor=colleague, invitation=made, token=token)
    with pytest.raises(PermissionDenied):
        decline(actor=colleague, invitation=made)
    accept(actor=outsider, invitation=made)
    assert roles(hidden) == {"สมใจ": "facilitator", "มานี": "practitioner"}
    with pytest.raises(NotOpen):
        accept(actor=outsider, invitation=made)


def test_sending_again_breaks_the_old_link(hidden: Community, officer: Any, as_: Any, outsider: Any) -> None:
    made = invite(actor=officer, community=hidden, email=STRANGER)
    old = token_of(made)
    new = send_again(actor=officer, invitation=made)
    assert (token_of(new) != old, new.times_sent) == (True, 2)
    assert as_(outsider).get(f"/invitations/{old}/").status_code == 404
    Invitation.objects.update(times_sent=5)
    with pytest.raises(EnoughInvitations):
        send_again(actor=officer, invitation=made)


def test_it_runs_out_and_is_taken_back(hidden: Community, officer: Any, outsider: Any) -> None:
    made = invite(actor=officer, community=hidden, email=STRANGER)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(NotOpen):
        accept(actor=outsider, invitation=made, token=token_of(made))
    again = invite(actor=officer, community=hidden, email=STRANGER)
    revoke(actor=officer, invitation=again)
    with pytest.raises(Settled):
        revoke(actor=officer, invitation=again)
    with pytest.raises(NotOpen):
        accept(actor=outsider, invitation=again, token=token_of(again))
    assert roles(hidden) == {"สมใจ": "facilitator"}


def test_refused_invitations_change_nothing(hidden: Community, officer: Any, coordinator: Any, outsider: Any) -> None:
    invite(actor=officer, community=hidden, email=STRANGER)
    before = rows()
    with pytest.raises(InvitedAlready):
        invite(actor=officer, community=hidden, email=STRANGER.title())
    with pytest.raises(AlreadyMember):
        invite(actor=officer, community=hidden, email=officer.email)
    with pytest.raises(ValidationError):
        invite(actor=officer, community=hidden, email="no address")
    for stranger in (coordinator, outsider):
        with pytest.raises(PermissionDenied):
            invite(actor=stranger, community=hidden, email="third@agency-b.example")
    assert rows() == before
