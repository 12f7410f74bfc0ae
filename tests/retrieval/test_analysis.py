"""What a text is found by: the same for every way of writing it, for any text, in time with its length."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kmportal.retrieval.analysis import ANALYSIS, LONGEST_TERM, folded, grams, normalise, words
from kmportal.retrieval.segment import PLAIN, SEGMENTER

ANY = st.text(st.characters(), max_size=200) | st.text("กขงนพรมศ.เแา ิีำํ่้์็ั\u200b\x00\ud800 1๑,LDs-", max_size=60)
SEGMENTERS = [SEGMENTER, PLAIN]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("เเผนที่", "แผนที่"),
        ("นํ้าใจ", "น้ำใจ"),
        ("นำ้ใจ", "น้ำใจ"),
        ("น้ําใจ", "น้ำใจ"),
        ("ผู้นํา", "ผู้นำ"),
        ("ที่ี", "ที่"),
        ("ท่ี", "ที่"),
        ("ปีี", "ปี"),
        ("ระบบ\u200bการ\u00adสื่อ\u2060สาร", "ระบบการสื่อสาร"),
        ("ความ\x00รู้\ud800", "ความรู้"),
        ("ที\uf70aดิน", "ที่ดิน"),
        ("๔๒,๐๐๐", "42000"),
        ("1,234,567", "1234567"),
        ("ＫＭ Corner", "km corner"),
        ("ปฎิบัติ", "ปฏิบัติ"),
        ("หนึ่ง\nสอง", "หนึ่ง สอง"),
    ],
)
def test_one_spelling_for_what_reads_the_same(typed: str, meant: str) -> None:
    assert normalise(typed) == meant


@pytest.mark.parametrize("written", ["ก.พ.ร.", "ก.พ.ร", "ก. พ. ร.", "ก พ ร", "กพร.", "กพร", "ก.พ.ร. ", "(ก.พ.ร.)"])
@pytest.mark.parametrize("segmenter", SEGMENTERS, ids=["words", "plain"])
def test_abbreviations_are_one_word(written: str, segmenter: object) -> None:
    assert words(written, segmenter=segmenter) == words("กพร", segmenter=segmenter)  # type: ignore[arg-type]  # of the list above


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("สำนักงานก.พ.ร.เสนอ", ["สำนักงาน", "กพร", "เสนอ"]),
        ("ของก.พ.ร.", ["ของ", "กพร"]),
        ("ส่งสป.มท. แล้ว", ["ส่ง", "สป", "มท", "แล้ว"]),
        ("สป.มท.", ["สปมท", "สป", "มท"]),
        ("พ.ศ. ๒๕๕๓", ["พศ", "2553"]),
        ("พ.ศ.๒๕๕๓", ["พศ", "2553"]),
        ("๓ มี.ค. ๒๕๕๓", ["3", "มีนาคม", "2553"]),
        ("นพ.สมชาย", ["นพ", "สม", "ชาย"]),
        ("คนดีๆ", ["คน", "ดี"]),
        ("หมวด ๔.๑", ["หมวด", "4.1"]),
        ("LD 1 และ LD1", ["ld", "1", "และ", "ld", "1", "ld1", "ld1"]),
        ("ISO 27000", ["iso", "27000"]),
        ("Lessons, process & CoPs", ["lesson", "process", "cop"]),
        ("ของคน", ["ของ", "คน"]),
        ("café №5", ["café", "no", "5", "no5"]),
        ("่้ ์", []),
        ("", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    if SEGMENTER is PLAIN:
        pytest.skip("thaibreak is not installed here: words are known by the dictionary only")

    assert words(text) == found


def test_plain_words_are_pairs_of_clusters() -> None:
    assert words("ความรู้ KM ๕", segmenter=PLAIN) == ["ควา", "วาม", "มรู้", "km", "5", "km5"]
    assert words("ก็", segmenter=PLAIN) == ["ก็"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("ศูนย์ข้อร้องเรียณ", "ศูนย์ข้อร้องเรียน"), ("วัสดู่", "วัสดู"), ("ธรรม", "ทัม"), ("สาธารนภัย", "สาธารณภัย")]
)
def test_folding_forgives_what_is_not_heard(typed: str, meant: str) -> None:
    assert folded(typed) == folded(meant)


def test_grams_stay_inside_runs() -> None:
    assert grams("ความ km 4.1") == ["ควา", "วาม", "km", "41"]


def test_the_analysis_names_the_segmenter() -> None:
    assert ANALYSIS.endswith(SEGMENTER.name)
    assert len(ANALYSIS) <= 80


@given(ANY)
@example("\x00")
@example("\ud800\udc00")
@example("ก" * 500)
def test_any_text_can_be_read(text: str) -> None:
    for segmenter in SEGMENTERS:
        found = words(text, segmenter=segmenter)
        assert all(0 < len(word) <= LONGEST_TERM and word == word.strip() and " " not in word for word in found)
    assert all(0 < len(gram) <= 3 for gram in grams(folded(text)))


@given(ANY)
def test_what_is_found_can_be_stored_and_printed(text: str) -> None:
    normalise(text).encode()
    assert "\x00" not in normalise(text)


@pytest.mark.parametrize(
    "piece",
    [
        "การจัดการความรู้ในองค์กร ",
        "ก.",
        "ก ",
        "ก. ",
        "กข.",
        "ุ่",
        "เ",
        "ก",
        "1,000,",
        "ก.พ.ร. พ.ศ. ๒๕๕๓ ",
        "ab1 ",
        "มี. ",
        "ำ่ํา",
        "a",
    ],
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    text = piece * (10_000 // len(piece.encode()) + 1)
    words("การ")
    began = time.process_time()

    words(text)
    grams(folded(text))

    assert time.process_time() - began < 1
