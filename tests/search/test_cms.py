"""What coordinators see of searches, and the words that mean the same."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from kmportal.people.models import User
from kmportal.retrieval.models import SynonymGroup
from kmportal.search.actions import settling, synonyms
from kmportal.search.actions.log import key_of
from kmportal.search.models import SearchedQuery, SettledQuery, WantedAnswer

pytestmark = pytest.mark.django_db
REPORT, SETTLE, SYNONYMS = "/cms/reports/searches/", "/cms/reports/searches/settle/", "/cms/snippets/retrieval/synonymgroup/"


def searched(query: str, hits: int = 0, *, days: int = 1, times: int = 1, user: User | None = None) -> None:
    for _time in range(times):
        SearchedQuery.objects.create(
            query=query, key=key_of(query), hits=hits, language="th", searched_at=timezone.now() - timedelta(days=days), user=user
        )


@pytest.mark.parametrize(
    ("persona", "status"),
    [("coordinator", 200), ("admin", 200), ("agency_coordinator", 302), ("officer", 403), ("visitor", 302)],
)  # fmt: skip
def test_who_sees_what_was_searched(request: Any, as_: Any, persona: str, status: int) -> None:
    """302 is Wagtail's refusal, back to the dashboard, or the way to the sign-in page; members without a part in the CMS get 403."""
    searched("คู่มือลับ")
    client = as_(request.getfixturevalue(persona))

    for address in (REPORT, f"{REPORT}results/", SETTLE + "?q=คู่มือลับ"):
        response = client.get(address)
        assert (response.status_code, "คู่มือลับ" in response.content.decode()) == (status, status == 200)
    assert client.post(SETTLE + "?q=คู่มือลับ", {"url": "/library/"}).status_code == (403 if status == 403 else 302)
    assert SettledQuery.objects.exists() is (status == 200)


def test_without_answer_comes_first_and_names_nobody(as_: Any, coordinator: User, officer: User) -> None:
    searched("ก.พ.ร.", 0, user=officer)
    searched("กพร", 0, user=officer)
    searched("พบแล้ว", 9)
    searched("นานแล้ว", 0, days=40)
    WantedAnswer.objects.create(query="กพร", key=key_of("กพร"), user=officer, sentence="ใช้ทำแผน")

    shown = as_(coordinator).get(REPORT).content.decode()
    most = as_(coordinator).get(REPORT, {"show": "most", "days": "90"}).content.decode()
    known = as_(coordinator).get(SETTLE, {"q": "ก.พ.ร."}).content.decode()

    assert ("กพร" in shown, "พบแล้ว" in shown, "นานแล้ว" in shown) == (True, False, False)
    assert ("กพร" in most, "พบแล้ว" in most, "นานแล้ว" in most) == (True, True, True)
    assert ("ใช้ทำแผน" in known, "ค้นแล้ว 2 ครั้ง" in known) == (True, True)
    for page in (shown, most, known):
        assert officer.email not in page
        assert officer.get_full_name() not in page


@pytest.mark.parametrize(
    "data", [{"show": "x"}, {"days": "0"}, {"days": "\x00"}, {"ordering": "user"}, {"ordering": "-unanswered"}, {"p": "x"}]
)
def test_nonsense_in_the_address_is_left_out(as_: Any, coordinator: User, data: dict[str, str]) -> None:
    searched("คู่มือ")

    assert "คู่มือ" in as_(coordinator).get(REPORT, data).content.decode()


def test_the_spreadsheet_runs_nothing(as_: Any, coordinator: User) -> None:
    searched("=HYPERLINK(1)", times=2)

    exported = b"".join(as_(coordinator).get(REPORT, {"export": "csv"}).streaming_content).decode()

    assert "'=HYPERLINK(1),2,2,0," in exported
    assert "คำค้น,การค้นหา,ไม่พบคำตอบ,แจ้งว่ายังขาด,ค้นล่าสุด,ดำเนินการแล้ว" in exported


def test_the_list_costs_the_same_for_one_and_for_twenty(as_: Any, coordinator: User, queries: Any) -> None:
    searched("หนึ่ง")
    once = queries(as_(coordinator), REPORT)
    for number in range(19):
        searched(f"คำที่ {number}")

    assert queries(as_(coordinator), REPORT) == once


