"""What the importer refuses: caps on a file, and the one exception that says why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps that hold before and while a file is read; `too_big`, `too_long` and `hostile` come from here."""

    upload_bytes: int = 20 * 1024 * 1024
    expanded_bytes: int = 100 * 1024 * 1024
    entries: int = 1_000
    ratio: int = 200
    xml_depth: int = 200
    pages: int = 300
    lines: int = 20_000
    line_chars: int = 100_000
    text_chars: int = 3_000_000


class UnreadableFile(Exception):
    """The only exception `read_source` raises, for any bytes.

    code: empty, too_big, not_supported, encrypted, no_text_layer, damaged, hostile or too_long.
    detail: a short English remark for the log; what people read is the caller's, by code.
    """

    CODES = (
        "empty", "too_big", "not_supported", "encrypted", "no_text_layer", "damaged", "hostile", "too_long",
    )  # fmt: skip

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail
