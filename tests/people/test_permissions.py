"""The table of docs/PERMISSIONS.md, run cell by cell, and who gets what answer on the addresses of people and accounts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from kmportal.people import permissions
from kmportal.people.models import Agency, Person, User
from kmportal.people.roles import AGENCY_LEVEL_ROLES, Role

ROOT = Path(__file__).resolve().parents[2]
ROLES = ["officer", "agency_coordinator", "network_coordinator", "site_admin"]
PERSONAS = {"network_coordinator": "coordinator", "site_admin": "admin"}


def documented() -> list[tuple[str, str, str]]:
    """(verb, role, cell) of the checked table."""
    text = (ROOT / "docs" / "PERMISSIONS.md").read_text(encoding="utf-8")
    lines = text.split("<!-- verbs -->")[1].split("<!-- /verbs -->")[0].strip().splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert rows[0][1:5] == ROLES
    return [(row[0], role, row[1 + number]) for row in rows[2:] for number, role in enumerate(ROLES)]


class Facts:
    """What the code says, in the words of the table."""

    def __init__(self, actor: User) -> None:
        self.actor = actor
        self.stranger = User.objects.get(email="cop.member@agency-b.example")
        self.near = User.objects.get(email="colleague@agency-a-group.example")
        self.speaker = Person(given_name="x")

    def change_own(self) -> str:
        return "self" if permissions.can_edit_person(self.actor, Person(user=self.actor)) else ""

    def change_other(self) -> str:
        assert not permissions.can_edit_person(self.actor, Person(user=self.near))
        return "free" if permissions.can_edit_person(self.actor, self.speaker) else ""

    def agencies(self) -> str:
        return "yes" if permissions.can_curate_agencies(self.actor) else ""

    def people(self) -> str:
        return "yes" if permissions.can_curate_people(self.actor) else ""

    def list_accounts(self) -> str:
        if not permissions.can_see_accounts(self.actor):
            return ""
        seen = set(Person.objects.placeable_by(self.actor).values_list("user", flat=True))
        assert self.near.pk in seen
        assert self.actor.pk not in seen
        return "yes" if self.stranger.pk in seen else "own"

    def invite(self) -> str:
        agency_a, agency_b = Agency.objects.get(slug="agency-a"), Agency.objects.get(slug="agency-b")
        near, far, none = (permissions.can_invite(self.actor, agency) for agency in (agency_a, agency_b, None))
        assert far == none
        return "yes" if far else "own" if near else ""

    def place(self) -> str:
        agency_a, agency_b = Agency.objects.get(slug="agency-a"), Agency.objects.get(slug="agency-b")
        assert not permissions.can_place_account(self.actor, self.actor, agency_a)
        near = permissions.can_place_account(self.actor, self.near, agency_a)
        far = permissions.can_place_account(self.actor, self.stranger, agency_a)
        out = permissions.can_place_account(self.actor, self.near, agency_b)
        assert far == out
        return "yes" if far else "own" if near else ""

    def grant(self) -> str:
        roles = {role for role in Role if permissions.can_grant(self.actor, self.near, role)}
        assert not any(permissions.can_grant(self.actor, self.actor, role) for role in Role)
        if not roles:
            return ""
        return "yes" if roles == set(Role) else "agency roles" if roles == set(AGENCY_LEVEL_ROLES) else "other"

    def accounts(self) -> str:
        return "yes" if permissions.can_administer_accounts(self.actor) else ""


CHECKS: dict[str, Callable[[Facts], str]] = {
    "change one's own profile and picture": Facts.change_own,
    "change another person's page": Facts.change_other,
    "make, change, merge agencies; mail domains": Facts.agencies,
    "make and merge people": Facts.people,
    "see the list of accounts": Facts.list_accounts,
    "invite people": Facts.invite,
    "give an account its agency": Facts.place,
    "give and take roles": Facts.grant,
    "make, switch off, change accounts": Facts.accounts,
}


def test_the_table_and_the_checks_name_the_same_verbs() -> None:
    assert {verb for verb, _role, _cell in documented()} == set(CHECKS)


@pytest.mark.parametrize(("verb", "role", "cell"), documented())
def test_cell(request: pytest.FixtureRequest, verb: str, role: str, cell: str) -> None:
    actor = request.getfixturevalue(PERSONAS.get(role, role))
    assert CHECKS[verb](Facts(actor)) == cell


@pytest.mark.parametrize("role", sorted(set(Role.values) - {"network_coordinator", "agency_coordinator", "site_admin"}))
def test_other_roles_are_as_officers_here(officer: User, role: str) -> None:
    from django.contrib.auth.models import Group

    officer.groups.add(Group.objects.get(name=role))
    facts = Facts(User.objects.get(pk=officer.pk))
    assert {verb: check(facts) for verb, check in CHECKS.items()} == {
        verb: cell for verb, whose, cell in documented() if whose == "officer"
    }


def test_a_visitor_may_nothing(db: None) -> None:
    nobody: Any = AnonymousUser()
    speaker = Person(given_name="x")
    assert not permissions.can_edit_person(nobody, speaker)
    assert not permissions.can_curate_agencies(nobody)
    assert not permissions.can_curate_people(nobody)
    assert not permissions.can_see_accounts(nobody)
    assert not permissions.can_administer_accounts(nobody)


# --- Addresses -------------------------------------------------------------------------------------------------------------------
# L: to sign-in. The target of "account" is the colleague, who works inside agency A and is listed for members.
MATRIX = """
address        visitor officer colleague outsider agency_coordinator coordinator admin
people         200     200     200       200      200                200         200
agencies       200     200     200       200      200                200         200
agency         200     200     200       200      200                200         200
person         404     200     200       200      200                200         200
picture        404     404     404       404      404                404         404
profile        L       200     200       200      200                200         200
second_factor  L       200     200       200      200                200         200
accounts       L       403     403       403      200                200         200
invite         L       403     403       403      200                200         200
account        L       403     403       403      200                200         200
change_picture L       405     405       405      405                405         405
"""
ARGS = {"agency": ["agency-a"], "person": ["HANDLE"], "picture": ["HANDLE", "small"], "account": ["HANDLE"]}
CELLS = [
    (row.split()[0], who, cell)
    for row in MATRIX.strip().splitlines()[1:]
    for who, cell in zip(MATRIX.split()[1:8], row.split()[1:], strict=True)
]


@pytest.mark.parametrize(("address", "who", "cell"), CELLS)
def test_address(
    request: pytest.FixtureRequest, *, as_: Callable[[Any], Client], colleague: User, address: str, who: str, cell: str
) -> None:
    handle = Person.objects.get(user=colleague).handle
    path = reverse(f"people:{address}", args=[handle if part == "HANDLE" else part for part in ARGS.get(address, [])])
    response = as_(request.getfixturevalue(who)).get(path)
    if cell == "L":
        assert (response.status_code, response["Location"]) == (302, f"{reverse('account_login')}?next={path}")
    else:
        assert response.status_code == int(cell)