def test_what_was_dealt_with_leaves_the_list_until_it_is_searched_again(as_: Any, coordinator: User) -> None:
    searched("คู่มือใหม่")
    client = as_(coordinator)

    response = client.post(
        f"{SETTLE}?q=คู่มือใหม่", {"url": "http://127.0.0.1:8000/library/?type=lesson#a", "same_as": "คู่มือล่าสุด\n\nแนวทางใหม่"}
    )
    gone = client.get(REPORT).content.decode()
    searched("คู่มือใหม่", days=-1)
    back = client.get(REPORT).content.decode()

    assert (response.status_code, response.url) == (302, REPORT)
    row = SettledQuery.objects.get()
    assert (row.key, row.url, row.settled_by) == (key_of("คู่มือใหม่"), "/library/?type=lesson#a", coordinator)
    assert SynonymGroup.objects.filter(key="").get().words.split("\n") == ["คู่มือใหม่", "คู่มือล่าสุด", "แนวทางใหม่"]
    assert (">คู่มือใหม่<" in "".join(gone.split()), ">คู่มือใหม่<" in "".join(back.split())) == (False, True)

    client.post(f"{SETTLE}?q=คู่มือใหม่", {"reopen": "1"})
    assert SettledQuery.objects.count() == 0


@pytest.mark.parametrize(
    "url", ["https://evil.example/", "//evil.example/x", "javascript:alert(1)", "library/", "ftp://127.0.0.1:8000/x"]
)
def test_it_links_to_this_site_alone(as_: Any, coordinator: User, url: str) -> None:
    response = as_(coordinator).post(f"{SETTLE}?q=คู่มือ", {"url": url, "same_as": "คู่มือดี"})

    assert "ใส่ที่อยู่ของหน้าในเว็บไซต์นี้" in response.content.decode()
    assert (SettledQuery.objects.count(), SynonymGroup.objects.filter(key="").count()) == (0, 0)


def test_strangers_to_the_verbs(officer: User, agency_coordinator: User) -> None:
    group = SynonymGroup.objects.create(words="ก\nข")
    for person in (officer, agency_coordinator):
        with pytest.raises(PermissionDenied):
            settling.settle(actor=person, query="x", url="", same_as=[], now=timezone.now())
        with pytest.raises(PermissionDenied):
            settling.reopen(actor=person, query="x")
        with pytest.raises(PermissionDenied):
            synonyms.save_synonyms(actor=person, words=["a", "b"], note="", is_active=True, confirmed=True)
        with pytest.raises(PermissionDenied):
            synonyms.remove_synonyms(actor=person, group=group)
    assert SynonymGroup.objects.filter(pk=group.pk).exists()


# --- Synonyms --------------------------------------------------------------------------------------------------------------------
def test_a_coordinator_adds_changes_and_removes_a_group(as_: Any, coordinator: User) -> None:
    client = as_(coordinator)

    added = client.post(
        f"{SYNONYMS}add/", {"words": " ผังเส้นทางทดสอบ \r\ntrial  map\r\n\r\ntrial map", "note": "x", "is_active": "on"}
    )
    group = SynonymGroup.objects.get(note="x")
    assert (added.status_code, group.words, group.is_active) == (302, "ผังเส้นทางทดสอบ\ntrial map", True)

    changed = client.post(f"{SYNONYMS}edit/{group.pk}/", {"words": "ผังเส้นทางทดสอบ\nTM", "note": "x"})
    group.refresh_from_db()
    assert (changed.status_code, group.words, group.is_active) == (302, "ผังเส้นทางทดสอบ\nTM", False)

    assert client.post(f"{SYNONYMS}delete/{group.pk}/").status_code == 302
    assert not SynonymGroup.objects.filter(pk=group.pk).exists()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("คำเดียว", "ใส่อย่างน้อยสองคำที่ต่างกัน"),
        ("ก.พ.ร.\nกพร", "ใส่อย่างน้อยสองคำที่ต่างกัน"),
        ("\n".join(f"คำ{n}" for n in range(13)), "ใส่ได้ไม่เกิน 12 บรรทัด"),
        ("ก" * 61 + "\nข", "ใส่ได้ไม่เกิน 60 ตัวอักษร"),
        ("ทดสอบคำซ้ำ\nคำใหม่", "มีคำนี้ในกลุ่มอื่นแล้ว: ทดสอบคำซ้ำ"),
    ],
)  # fmt: skip
def test_a_wrong_group_is_refused_with_its_reason(as_: Any, coordinator: User, words: str, why: str) -> None:
    SynonymGroup.objects.create(words="ทดสอบคำซ้ำ\nอื่น")
    before = SynonymGroup.objects.count()

    response = as_(coordinator).post(f"{SYNONYMS}add/", {"words": words, "is_active": "on"})

    assert (response.status_code, why in response.content.decode(), SynonymGroup.objects.count()) == (200, True, before)


