"""What of people and agencies stands in the index, for whom, and that it follows their verbs."""

from typing import Any

import pytest

from kmportal.people.actions import (
    AgencyDetails,
    PersonDetails,
    merge_agencies,
    merge_people,
    place_account,
    remove_person,
    save_agency,
    save_person,
    update_profile,
)
from kmportal.people.models import Agency, Person
from kmportal.retrieval import actions
from kmportal.retrieval.models import Passage
from kmportal.taxonomy.models import Topic
from tests.make.library import item, make_seminar, talk

pytestmark = pytest.mark.django_db


def passage(row: Person | Agency) -> Passage | None:
    kind = "person" if isinstance(row, Person) else "agency"
    return Passage.objects.filter(kind=kind, object_id=row.pk).first()


def test_an_agency_is_found_by_all_its_names(coordinator: Any, agency_a: Agency) -> None:
    details = AgencyDetails(
        name="กองทดสอบ", name_en="Test Division", abbreviation="กทส.", kind="bureau", parent=agency_a, aliases=["กองลองดู"]
    )
    agency = save_agency(actor=coordinator, details=details)

    found = passage(agency)

    assert found is not None
    assert (found.title, found.audience, found.url) == ("กองทดสอบ (กทส.)", "public", agency.get_absolute_url())
    assert found.place == "กรมตัวอย่างแรก · กระทรวงการทดสอบ"
    assert found.names.split("\n") == ["กองทดสอบ", "กทส.", "Test Division", "กองลองดู"]
    assert ("agency", str(agency_a.pk)) in set(found.tags.values_list("name", "value"))


def test_a_speaker_is_public_and_found_by_topic_and_agency(coordinator: Any, agency_a: Agency) -> None:
    topic = Topic.objects.first()
    assert topic is not None
    details = PersonDetails(
        given_name="ปราณี", family_name="เล่าดี", prefix="นาง", position="ผู้อำนวยการ", about="เขียนแผน", topics=[topic]
    )

    person = save_person(actor=coordinator, details=details, agency=agency_a)

    found = passage(person)
    assert found is not None
    assert (found.title, found.body, found.audience) == ("ปราณี เล่าดี", "เขียนแผน", "public")
    assert found.place == "ผู้อำนวยการ · กรมตัวอย่างแรก"
    assert topic.name_th in found.names
    assert "กตร." in found.names


def test_account_holders_decide_who_finds_them(officer: Any) -> None:
    person = Person.objects.get(user=officer)
    for is_listed, is_public, audience in (
        (True, False, "network"),
        (True, True, "public"),
        (False, True, None),
        (False, False, None),
    ):
        update_profile(actor=officer, details=PersonDetails(given_name="สมใจ", is_listed=is_listed, is_public=is_public))

        found = passage(person)
        assert (found.audience if found else None) == audience


def test_another_agency_of_an_account_is_followed(coordinator: Any, officer: Any, agency_b: Agency) -> None:
    place_account(actor=coordinator, account=officer, agency=agency_b)

    found = passage(Person.objects.get(user=officer))
    assert found is not None
    assert found.place == "กรมตัวอย่างที่สอง"


def test_merging_people_and_agencies_leaves_a_clean_index(coordinator: Any, agency_a: Agency, agency_b: Agency) -> None:
    keep, gone = (Person.objects.create(given_name=name, key=name) for name in ("ปราณี", "ปรานี"))
    double = Agency.objects.create(slug="double", name="กรมซ้ำ", key="กรมซ้ำ")
    seminar = make_seminar("สัมมนา", talks=[talk("หัวข้อ", agency=double, speakers=[gone], items=[item("obstacle", "ไม่มีงบ")])])

    merge_people(actor=coordinator, keep=keep, gone=gone)
    merge_agencies(actor=coordinator, keep=agency_b, gone=double)
    actions.catch_up()

    assert passage(gone) is None
    said = Passage.objects.get(kind="item", object_id=seminar.items.get().pk)
    assert "ปราณี" in said.names
    assert "กรมตัวอย่างที่สอง" in said.names
    assert "กรมซ้ำ" in said.names, "its name stays as an alias"
    assert not actions.check()


def test_somebody_removed_is_gone(coordinator: Any) -> None:
    person = save_person(actor=coordinator, details=PersonDetails(given_name="ชั่วคราว"))
    keys = (person.pk,)

    remove_person(actor=coordinator, person=person)

    assert not Passage.objects.filter(kind="person", object_id__in=keys).exists()
    assert not actions.check()
