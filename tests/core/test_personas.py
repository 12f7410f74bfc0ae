"""The personas are who their docstrings say they are."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from communities.models import Community, Membership
from kmportal.people.models import Agency, User
from kmportal.people.roles import Role


def test_agencies_nest(officer: User, colleague: User, outsider: User, agency_a: Agency, agency_b: Agency) -> None:
    assert agency_a.pk in officer.agency_ids
    assert agency_a.pk in colleague.agency_ids
    assert agency_a.pk not in outsider.agency_ids
    assert agency_b.pk in outsider.agency_ids


def test_roles(coordinator: User, reviewer: User, agency_coordinator: User, admin: User, officer: User) -> None:
    assert coordinator.has_role(Role.NETWORK_COORDINATOR)
    assert reviewer.has_role(Role.NETWORK_COORDINATOR)
    assert agency_coordinator.has_role(Role.AGENCY_COORDINATOR)
    assert admin.has_role(Role.SITE_ADMIN)
    assert not admin.is_superuser
    assert officer.role_names == frozenset()


def test_the_hidden_community_has_one_member(community_c: Community, cop_member: User, admin: User) -> None:
    assert list(Community.objects.visible_to(cop_member)) == [community_c]
    assert not Community.objects.visible_to(admin).filter(pk=community_c.pk).exists()
    assert Membership.objects.get(community=community_c).user == cop_member


def test_as_signs_in(as_: Callable[..., Client], officer: User, visitor: AnonymousUser) -> None:
    assert as_(officer).session["_auth_user_id"] == str(officer.pk)
    assert not as_(visitor).session.get("_auth_user_id")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "again"])
def test_a_committing_test_leaves_nothing_behind(time: str) -> None:
    assert not User.objects.filter(email="left@behind.example").exists()
    User.objects.create_user("left@behind.example")


@pytest.mark.django_db
async def test_async_tests_see_the_database(client: Client) -> None:
    assert await User.objects.acount() == 8
