"""Names that only a person can tell."""

from collections.abc import Callable

import pytest
from django.test import Client

from kmportal.library.importing import names
from kmportal.library.models import ImportJob, SeminarPage
from kmportal.people.models import Agency, User
from kmportal.people.names import agency_key
from tests.library.imports.test_create import body, made
from tests.make.imports import make_import


@pytest.fixture
def near(db: None) -> Agency:
    """An agency whose name is nearly that of the summary's."""
    return Agency.objects.create(slug="near", name="กรมทดสอบหนึ่งๆ", key=agency_key("กรมทดสอบหนึ่งๆ"))


def test_a_near_name_is_a_question_and_never_merged_silently(near: Agency, coordinator: User, as_: Callable[..., Client]) -> None:
    job = make_import(coordinator)
    key = names.key_of_agency("กรมทดสอบหนึ่ง")
    assert job.findings["names"][key] == {"state": "near", "ids": [near.pk]}
    with pytest.raises(names.NamesUndecided):
        made(job, coordinator)
    client = as_(coordinator)
    client.post(f"/imports/{job.pk}/create/")
    page = client.get(f"/imports/{job.pk}/").text
    assert near.name in page
    assert SeminarPage.objects.count() == 0


@pytest.mark.parametrize("same", [True, False])
def test_the_coordinator_says_who_is_meant(same: bool, near: Agency, coordinator: User, as_: Callable[..., Client]) -> None:
    job = make_import(coordinator)
    key = names.key_of_agency("กรมทดสอบหนึ่ง")
    chosen = near.pk if same else names.NEW
    answer = as_(coordinator).post(f"/imports/{job.pk}/names/", {"version": 1, "key-0": key, "name-0": chosen})
    assert answer.status_code == 302
    page = made(ImportJob.objects.get(), coordinator)
    talk = next(raw for raw in body(page) if raw["type"] == "talk")["value"]
    assert (talk["agency"] == near.pk) is same
    assert Agency.objects.filter(name="กรมทดสอบหนึ่ง").exists() is not same


def test_an_alias_of_several_is_a_question(agency_a: Agency, agency_b: Agency, coordinator: User) -> None:
    for agency in (agency_a, agency_b):
        agency.aliases.create(name="กรมทดสอบหนึ่ง", key=agency_key("กรมทดสอบหนึ่ง"))
    job = make_import(coordinator)
    found = job.findings["names"][names.key_of_agency("กรมทดสอบหนึ่ง")]
    assert (found["state"], sorted(found["ids"])) == ("several", sorted([agency_a.pk, agency_b.pk]))
    with pytest.raises(names.NamesUndecided):
        made(job, coordinator)


def test_an_alias_of_one_is_linked(agency_a: Agency, coordinator: User) -> None:
    agency_a.aliases.create(name="กรมทดสอบ หนึ่ง.", key=agency_key("กรมทดสอบหนึ่ง"))
    page = made(make_import(coordinator), coordinator)
    assert next(raw for raw in body(page) if raw["type"] == "talk")["value"]["agency"] == agency_a.pk


def test_made_up_decisions_are_refused(coordinator: User, as_: Callable[..., Client]) -> None:
    job = make_import(coordinator)
    key = names.key_of_agency("กรมทดสอบหนึ่ง")
    for data in ({"key-0": key, "name-0": 999_999}, {"key-0": "a:อะไรก็ได้", "name-0": 0}, {"key-0": key, "name-0": "x"}):
        as_(coordinator).post(f"/imports/{job.pk}/names/", {"version": 1, **data})
    assert ImportJob.objects.get().version == 1
