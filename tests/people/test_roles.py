"""Giving and taking roles: who may, and that a refusal changes nothing."""

from typing import Any

import pytest

from kmportal.people.actions import CannotGrant, ensure_roles, grant_role, revoke_role
from kmportal.people.models import User
from kmportal.people.roles import AGENCY_LEVEL_ROLES, CMS_ROLES, Role


def test_roles_exist_and_only_some_open_the_cms(db: None) -> None:
    from django.contrib.auth.models import Group

    ensure_roles()
    ensure_roles()
    assert set(Group.objects.filter(name__in=Role.values).values_list("name", flat=True)) == set(Role.values)
    openers = Group.objects.filter(permissions__codename="access_admin").values_list("name", flat=True)
    assert set(openers) == {role.value for role in CMS_ROLES}


@pytest.mark.parametrize("role", list(Role))
def test_site_admin_grants_every_role_to_others(admin: User, officer: User, role: Role) -> None:
    grant_role(actor=admin, account=officer, role=role)
    assert officer.has_role(role)
    revoke_role(actor=admin, account=officer, role=role)
    assert not User.objects.get(pk=officer.pk).has_role(role)


@pytest.mark.parametrize("role", list(Role))
def test_coordinator_grants_agency_level_roles_only(coordinator: User, officer: User, role: Role) -> None:
    if role in AGENCY_LEVEL_ROLES:
        grant_role(actor=coordinator, account=officer, role=role)
        assert officer.role_names == {role.value}
        return
    with pytest.raises(CannotGrant):
        grant_role(actor=coordinator, account=officer, role=role)
    assert officer.groups.count() == 0


@pytest.mark.parametrize("name", ["officer", "agency_coordinator", "cop_member"])
def test_nobody_else_grants(request: Any, name: str, colleague: User) -> None:
    with pytest.raises(CannotGrant):
        grant_role(actor=request.getfixturevalue(name), account=colleague, role=Role.EXPERT)
    assert colleague.groups.count() == 0


@pytest.mark.parametrize("name", ["admin", "coordinator"])
def test_nobody_changes_their_own_roles(request: Any, name: str) -> None:
    user = request.getfixturevalue(name)
    before = user.role_names
    for role in Role:
        with pytest.raises(CannotGrant):
            grant_role(actor=user, account=user, role=role)
        with pytest.raises(CannotGrant):
            revoke_role(actor=user, account=user, role=role)
    assert User.objects.get(pk=user.pk).role_names == before


def test_an_inactive_admin_grants_nothing(admin: User, officer: User) -> None:
    admin.is_active = False
    with pytest.raises(CannotGrant):
        grant_role(actor=admin, account=officer, role=Role.EXPERT)
