"""The order of Thai dictionaries, as bytes that every database compares alike.

Databases sort Thai by code points or by the locale of the machine they happen to run on. Dictionaries (the Royal Institute's, and the
Thai tailoring of ISO 14651) look at the consonant first though เ แ โ ใ ไ are written before it, and at tone marks only where all else
is the same.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from django.db import models

_VOWEL_FIRST = re.compile(r"([เแโใไ])([ก-ฮ])")
# mai taikhu, the four tone marks, thanthakhat, nikhahit, yamakkan
_MARKS = re.compile("[\u0e47-\u0e4e]")
_NO_LETTER = re.compile(r"[^\w\u0e00-\u0e7f]+|[_\u0e2f\u0e46]")
_SARA_AM = "\u0e4d\u0e32"
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def order_key(text: str) -> bytes:
    """Sorts as a Thai dictionary does: `sorted(names, key=order_key)`. Words are compared one by one, so กรม ก stands before กรมการ."""
    plain = unicodedata.normalize("NFC", text.replace(_SARA_AM, "ำ")).casefold().translate(_DIGITS)
    words = [_VOWEL_FIRST.sub(r"\2\1", word) for word in _NO_LETTER.sub(" ", plain).split()]
    letters = "\x01".join(_MARKS.sub("", word) for word in words)
    # Where the marks stand, then which they are: without a mark before with one, the earlier tone first.
    marks = "".join(f"{chr(len(word) - found.start() + 0x20)}{found[0]}" for word in words for found in _MARKS.finditer(word))
    return f"{letters}\x00{marks}".encode("utf-16-be", "surrogatepass")


class ThaiOrder(models.BinaryField[Any, Any]):
    """A column of `order_key`, written on save from what `words` makes of the row; not by `update()` and `bulk_update()`.

    Give `save(update_fields=…)` this column too where the words change.
    """

    def __init__(self, *, words: Callable[[Any], str] | None = None, **options: Any) -> None:
        self.words = words
        super().__init__(**{"default": b"", "db_index": True, "editable": False, **options})

    def pre_save(self, row: models.Model, add: bool) -> bytes:
        key = order_key(self.words(row) if self.words else "")
        setattr(row, self.attname, key)
        return key
