"""Communities in the CMS: the screens know only what the person may manage, and write through the verbs."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from communities.actions.ground import NameTaken
from communities.actions.spaces import CommunityDetails, create_community
from communities.models import Community, Membership
from kmportal.people.models import User

pytestmark = pytest.mark.django_db
LIST = "wagtailsnippets_communities_community:list"
As = Callable[..., Client]


@pytest.fixture
def open_one(coordinator: User, officer: User) -> Community:
    return create_community(actor=coordinator, details=CommunityDetails(name="ชุมชนเปิด"), facilitator=officer)


def test_a_coordinator_sees_open_communities_and_no_hidden_one(as_: As, coordinator: User, open_one: Community) -> None:
    page = as_(coordinator).get(reverse(LIST)).content.decode()
    assert "ชุมชนเปิด" in page
    assert "ชุมชนนักปฏิบัติ ค" not in page


@pytest.mark.parametrize("view", ["edit", "history", "usage"])
def test_a_hidden_community_is_not_there_by_its_number(as_: As, view: str, coordinator: User, community_c: Community) -> None:
    address = reverse(f"wagtailsnippets_communities_community:{view}", args=[community_c.pk])
    assert as_(coordinator).get(address).status_code == 404


@pytest.mark.parametrize("view", ["edit", "delete", "history", "usage"])
def test_a_hidden_communitys_members_are_not_there_either(as_: As, view: str, coordinator: User, community_c: Community) -> None:
    membership = Membership.objects.get(community=community_c)
    address = reverse(f"wagtailsnippets_communities_membership:{view}", args=[membership.pk])
    assert as_(coordinator).get(address).status_code == 404
    assert as_(coordinator).post(address).status_code in {404, 405}
    assert Membership.objects.filter(pk=membership.pk).exists()


def test_site_administrators_manage_none(as_: As, admin: User, open_one: Community) -> None:
    assert as_(admin).get(reverse(LIST)).status_code == 302
    assert as_(admin).get(reverse("wagtailsnippets_communities_community:edit", args=[open_one.pk])).status_code in {302, 404}


def test_a_community_is_opened_on_the_screen(as_: As, coordinator: User, officer: User) -> None:
    client, address = as_(coordinator), reverse("wagtailsnippets_communities_community:add")
    assert client.get(address).status_code == 200
    data = {"name": "วงใหม่", "name_en": "New Circle", "domain": "", "facilitator": officer.email}
    assert client.post(address, data).status_code == 302
    made = Community.objects.get(slug="new-circle")
    assert Membership.objects.get(community=made).user == officer
    again = client.post(address, data)
    assert str(NameTaken.words) in again.content.decode()
    assert Community.objects.filter(name="วงใหม่").count() == 1


def test_words_are_changed_on_the_screen_and_hiding_is_not_offered(as_: As, coordinator: User, open_one: Community) -> None:
    client, address = as_(coordinator), reverse("wagtailsnippets_communities_community:edit", args=[open_one.pk])
    assert client.get(address).status_code == 200
    client.post(address, {"name": "ชุมชนเปิดกว้าง", "name_en": "", "domain": "", "is_hidden": "on"})
    now = Community.objects.get(pk=open_one.pk)
    assert (now.name, now.is_hidden) == ("ชุมชนเปิดกว้าง", False)


def test_members_are_added_changed_and_removed_on_the_screen(
    as_: As, coordinator: User, colleague: User, officer: User, open_one: Community
) -> None:
    client, base = as_(coordinator), "wagtailsnippets_communities_membership"
    assert client.get(reverse(f"{base}:add")).status_code == 200
    client.post(reverse(f"{base}:add"), {"community": open_one.pk, "member": colleague.email.upper(), "role": "sponsor"})
    made = Membership.objects.get(user=colleague)
    assert made.role == "sponsor"
    client.post(reverse(f"{base}:edit", args=[made.pk]), {"role": "note_taker"})
    assert Membership.objects.get(pk=made.pk).role == "note_taker"
    last = Membership.objects.get(community=open_one, user=officer)
    client.post(reverse(f"{base}:delete", args=[last.pk]))
    assert Membership.objects.filter(pk=last.pk).exists()
    client.post(reverse(f"{base}:delete", args=[made.pk]))
    assert not Membership.objects.filter(pk=made.pk).exists()


def test_nobody_is_added_to_a_community_that_one_does_not_manage(
    as_: As, coordinator: User, colleague: User, community_c: Community
) -> None:
    address = reverse("wagtailsnippets_communities_membership:add")
    as_(coordinator).post(address, {"community": community_c.pk, "member": colleague.email, "role": "practitioner"})
    assert Membership.objects.filter(community=community_c).count() == 1


def test_the_chooser_tells_of_no_hidden_community(
    as_: As, coordinator: User, open_one: Community, community_c: Community
) -> None:
    client, base = as_(coordinator), "wagtailsnippetchoosers_communities_community"
    page = client.get(reverse(f"{base}:choose_results")).content.decode()
    assert "ชุมชนเปิด" in page
    assert "ชุมชนนักปฏิบัติ ค" not in page
    assert client.get(reverse(f"{base}:chosen", args=[community_c.pk])).status_code == 404
