"""The screens of the CMS: they act through the verbs, and only for those who may."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from kmportal.people.actions import AgencyDetails, PersonDetails, save_agency, save_person
from kmportal.people.models import Agency, EmailDomain, Person, User
from kmportal.people.roles import Role

Sign = Callable[[Any], Client]
LISTS = ["wagtailsnippets_people_agency:list", "wagtailsnippets_people_person:list", "wagtailsnippets_people_emaildomain:list"]


@pytest.mark.parametrize("name", LISTS)
def test_lists_open_to_those_who_curate(as_: Sign, coordinator: User, admin: User, agency_coordinator: User, name: str) -> None:
    path = reverse(name)
    assert [as_(user).get(path).status_code for user in (coordinator, admin)] == [200, 200]
    refused = as_(agency_coordinator).get(path)
    assert (refused.status_code, refused["Location"]) == (302, reverse("wagtailadmin_home"))


def test_agency_is_made_changed_and_removed(as_: Sign, coordinator: User, agency_a: Agency) -> None:
    client = as_(coordinator)
    data = {"name": "กองทดสอบ", "name_en": "", "abbreviation": "กท.", "kind": "bureau", "parent": agency_a.pk, "slug": "",
            "other_names": "สำนักทดสอบ\n\nกองทดสอบเดิม"}  # fmt: skip
    assert client.post(reverse("wagtailsnippets_people_agency:add"), data).status_code == 302
    agency = Agency.objects.get(name="กองทดสอบ")
    assert (agency.parent, agency.key) == (agency_a, "กองทดสอบ")
    assert set(agency.aliases.values_list("name", flat=True)) == {"กท.", "สำนักทดสอบ", "กองทดสอบเดิม"}
    edit = reverse("wagtailsnippets_people_agency:edit", args=[agency.pk])
    assert "สำนักทดสอบ" in client.get(edit).content.decode()
    wrong = client.post(edit, {**data, "kind": "ministry", "slug": agency.slug})
    assert wrong.status_code == 200
    assert Agency.objects.get(pk=agency.pk).kind == "bureau"
    assert client.post(edit, {**data, "name": "กองทดสอบใหม่", "slug": agency.slug}).status_code == 302
    assert Agency.objects.get(pk=agency.pk).key == "กองทดสอบใหม่"
    client.post(reverse("wagtailsnippets_people_agency:delete", args=[agency.pk]))
    assert not Agency.objects.filter(pk=agency.pk).exists()


def test_an_agency_in_use_stays(as_: Sign, coordinator: User, agency_a: Agency) -> None:
    as_(coordinator).post(reverse("wagtailsnippets_people_agency:delete", args=[agency_a.pk]))
    as_(coordinator).post(reverse("wagtail_bulk_action", args=["people", "agency", "delete"]) + f"?id={agency_a.pk}")
    assert Agency.objects.filter(pk=agency_a.pk).exists()


def test_person_is_made_and_chosen(as_: Sign, coordinator: User, officer: User) -> None:
    client = as_(coordinator)
    data = {
        "prefix": "ดร.",
        "given_name": "ไพบูลย์",
        "family_name": "ใจดี",
        "position": "",
        "agency": "",
        "about": "",
        "is_listed": "on",
    }
    assert client.post(reverse("wagtailsnippets_people_person:add"), data).status_code == 302
    person = Person.objects.get(given_name="ไพบูลย์")
    assert person.key == "ไพบูลย์ ใจดี"
    assert "ไพบูลย์" in client.get(reverse("wagtailsnippetchoosers_people_person:choose") + "?q=ไพบูลย์").json()["html"]
    theirs = Person.objects.get(user=officer)
    edit = reverse("wagtailsnippets_people_person:edit", args=[theirs.pk])
    client.post(edit, {**data, "given_name": "ถูกแก้"})
    assert Person.objects.get(pk=theirs.pk).given_name == "สมใจ"


def test_mail_domain(as_: Sign, coordinator: User, agency_a: Agency) -> None:
    client = as_(coordinator)
    client.post(reverse("wagtailsnippets_people_emaildomain:add"), {"domain": "@A.go.th", "agency": agency_a.pk})
    assert list(EmailDomain.objects.values_list("domain", "agency__slug")) == [("a.go.th", "agency-a")]
    refused = client.post(reverse("wagtailsnippets_people_emaildomain:add"), {"domain": ".com", "agency": ""})
    assert refused.status_code == 200
    assert EmailDomain.objects.count() == 1


def test_merging_screens(as_: Sign, coordinator: User, agency_coordinator: User, officer: User) -> None:
    twin = save_person(actor=coordinator, details=PersonDetails(given_name="สมใจ", family_name="ใฝ่รู้"))
    double = save_agency(actor=coordinator, details=AgencyDetails(name="กรมตัวอย่างแรกๆ", kind="department"))
    client = as_(coordinator)
    own = Person.objects.get(user=officer)
    assert (
        reverse("people_compare", args=["people", own.pk, twin.pk])
        in client.get(reverse("people_merging", args=["people"])).content.decode()
        or reverse("people_compare", args=["people", twin.pk, own.pk])
        in client.get(reverse("people_merging", args=["people"])).content.decode()
    )
    assert double.name in client.get(reverse("people_merging", args=["agencies"])).content.decode()
    compare = reverse("people_compare", args=["people", own.pk, twin.pk])
    assert client.get(compare).status_code == 200
    assert client.post(compare).status_code == 200
    assert as_(agency_coordinator).post(compare, {"keep": own.pk}).status_code == 302
    assert Person.objects.filter(pk=twin.pk).exists()
    assert client.post(compare, {"keep": own.pk}).status_code == 302
    assert not Person.objects.filter(pk=twin.pk).exists()


# --- Accounts --------------------------------------------------------------------------------------------------------------------
def test_only_site_admins_see_accounts(as_: Sign, admin: User, coordinator: User) -> None:
    path = reverse("wagtailusers_users:index")
    assert as_(admin).get(path).status_code == 200
    assert as_(coordinator).get(path).status_code == 302


def test_account_is_made_with_an_invitation(as_: Sign, admin: User, agency_a: Agency) -> None:
    page = as_(admin).get(reverse("wagtailusers_users:add")).content.decode()
    assert "is_superuser" not in page
    assert "password" not in page
    data = {"email": "new@agency-a.example", "first_name": "ใหม่", "last_name": "มาก", "agency": agency_a.pk, "language": "th",
            "roles": ["expert", "network_coordinator"], "is_superuser": "on", "groups": ["1"]}  # fmt: skip
    assert as_(admin).post(reverse("wagtailusers_users:add"), data).status_code == 302
    account = User.objects.get(email="new@agency-a.example")
    assert (account.is_superuser, account.is_staff, account.agency) == (False, False, agency_a)
    assert account.role_names == {"expert", "network_coordinator"}
    assert not account.has_usable_password()
    assert [message.to for message in mail.outbox] == [["new@agency-a.example"]]
    assert "/accounts/password/reset/key/" in mail.outbox[0].body


def test_account_is_changed_and_switched_off(as_: Sign, admin: User, officer: User, agency_b: Agency) -> None:
    edit = reverse("wagtailusers_users:edit", args=[officer.pk])
    data = {"email": officer.email, "first_name": "สมใจ", "last_name": "ใฝ่รู้", "agency": agency_b.pk, "language": "en",
            "roles": ["judge"], "is_superuser": "on"}  # fmt: skip
    assert as_(admin).post(edit, data).status_code == 302
    changed = User.objects.get(pk=officer.pk)
    assert (changed.is_active, changed.is_superuser, changed.agency) == (False, False, agency_b)
    assert changed.role_names == {"judge"}


def test_an_admin_gets_no_further_by_their_own_account(as_: Sign, admin: User) -> None:
    edit = reverse("wagtailusers_users:edit", args=[admin.pk])
    data = {"email": admin.email, "first_name": "ดูแล", "last_name": "ระบบดี", "agency": "", "language": "th",
            "roles": [role.value for role in Role], "is_superuser": "on"}  # fmt: skip
    as_(admin).post(edit, data)
    bulk = reverse("wagtail_bulk_action", args=["people", "user", "assign_role"]) + f"?id={admin.pk}"
    as_(admin).post(bulk, {"role": "1"})
    after = User.objects.get(pk=admin.pk)
    assert (after.is_active, after.is_superuser, after.agency is None) == (True, False, False)
    assert after.role_names == {"site_admin"}


def test_accounts_are_not_deleted(as_: Sign, admin: User, officer: User) -> None:
    as_(admin).post(reverse("wagtailusers_users:delete", args=[officer.pk]))
    as_(admin).post(reverse("wagtail_bulk_action", args=["people", "user", "delete"]) + f"?id={officer.pk}")
    assert User.objects.filter(pk=officer.pk, is_active=True).exists()


def test_an_admin_does_not_touch_a_superuser(as_: Sign, admin: User, agency_a: Agency) -> None:
    root = User.objects.create_superuser("root@agency-a.example", "x", first_name="ราก")
    data = {"email": "taken@agency-a.example", "first_name": "x", "agency": "", "language": "th"}
    as_(admin).post(reverse("wagtailusers_users:edit", args=[root.pk]), data)
    assert User.objects.get(pk=root.pk).email == "root@agency-a.example"
