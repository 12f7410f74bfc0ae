"""What changed between published versions, for members, and never what was kept to a smaller circle."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kmportal.core import compare
from kmportal.library.presenting import history
from tests.make.library import item, make_lesson, make_seminar, republish, set_body

THAI = st.text(st.sampled_from("กขคงจ เแาะิีุู่้์ำabc 12\n"), max_size=60)


@given(THAI, THAI)
def test_pieces_give_back_both_texts(old: str, new: str) -> None:
    old, new = old.replace("\n", " "), new.replace("\n", " ")
    pieces = compare.pieces(old, new)

    assert "".join(text for what, text in pieces if what != compare.NEW) == old
    assert "".join(text for what, text in pieces if what != compare.GONE) == new


def test_a_vowel_never_parts_from_its_letter() -> None:
    pieces = compare.pieces("ผู้บริหารเปลี่ยนบ่อย", "ผู้บริหารเปลี่ยนแปลงบ่อย")

    assert ("new", "แปลง") in pieces
    assert all(text[0] not in "ิีึืุู่้๊๋็์" for _what, text in pieces)


def test_only_changed_lines_are_shown() -> None:
    assert compare.lines("หนึ่ง\nสอง\nสาม", "หนึ่ง\nสองใหม่\nสาม") == [[("same", "สอง"), ("new", "ใหม่")]]
    assert compare.lines("ก", "ก") == []


@pytest.mark.django_db
def test_each_publication_says_who_and_what(as_: Callable[[Any], Client], officer: Any, coordinator: Any) -> None:
    first = item("practice", "ตั้งคณะทำงานหกชุด")
    page = make_seminar("สัมมนา", items=[first])
    first["value"]["text"] = "ตั้งคณะทำงานชุดเดียว"
    page = set_body(page, [first])
    fresh = page.get_latest_revision_as_object()
    fresh.title = "สัมมนาน้ำ"
    fresh.save_revision(user=coordinator).publish(user=coordinator)

    newest, middle, oldest = history.read(type(page).objects.get(pk=page.pk))

    assert newest.by == coordinator
    assert [change.lines for change in newest.changes] == [[[("same", "สัมมนา"), ("new", "น้ำ")]]]
    assert [[("same", "ตั้งคณะทำงาน"), ("gone", "หก"), ("same", "ชุด"), ("new", "เดียว")]] in [
        change.lines for change in middle.changes
    ]
    assert oldest.is_first
    html = as_(officer).get(reverse("library:history", args=[page.pk])).content.decode()
    assert "ตั้งคณะทำงาน<del>หก</del>ชุด<ins>เดียว</ins>" in html


@pytest.mark.django_db
def test_a_version_of_a_smaller_circle_is_withheld(
    as_: Callable[[Any], Client], officer: Any, outsider: Any, agency_a: Any
) -> None:
    page = make_lesson("ลับ", visibility="agency", agency=agency_a, lesson="คำลับสุดยอด")
    page = republish(page, visibility="network", lesson="คำเปิดเผย")
    page = republish(page, lesson="คำเปิดเผยกว่า")

    versions = history.read(page)
    assert [version.is_withheld for version in versions] == [False, True, True]
    for user in (officer, outsider):
        assert "คำลับ" not in as_(user).get(reverse("library:history", args=[page.pk])).content.decode()


@pytest.mark.django_db
def test_it_is_for_members_who_may_read_the_page(
    as_: Callable[[Any], Client], visitor: Any, outsider: Any, agency_a: Any
) -> None:
    public, kept = make_lesson(), make_lesson(visibility="agency", agency=agency_a)

    assert as_(visitor).get(reverse("library:history", args=[public.pk])).status_code == 302
    assert as_(outsider).get(reverse("library:history", args=[public.pk])).status_code == 200
    assert as_(outsider).get(reverse("library:history", args=[kept.pk])).status_code == 404
