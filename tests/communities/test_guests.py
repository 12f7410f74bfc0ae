"""Guests: an invitation lets an address of an unlisted domain sign up; it reads its community and what is public, and leads nothing."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from communities.actions.ground import GuestLeads
from communities.actions.inviting import OnlyFromInside, OwnAddressOnly, accept, invite, token_of
from communities.actions.joining import join
from communities.actions.leading import offer_leadership
from communities.actions.members import add_member, change_role
from communities.models import Community, Membership
from kmportal.library.models import KnowledgePage, SiteWords
from kmportal.people import guests
from kmportal.people.actions import complete_signup, place_account
from kmportal.people.models import Agency, Person, User
from kmportal.retrieval import readers as reading
from qa.models import Question
from tests.make.communities import open_space, rows
from tests.make.qa import ask

pytestmark = pytest.mark.django_db
OUTSIDE = "expert@university.example.org"
PASSWORD = "ช้างสามตัว-7-elephants"
Role = Membership.Role


@pytest.fixture
def space(coordinator: Any, officer: Any) -> Community:
    return open_space(coordinator, officer)


@pytest.fixture
def guest(space: Community, officer: Any) -> User:
    """Somebody from outside who came in."""
    made = invite(actor=officer, community=space, email=OUTSIDE)
    account = User.objects.create_user(OUTSIDE, PASSWORD, first_name="แขก", last_name="มาไกล", is_guest=True)
    complete_signup(account=account)
    accept(actor=account, invitation=made)
    return account


def form(email: str, leads_to: str) -> dict[str, str]:
    return {
        "first_name": "แขก", "last_name": "มาไกล", "email": email, "password1": PASSWORD, "password2": PASSWORD, "next": leads_to
    }  # fmt: skip


def sign_up(client: Client, email: str, leads_to: str) -> bool:
    client.post("/accounts/signup/", form(email, leads_to))
    return User.objects.filter(email=email).exists()


def test_the_link_lets_its_address_sign_up_prove_itself_and_come_in(space: Community, officer: Any, client: Client) -> None:
    made = invite(actor=officer, community=space, email=OUTSIDE)
    page = client.get(f"/invitations/{token_of(made)}/").content.decode()
    assert f"/accounts/signup/?next=/invitations/{token_of(made)}/" in page
    assert sign_up(client, OUTSIDE, f"/invitations/{token_of(made)}/")
    account = User.objects.get(email=OUTSIDE)
    assert (account.is_guest, account.agency, space.memberships.count()) == (True, None, 1)
    # The address is proven by a mail of its own: a link that was handed on proves nothing.
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    client.post(found[1])
    signed_in = client.post("/accounts/login/", {"login": OUTSIDE, "password": PASSWORD})
    assert signed_in["Location"] == "/communities/"
    listed = client.get("/communities/").content.decode()
    assert space.name in listed
    client.post(f"{space.get_absolute_url()}invitation/", {"answer": "yes"})
    assert space.memberships.get(user=account).role == Role.PRACTITIONER
    assert client.get(space.get_absolute_url()).status_code == 200


def test_no_other_address_and_no_other_path(space: Community, officer: Any, client: Client) -> None:
    made = invite(actor=officer, community=space, email=OUTSIDE)
    path = f"/invitations/{token_of(made)}/"
    before = User.objects.count()
    for email, leads_to in (
        ("other@university.example.org", path), (OUTSIDE, ""), (OUTSIDE, "/communities/"), (OUTSIDE, f"/invitations/{'0' * 64}/"),
        (OUTSIDE, f"https://evil.example{path}"),
    ):  # fmt: skip
        assert not sign_up(client, email, leads_to)
    SiteWords.objects.update(lets_guests_in=False)
    assert not sign_up(client, OUTSIDE, path)
    assert User.objects.count() == before


def test_coordinators_can_shut_the_door(space: Community, officer: Any) -> None:
    SiteWords.objects.update(lets_guests_in=False)
    before = rows()
    with pytest.raises(OnlyFromInside):
        invite(actor=officer, community=space, email=OUTSIDE)
    assert rows() == before


def test_a_guest_reads_their_community_and_what_is_public(
    guest: User, space: Community, coordinator: Any, officer: Any, outsider: Any, as_: Any
) -> None:
    other = open_space(coordinator, outsider)
    assert list(Community.objects.visible_to(guest)) == [space]
    assert list(Community.objects.told_to(guest)) == [space]
    with pytest.raises(PermissionDenied):
        join(actor=guest, community=other)
    readers = reading.of(guest)
    assert "network" not in readers.keys
    assert f"community:{space.pk}" in readers.keys
    ask(outsider, visibility="network")
    told = ask(officer, visibility="community", community=space)
    assert list(Question.objects.visible_to(guest)) == [told]
    assert set(KnowledgePage.objects.visible_to(guest).values_list("visibility", flat=True)) <= {"public", "community"}
    for account in (officer, outsider):
        complete_signup(account=account)
    met = Person.objects.visible_to(guest).exclude(user=None)
    assert set(met.values_list("user", flat=True)) == {guest.pk, officer.pk}
    client = as_(guest)
    assert client.get(other.get_absolute_url()).status_code == 404
    assert "คุณเป็นแขก" in client.get("/communities/").content.decode()


@pytest.mark.parametrize("address", ["/boards/", "/points/", "/rewards/", "/experts/", "/me/duties/"])
def test_what_did_not_open_itself_is_closed(guest: User, as_: Any, address: str) -> None:
    response = as_(guest).get(address)
    assert response.status_code == 403
    assert "แขก" in response.content.decode()


def test_menus_lead_a_guest_nowhere_closed(guest: User, as_: Any) -> None:
    client = as_(guest)
    page = client.get("/communities/").content.decode()
    own = {link for link in re.findall(r'<a [^>]*href="(/[^"#?]*)', page) if not link.startswith(("/static", "/en"))}
    assert {link for link in own if client.get(link).status_code == 403} == set()


def test_a_guest_leads_nothing(guest: User, space: Community, officer: Any, coordinator: Any) -> None:
    mine = space.memberships.get(user=guest)
    with pytest.raises(GuestLeads):
        change_role(actor=officer, membership=mine, role=Role.FACILITATOR)
    with pytest.raises(GuestLeads):
        offer_leadership(actor=officer, community=space, to=guest)
    with pytest.raises(GuestLeads):
        add_member(actor=coordinator, community=open_space(coordinator, officer), user=guest, role=Role.FACILITATOR)
    with pytest.raises(GuestLeads):
        invite(actor=officer, community=space, email="second@university.example.org", role=Role.FACILITATOR)
    mine.refresh_from_db()
    assert (mine.role, space.hand_overs.count()) == (Role.PRACTITIONER, 0)


def test_a_guest_does_not_use_links_of_others(guest: User, coordinator: Any, outsider: Any) -> None:
    other = open_space(coordinator, outsider, hidden=True)
    made = invite(actor=outsider, community=other, email="third@university.example.org")
    with pytest.raises(OwnAddressOnly):
        accept(actor=guest, invitation=made, token=token_of(made))
    assert other.memberships.count() == 1


def test_an_agency_makes_a_member_of_the_network(guest: User, coordinator: Any, agency_a: Agency, as_: Any) -> None:
    place_account(actor=coordinator, account=guest, agency=agency_a)
    guest.refresh_from_db()
    assert (guest.is_guest, guests.in_network(guest)) == (False, True)
    assert as_(guest).get("/experts/").status_code == 200


def test_members_see_who_is_a_guest(guest: User, space: Community, officer: Any, as_: Any) -> None:
    page = as_(officer).get(f"{space.get_absolute_url()}members/").content.decode()
    assert page.count("แขกจากนอกเครือข่าย") == 1
