"""Profiles, people without an account, merging."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from kmportal.people.actions import CannotMerge, PersonDetails, merge_people, remove_person, save_person, update_profile
from kmportal.people.models import Agency, Person, User
from kmportal.taxonomy.models import Topic


@pytest.fixture
def speaker(coordinator: User, agency_b: Agency) -> Person:
    details = PersonDetails(prefix="ดร.", given_name="ไพบูลย์", family_name="ใจดี", position="ผู้อำนวยการ")
    return save_person(actor=coordinator, details=details, agency=agency_b)


def test_update_profile_changes_only_the_actors_page(officer: User, colleague: User) -> None:
    topic = Topic.objects.create(slug="risk-x", name_th="ความเสี่ยงใหม่")
    others = Person.objects.filter(user=colleague).values().get()
    person = update_profile(
        actor=officer,
        details=PersonDetails(given_name=" สมใจ ", family_name="เปลี่ยนแล้ว", topics=[topic], is_listed=False, is_public=True),
    )
    assert (str(person), person.key, person.is_listed, person.is_public) == ("สมใจ เปลี่ยนแล้ว", "สมใจ เปลี่ยนแล้ว", False, False)
    assert list(person.topics.all()) == [topic]
    assert officer.get_full_name() == "สมใจ เปลี่ยนแล้ว"
    assert Person.objects.filter(user=colleague).values().get() == others


def test_coordinator_edits_people_without_account_only(coordinator: User, speaker: Any, officer: User) -> None:
    save_person(actor=coordinator, person=speaker, details=PersonDetails(given_name="ไพบูลย์", family_name="ใจงาม"))
    assert str(Person.objects.get(pk=speaker.pk)) == "ไพบูลย์ ใจงาม"
    theirs = Person.objects.get(user=officer)
    with pytest.raises(PermissionDenied):
        save_person(actor=coordinator, person=theirs, details=PersonDetails(given_name="อื่น"))
    assert Person.objects.get(user=officer).given_name == "สมใจ"


def test_merge_keeps_the_page_with_the_account(coordinator: User, speaker: Any, officer: User) -> None:
    own = Person.objects.get(user=officer)
    topic = Topic.objects.create(slug="risk-x", name_th="ความเสี่ยงใหม่")
    speaker.topics.add(topic)
    kept = merge_people(actor=coordinator, keep=speaker, gone=own)
    assert kept == own
    assert (kept.user, str(kept), kept.position, kept.is_public) == (officer, "สมใจ ใฝ่รู้", "ผู้อำนวยการ", True)
    assert list(kept.topics.all()) == [topic]
    assert not Person.objects.filter(pk=speaker.pk).exists()


def test_merge_refuses_two_accounts_the_same_and_strangers(
    coordinator: User, officer: User, colleague: User, speaker: Any
) -> None:
    mine, theirs = Person.objects.get(user=officer), Person.objects.get(user=colleague)
    with pytest.raises(CannotMerge):
        merge_people(actor=coordinator, keep=mine, gone=theirs)
    with pytest.raises(CannotMerge):
        merge_people(actor=coordinator, keep=speaker, gone=speaker)
    with pytest.raises(PermissionDenied):
        merge_people(actor=officer, keep=mine, gone=speaker)
    assert Person.objects.filter(pk__in=[mine.pk, theirs.pk, speaker.pk]).count() == 3


def test_remove_person(coordinator: User, speaker: Any, officer: User) -> None:
    with pytest.raises(PermissionDenied):
        remove_person(actor=coordinator, person=Person.objects.get(user=officer))
    with pytest.raises(PermissionDenied):
        remove_person(actor=officer, person=speaker)
    remove_person(actor=coordinator, person=speaker)
    assert not Person.objects.filter(pk=speaker.pk).exists()


def test_who_was_told_of_in_a_closed_circle_is_shown_to_nobody(visitor: Any, officer: User, speaker: Person, as_: Any) -> None:
    """Without an account and not listed: such an entry is made for whoever is interviewed in a community."""
    Person.objects.filter(pk=speaker.pk).update(is_listed=False)
    for reader in (visitor, officer):
        assert not Person.objects.visible_to(reader).filter(pk=speaker.pk).exists()
        assert as_(reader).get(speaker.get_absolute_url()).status_code == 404
