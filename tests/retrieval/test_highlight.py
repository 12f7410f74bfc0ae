"""Marks stand in the text as it was written, around every spelling of what was asked, and never break a letter or a tag."""

import html
import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmportal.retrieval.highlight import joins, mark, snippet
from kmportal.retrieval.segment import PLAIN, SEGMENTER

needs_words = pytest.mark.skipif(SEGMENTER is PLAIN, reason="thaibreak is not installed here")
LETTERS = "กขนพรมศ.เแาอคววามรู้การ ิีำํ่้์็ั\u200b\x00๑,LDs<>&'\"-"
ANY = st.text(st.sampled_from(LETTERS), max_size=120) | st.text(max_size=60)


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("การจัดการความรู้", "ความรู้", "การจัดการ[ความรู้]"),
        ("ของ ก.พ.ร. นี้", "กพร", "ของ [ก.พ.ร.] นี้"),
        ("ของก.พ.ร.นี้", "กพร", "ของ[ก.พ.ร.]นี้"),
        ("ของ กพร.", "ก.พ.ร.", "ของ [กพร]."),
        ("ก พ ร เสนอ", "กพร", "[ก พ ร] เสนอ"),
        ("ปี ๒๕๕๒ และ 2552", "2552", "ปี [๒๕๕๒] และ [2552]"),
        ("ถนน 42,000 กม.", "๔๒๐๐๐", "ถนน [42,000] กม."),
        ("ผู้นําองค์กร", "ผู้นำ", "[ผู้นํา]องค์กร"),
        ("นำ้ใจ น้ำใจ นํ้าใจ", "น้ำใจ", "[นำ้ใจ น้ำใจ นํ้าใจ]"),
        ("เเผนที่", "แผนที่", "[เเผนที่]"),
        ("ความ\u200bรู้", "ความรู้", "[ความ\u200bรู้]"),
        ("KM Corner และ CoPs", "km cop", "[KM] Corner และ [CoPs]"),
        ("copy, reporting", "cop report", "copy, [report]ing"),
        ("รู้ว่า", "รู", "[รู้]ว่า"),
        ("ความรู้", "ความร", "[ความรู้]"),
        ("บนถนนของคน", "ถนน", "บน[ถนน]ของคน"),
        ("คนึงถึงคน", "คน", "คนึงถึง[คน]"),
        ("LD 1 และ LD1 ข้อ 1", "LD1", "[LD 1] และ [LD1] ข้อ 1"),
        ("หมวด ๔ ข้อ 4", "หมวด 4", "[หมวด ๔] ข้อ 4"),
        ("การทำงานของการ", "การ", "[การ]ทำงานของ[การ]"),
        ("ความสำเร็จของความรู้", "ความรู้", "ความสำเร็จของ[ความรู้]"),
        ("<b>ความรู้</b> & 'ใจ'", "ความรู้", "<b>[ความรู้]</b> & 'ใจ'"),
        ("b mark", "b", "[b] mark"),
        ("ไม่มี", "ประชาชน", "ไม่มี"),
        ("", "ก", ""),
        ("ความรู้", "", "ความรู้"),
        ("(.*)", ".*", "(.*)"),
    ],
)
@needs_words
def test_marks(text: str, query: str, marked: str) -> None:
    expected = html.escape(marked, quote=True).replace("[", "<mark>").replace("]", "</mark>")

    assert mark(text, query) == expected


@pytest.mark.parametrize(
    ("text", "query", "marked"), [("การจัดการความรู้", "ความรู้", "การจัดการ[ความรู้]"), ("ก.พ.ร.", "กพร", "[ก.พ.ร.]")]
)
def test_marks_without_a_dictionary(text: str, query: str, marked: str) -> None:
    assert mark(text, query, segmenter=PLAIN) == marked.replace("[", "<mark>").replace("]", "</mark>")


FILLER = "เนื้อหาอื่นที่ไม่เกี่ยวข้องกันเลยสักนิดเดียว "