def test_of_two_coordinators_the_second_is_told_and_overwrites_nothing(as_: Any, coordinator: User, reviewer: User) -> None:
    group = synonyms.save_synonyms(actor=coordinator, words=["ทางเดียว", "ทางหนึ่ง"], note="", is_active=True, confirmed=False)
    address = f"{SYNONYMS}edit/{group.pk}/"
    seen = [as_(user).get(address).context["form"]["seen"].value() for user in (coordinator, reviewer)]
    entry = {"note": "", "is_active": "on"}

    first = as_(coordinator).post(address, {**entry, "words": "ทางเดียว\nทางแรก", "seen": seen[0]})
    second = as_(reviewer).post(address, {**entry, "words": "ทางเดียว\nทางสอง", "seen": seen[1]})

    assert first.status_code == 302
    assert "ตอนนี้มีคำว่า ทางเดียว, ทางแรก" in second.content.decode()
    group.refresh_from_db()
    assert group.words == "ทางเดียว\nทางแรก"


def test_markup_in_a_group_stays_text(as_: Any, coordinator: User) -> None:
    bad = "<script>alert(1)</script>\"'>"
    group = synonyms.save_synonyms(actor=coordinator, words=[bad, "คำแท้"], note=bad, is_active=True, confirmed=False)

    for address in (SYNONYMS, f"{SYNONYMS}edit/{group.pk}/", f"{SYNONYMS}delete/{group.pk}/", "/search/?q=คำแท้"):
        assert "<script>alert" not in as_(coordinator).get(address).content.decode(), address


def test_a_word_may_stand_in_two_groups_on_purpose(as_: Any, coordinator: User) -> None:
    SynonymGroup.objects.create(words="ทดสอบคำซ้ำ\nอื่น")

    as_(coordinator).post(f"{SYNONYMS}add/", {"words": "ทดสอบคำซ้ำ\nคำใหม่", "is_active": "on", "confirmed": "on"})

    assert SynonymGroup.objects.filter(words="ทดสอบคำซ้ำ\nคำใหม่").count() == 1


def test_a_group_of_the_portal_is_switched_off_and_not_deleted(as_: Any, coordinator: User) -> None:
    group = SynonymGroup.objects.create(words="ก\nข", key="shipped")

    response = as_(coordinator).post(f"{SYNONYMS}delete/{group.pk}/", follow=True)

    assert SynonymGroup.objects.filter(pk=group.pk).exists()
    assert "กลุ่มนี้มาพร้อมกับระบบ" in response.content.decode()
    with pytest.raises(ValidationError):
        synonyms.remove_synonyms(actor=coordinator, group=group)


@pytest.mark.parametrize(
    ("persona", "status"), [("coordinator", 200), ("admin", 200), ("agency_coordinator", 302), ("officer", 403)]
)
def test_who_keeps_synonyms(request: Any, as_: Any, persona: str, status: int) -> None:
    client = as_(request.getfixturevalue(persona))
    before = SynonymGroup.objects.count()

    assert client.get(SYNONYMS).status_code == status
    client.post(f"{SYNONYMS}add/", {"words": "หนึ่งคำ\nสองคำ", "is_active": "on"})

    assert SynonymGroup.objects.count() == before + (status == 200)
