"""Codes of the later editions, which are bare numbers, are read only where the text calls them codes."""

import pytest

from kmportal.library.criteria import codes_named


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ใช้เป็นหลักฐานของรหัส 4.3 ได้", ["4.3"]),
        ("หมวด 4 (รหัส ๔.๑ และ ๔.๔)", ["4.1", "4.4"]),
        ("รหัส P.1", ["P.1"]),
        ("รหัส 2.3 และ SP5", ["2.3", "SP5"]),
        ("ลดเหลือ 1.6 วัน ในข้อ 4.3", []),
        ("รหัส 4.3.1", []),
        ("รหัส 4.35", []),
        ("PMQA 4.0", []),
    ],
)
def test_codes_named(text: str, codes: list[str]) -> None:
    assert codes_named(text) == codes
