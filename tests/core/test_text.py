"""Shaping of Thai text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmportal.core import text

THAI = st.text(alphabet="กขคงปฝญฎมนรลวสอะาิีึืุูเแโใไำ่้๊๋์ๆ abcXYZ019 .–()", max_size=80)


@pytest.mark.parametrize(
    ("word", "letters"),
    [
        ("ปี่", ["ปี่"]),
        ("ที่นี่", ["ที่", "นี่"]),
        ("น้ำ", ["น้ำ"]),
        ("กตัญญู", ["ก", "ตั", "ญ", "ญู"]),
        ("ฎุ", ["ฎุ"]),
        ("PMQA", ["P", "M", "Q", "A"]),
        ("", []),
    ],
)
def test_a_letter_is_what_a_reader_sees(word: str, letters: list[str]) -> None:
    assert text.graphemes(word) == letters


@given(THAI)
def test_letters_joined_are_the_text(sample: str) -> None:
    assert "".join(text.graphemes(sample)) == sample


def test_shortening_stops_at_the_end_of_a_phrase() -> None:
    assert text.shorten("ตั้งคณะทำงานชุดเดียว ให้ผู้แทนสำนัก รับผิดชอบ", 20) == "ตั้งคณะทำงานชุดเดียว…"


def test_shortening_leaves_what_fits() -> None:
    assert text.shorten("  ปี่ \n ที่ ", 7) == "ปี่ ที่"


@pytest.mark.parametrize(
    ("sample", "length", "short"), [("กกกกเก่ง", 6, "กกกก…"), ("กกกกกะกก", 6, "กกกก…"), ("abcdefgh", 5, "a…")]
)
def test_shortening_never_parts_a_vowel_from_its_letter(sample: str, length: int, short: str) -> None:
    assert text.shorten(sample, length) == short


@given(THAI, st.integers(min_value=2, max_value=60))
def test_a_shortened_text_is_short_and_a_beginning(sample: str, length: int) -> None:
    short = text.shorten(sample, length)
    assert len(text.graphemes(short)) <= length
    assert " ".join(sample.split()).startswith(short.removesuffix(text.ELLIPSIS))


@pytest.mark.parametrize(
    ("loose", "tied"),
    [
        ("ยุบ 6 ชุด", "ยุบ 6\u00a0ชุด"),
        ("หมวด 4", "หมวด\u00a04"),
        ("หมวด P", "หมวด\u00a0P"),
        ("ต่าง ๆ", "ต่าง\u00a0ๆ"),
        ("ปี ๒๕๕๓", "ปี\u00a0๒๕๕๓"),
        ("a b", "a b"),
    ],
)
def test_numbers_stay_with_their_unit(loose: str, tied: str) -> None:
    assert text.tie(loose) == tied


def test_compounds_are_kept_whole() -> None:
    assert text.pieces("ให้คณะทำงานเล่า") == [("ให้", False), ("คณะทำงาน", True), ("เล่า", False)]


@given(THAI)
def test_pieces_joined_are_the_tied_text(sample: str) -> None:
    assert "".join(piece for piece, _ in text.pieces(sample)) == text.tie(sample)


def test_thai_digits() -> None:
    assert text.thai_digits("พ.ศ. 2569") == "พ.ศ. ๒๕๖๙"


@pytest.mark.parametrize(("name", "letters"), [("สำนักงานปลัดกระทรวง", "สน"), ("กรม ป้องกัน", "กป"), ("เกษตร", "กษ"), ("", "")])
def test_initials_hold_no_leading_vowel(name: str, letters: str) -> None:
    assert text.initials(name) == letters
