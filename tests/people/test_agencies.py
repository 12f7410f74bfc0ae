"""Making, placing and merging agencies; mail domains."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from kmportal.people.actions import (
    AgencyDetails,
    AgencyExists,
    AgencyInUse,
    CannotMerge,
    NotADomain,
    WrongPlace,
    merge_agencies,
    remove_agency,
    save_agency,
    save_domain,
)
from kmportal.people.models import Agency, EmailDomain, Person, User
from kmportal.people.names import agency_key

Kind = Agency.Kind


def test_save_agency_makes_key_address_and_aliases(coordinator: User) -> None:
    agency = save_agency(
        actor=coordinator,
        details=AgencyDetails(
            name="สำนักงาน ก.พ.ร.",
            name_en="OPDC Office",
            abbreviation="กพร.",
            aliases=["สนง.ก.พ.ร.", "กพร", " "],
            kind=Kind.DEPARTMENT,
        ),
    )
    assert (agency.slug, agency.key) == ("opdc-office", "สำนักงานกพร")
    assert set(agency.aliases.values_list("name", flat=True)) == {"กพร", "OPDC Office", "สนง.ก.พ.ร."}
    for name in ("กพร.", "OPDC office", "สำนักงาน กพร", "สนง. ก.พ.ร."):
        assert list(Agency.objects.named(agency_key(name))) == [agency]


def test_save_agency_refuses_doubles_but_not_the_same_group_name_elsewhere(
    coordinator: User, agency_a: Agency, agency_b: Agency
) -> None:
    with pytest.raises(AgencyExists):
        save_agency(actor=coordinator, details=AgencyDetails(name=agency_a.name, parent=agency_a.parent))
    first = save_agency(actor=coordinator, details=AgencyDetails(name="กองกลาง", kind=Kind.BUREAU, parent=agency_a))
    second = save_agency(actor=coordinator, details=AgencyDetails(name="กองกลาง", kind=Kind.BUREAU, parent=agency_b))
    assert first.slug != second.slug


def test_save_agency_keeps_the_tree_whole(coordinator: User, agency_a: Agency) -> None:
    ministry = Agency.objects.get(slug="ministry")
    bureau = save_agency(actor=coordinator, details=AgencyDetails(name="กองหนึ่ง", kind=Kind.BUREAU, parent=agency_a))
    group = save_agency(actor=coordinator, details=AgencyDetails(name="กลุ่มหนึ่ง", kind=Kind.GROUP, parent=bureau))
    wrong = [
        (None, AgencyDetails(name="ห้า", kind=Kind.OTHER, parent=group)),
        (agency_a, AgencyDetails(name=agency_a.name, kind=agency_a.kind, parent=group)),
        (agency_a, AgencyDetails(name=agency_a.name, kind=agency_a.kind, parent=agency_a)),
        (None, AgencyDetails(name="กรมใต้กอง", kind=Kind.DEPARTMENT, parent=bureau)),
        (ministry, AgencyDetails(name=ministry.name, kind=Kind.OTHER, parent=Agency.objects.get(slug="agency-b"))),
    ]
    before = list(Agency.objects.order_by("pk").values())
    for agency, details in wrong:
        with pytest.raises(WrongPlace):
            save_agency(actor=coordinator, agency=agency, details=details)
    assert list(Agency.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("name", ["officer", "agency_coordinator"])
def test_others_do_not_curate_agencies(request: Any, name: str, agency_a: Agency, agency_b: Agency) -> None:
    actor = request.getfixturevalue(name)
    with pytest.raises(PermissionDenied):
        save_agency(actor=actor, details=AgencyDetails(name="ใหม่"))
    with pytest.raises(PermissionDenied):
        merge_agencies(actor=actor, keep=agency_a, gone=agency_b)
    with pytest.raises(PermissionDenied):
        save_domain(actor=actor, domain="x.go.th", agency=agency_a)
    assert Agency.objects.count() == 4


def test_merge_agencies_moves_all_and_keeps_names(coordinator: User, agency_a: Agency, agency_b: Agency, outsider: User) -> None:
    save_domain(actor=coordinator, domain="b.go.th", agency=agency_b)
    child = save_agency(actor=coordinator, details=AgencyDetails(name="กองของสอง", kind=Kind.BUREAU, parent=agency_b))
    merge_agencies(actor=coordinator, keep=agency_a, gone=agency_b)
    outsider.refresh_from_db()
    child.refresh_from_db()
    assert not Agency.objects.filter(slug="agency-b").exists()
    assert outsider.agency == agency_a
    assert Person.objects.get(user=outsider).agency == agency_a
    assert child.parent == agency_a
    assert EmailDomain.objects.get(domain="b.go.th").agency == agency_a
    assert Agency.objects.named(agency_key("กรมตัวอย่างที่สอง")).get() == agency_a
    assert Agency.objects.named(agency_key("กตส.")).get() == agency_a
    assert Agency.objects.named(agency_key("กตร.")).get() == agency_a


def test_merge_agencies_refuses_relatives(coordinator: User, agency_a: Agency) -> None:
    group = Agency.objects.get(slug="agency-a-group")
    for keep, gone in ((agency_a, group), (group, agency_a), (agency_a, agency_a)):
        with pytest.raises(CannotMerge):
            merge_agencies(actor=coordinator, keep=keep, gone=gone)
    assert Agency.objects.count() == 4


def test_remove_agency_only_when_nothing_belongs_to_it(coordinator: User, agency_a: Agency) -> None:
    empty = save_agency(actor=coordinator, details=AgencyDetails(name="ว่าง", parent=agency_a.parent))
    remove_agency(actor=coordinator, agency=empty)
    for agency in (agency_a, Agency.objects.get(slug="ministry")):
        with pytest.raises(AgencyInUse):
            remove_agency(actor=coordinator, agency=agency)
    assert Agency.objects.count() == 4


@pytest.mark.parametrize(
    ("typed", "stored"), [("@DDPM.go.th ", "ddpm.go.th"), (".go.th", ".go.th"), ("ดีป้า.ไทย", "xn--l3co3ek5h.xn--o3cw4h")]
)
def test_save_domain_writes_one_form(coordinator: User, agency_a: Agency, typed: str, stored: str) -> None:
    assert save_domain(actor=coordinator, domain=typed, agency=agency_a).domain == stored


@pytest.mark.parametrize("typed", ["th", ".com", "", "a b.go.th", "user@x.go.th", "x..th", "-x.go.th", "*.go.th", "x.go.th/"])
def test_save_domain_refuses_what_is_none(coordinator: User, typed: str) -> None:
    with pytest.raises(NotADomain):
        save_domain(actor=coordinator, domain=typed, agency=None)
    assert not EmailDomain.objects.exists()
