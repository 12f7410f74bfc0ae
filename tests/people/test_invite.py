"""Inviting: who may, into which agency, and what the link opens."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from kmportal.people.actions import AddressTaken, CannotInvite, EnoughInvitations, invite, save_domain
from kmportal.people.domains import StrangeDomain
from kmportal.people.models import Agency, Person, User

Sign = Callable[[Any], Client]
FORM = "/people/accounts/invite/"


@pytest.fixture
def listed(coordinator: User, agency_a: Agency) -> Agency:
    save_domain(actor=coordinator, domain="agency-a.example", agency=agency_a)
    return agency_a


def details(**changes: Any) -> dict[str, Any]:
    return {"email": "new@agency-a.example", "given_name": "ใหม่", "family_name": "มาก", **changes}


def test_from_the_form_to_the_first_page(as_: Sign, agency_coordinator: User, listed: Agency) -> None:
    response = as_(agency_coordinator).post(FORM, details(agency=listed.pk, roles=["site_admin"], is_superuser="on"))
    assert (response.status_code, response["Location"]) == (302, "/people/accounts/")
    account = User.objects.get(email="new@agency-a.example")
    assert (account.agency, account.role_names, account.is_superuser) == (listed, frozenset(), False)
    assert [message.to for message in mail.outbox] == [["new@agency-a.example"]]
    assert mail.outbox[0].subject.startswith("ขอเชิญเข้าร่วม")
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[0].body))
    assert found is not None
    guest = Client()
    form = guest.get(found[1])["Location"]
    guest.post(form, {"password1": "ช้างสามตัว-7-elephants", "password2": "ช้างสามตัว-7-elephants"})
    assert Client().get(found[1]).context["token_fail"]
    guest.post("/accounts/login/", {"login": "new@agency-a.example", "password": "ช้างสามตัว-7-elephants"})
    assert guest.get("/me/").status_code == 200
    assert Person.objects.get(user=account).agency == listed


def test_refusals_change_nothing(agency_coordinator: User, officer: User, listed: Agency, agency_b: Agency) -> None:
    before = User.objects.count()
    with pytest.raises(CannotInvite):
        invite(actor=agency_coordinator, agency=agency_b, **details())
    with pytest.raises(CannotInvite):
        invite(actor=agency_coordinator, agency=None, **details())
    with pytest.raises(CannotInvite):
        invite(actor=officer, agency=listed, **details())
    with pytest.raises(StrangeDomain):
        invite(actor=agency_coordinator, agency=listed, **details(email="new@gmail.com"))
    with pytest.raises(AddressTaken):
        invite(actor=agency_coordinator, agency=listed, **details(email="OFFICER@agency-a.example"))
    assert User.objects.count() == before


def test_the_network_invites_experts_from_outside(coordinator: User) -> None:
    assert invite(actor=coordinator, agency=None, **details(email="expert@university.example")).agency is None


def test_a_flood_is_stopped(coordinator: User) -> None:
    for number in range(50):
        invite(actor=coordinator, agency=None, **details(email=f"n{number}@x.example"))
    with pytest.raises(EnoughInvitations):
        invite(actor=coordinator, agency=None, **details(email="last@x.example"))
    assert not User.objects.filter(email="last@x.example").exists()


def test_a_refused_form_says_why(as_: Sign, agency_coordinator: User, listed: Agency) -> None:
    html = as_(agency_coordinator).post(FORM, details(agency=listed.pk, email="x@gmail.com")).content.decode()
    assert "<title>ผิดพลาด: " in html
    assert "สมัครด้วยอีเมลของหน่วยงาน" in html
