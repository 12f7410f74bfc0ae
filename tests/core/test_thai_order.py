"""The order of Thai dictionaries."""

from kmportal.core.thai_order import order_key

IN_ORDER = [
    "2 ก", "๓ ก", "Alpha", "beta", "กก", "กรม ก", "กรมการค้า", "กรมเจ้าท่า", "กรมชลประทาน", "กา", "ก่า", "ก้า", "กำ", "เก", "เก่า", "แก", "โก",
    "ไก", "ขา", "ข้า", "เขา", "ฤดู", "ล", "หมอก", "เหมือง", "อา", "ไอ", "ฮา",
]  # fmt: skip


def test_consonants_before_the_vowels_written_before_them() -> None:
    mixed = IN_ORDER[::2] + IN_ORDER[1::2]
    assert sorted(mixed, key=order_key) == IN_ORDER


def test_two_ways_of_writing_are_one() -> None:
    assert order_key("ก\u0e4d\u0e32") == order_key("กำ")
    assert order_key("กรม  การ-ค้า") == order_key("กรม การ ค้า")
