"""What sounds the same becomes the same: for the stream of letters that forgives misspelling."""

import re

# ณ and น, ศ ษ and ส …: told apart by spelling only. Tone marks and ็ are dropped: they are what is mistyped most.
_ALIKE = str.maketrans("ณศษฎฏฑฒธญฬฌฆฅฃภใฐฤฦ", "นสสดตททธยลชคคขพไถรล") | {ord("ธ"): "ท"} | dict.fromkeys(map(ord, "ํ่้๊๋็ฺ๎"))
_SILENT = re.compile("[ก-ฮ][ิุ]?์")


def fold(run: str) -> str:
    """A run of letters without silent ones, tone marks and differences that are not heard."""
    return _SILENT.sub("", run).translate(_ALIKE).replace("รร", "ั").replace("์", "")