@needs_words
def test_the_stretch_that_says_most_is_shown() -> None:
    """One rare word and its neighbour beat a stretch full of the common one."""
    text = "งาน งาน งาน งาน " + FILLER * 8 + "ยุทธศาสตร์ของงาน " + FILLER * 8

    shown = snippet(text, "งานยุทธศาสตร์", 80)

    assert "<mark>ยุทธศาสตร์</mark>ของ<mark>งาน</mark>" in shown
    assert (shown[0], shown[-1]) == ("…", "…")


@needs_words
def test_rarity_decides_when_it_is_known() -> None:
    text = "ยุทธศาสตร์ " + FILLER * 8 + "เขต"

    assert "<mark>เขต</mark>" in snippet(text, "ยุทธศาสตร์ เขต", 60, rarity={"ยุทธศาสตร์": 0.1, "เขต": 5.0})
    assert "<mark>ยุทธศาสตร์</mark>" in snippet(text, "ยุทธศาสตร์ เขต", 60)


@needs_words
def test_cuts_fall_between_words() -> None:
    text = "ผู้บริหารกับการจัดการความรู้ในองค์กรเพื่อพัฒนาระบบราชการไทยให้ก้าวหน้าอย่างต่อเนื่องและยั่งยืน"

    assert snippet(text, "ราชการ", 40) == "…พัฒนาระบบ<mark>ราชการ</mark>ไทยให้ก้าวหน้าอย่างต่อ…"


def test_without_a_match_the_beginning_is_shown() -> None:
    assert snippet("ความรู้ " * 60, "xyz", 24) == "ความรู้ ความรู้ ความรู้ …"
    assert snippet("สั้น", "xyz") == "สั้น"


def plain(marked: str) -> str:
    return html.unescape(re.sub("</?mark>", "", marked))


@given(ANY, ANY)
def test_marking_changes_no_letter(text: str, query: str) -> None:
    for segmenter in (SEGMENTER, PLAIN):
        assert plain(mark(text, query, segmenter=segmenter)) == text


@given(ANY, ANY, st.integers(1, 60))
def test_a_snippet_is_a_stretch_of_the_text(text: str, query: str, width: int) -> None:
    for segmenter in (SEGMENTER, PLAIN):
        shown = snippet(text, query, width, segmenter=segmenter)

        kept = plain(shown)
        assert any(kept[first : len(kept) - last] in text for first in (0, 1) for last in (0, 1))
        assert shown.count("<mark>") == shown.count("</mark>")
        assert "<" not in re.sub("</?mark>", "", shown)
        begin = text.find(kept.removeprefix("…").removesuffix("…"))
        if begin > 0 and kept.startswith("…"):
            assert not joins(text, begin) or text.startswith("…")


@given(ANY, ANY)
def test_no_mark_parts_a_letter_from_its_marks(text: str, query: str) -> None:
    for inner in re.findall("<mark>(.)", mark(text, query)):
        assert unicodedata.category(inner)[0] != "M"
    for behind in re.findall("</mark>(.)", mark(text, query)):
        assert unicodedata.category(behind)[0] != "M"


def test_it_is_quick() -> None:
    text = "เสนอแนะให้ สำนักงาน ก.พ.ร. มีระบบสนับสนุนผู้เชี่ยวชาญหรือหมอองค์กร เพื่อให้ความรู้กับส่วนราชการ ปี ๒๕๕๒ มีถนน 42,000 กิโลเมตร " * 80
    began = time.process_time()

    snippet(text, "กพร หมอองค์กรให้ความรู้กับส่วนราชการอย่างไร ปี 2552 และทำข้อตกลงว่าผู้เชี่ยวชาญสามารถออกไปปฏิบัติหน้าที่ได้")
    snippet("ก" * 10_000, "ก" * 200)
    snippet("กข" * 5_000, "กข" * 100)

    assert time.process_time() - began < 1
