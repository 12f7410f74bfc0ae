"""What changed between two texts, in pieces that a reader of Thai or English can follow. Pure functions.

Lines are matched first, then what is inside a changed line: by words in English, by the smallest groups of Thai letters that can stand
alone (a consonant with its vowels and tones), so a mark never falls between a letter and its vowel.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
Piece = tuple[str, str]
Line = list[Piece]
Cut = Callable[[str], list[str]]
_TOKEN = re.compile(
    r"\s+|[A-Za-z0-9]+|[เ-ไ]?[ก-ฮ][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*[\u0e30\u0e32\u0e33\u0e45]?\u0e4c?|.", re.DOTALL
)
LONGEST = 4_000  # letters of a line; longer ones are shown whole, before and after
_SHORT = 3  # so few equal letters between two changes would only confuse


def clusters(text: str) -> list[str]:
    """The smallest groups of letters that can stand alone; words of Latin letters whole."""
    return _TOKEN.findall(text)


def lines(old: str, new: str, cut: Cut = clusters) -> list[Line]:
    """The lines that differ, each as pieces (what, text); lines that stayed are left out.

    Args:
        cut: takes a line apart into what is compared; together the parts are the line.
    """
    before, after = old.splitlines(), new.splitlines()
    found: list[Line] = []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what != "equal":
            found += _block(before[i1:i2], after[j1:j2], cut)
    return found


def _block(before: Sequence[str], after: Sequence[str], cut: Cut) -> Iterator[Line]:
    """Lines that replaced lines: in pairs as long as both have one."""
    for at in range(max(len(before), len(after))):
        old = before[at] if at < len(before) else ""
        new = after[at] if at < len(after) else ""
        if old and new:
            yield pieces(old, new, cut)
        elif old.strip() or new.strip():
            yield [(GONE, old)] if old else [(NEW, new)]


def pieces(old: str, new: str, cut: Cut = clusters) -> Line:
    """One line before and after, as what stayed, went and came."""
    if max(len(old), len(new)) > LONGEST:
        return [(GONE, old), (NEW, new)]
    before, after = cut(old), cut(new)
    found: Line = []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, new_text = "".join(before[i1:i2]), "".join(after[j1:j2])
        if what == "equal":
            found.append((SAME, gone))
        else:
            found += [(kind, text) for kind, text in ((GONE, gone), (NEW, new_text)) if text]
    return _smooth(found)


def _smooth(found: Line) -> Line:
    """Takes very short equal runs between changes into them, then joins: all that went, then all that came."""
    result: Line = []
    gone = new = ""
    for at, (kind, text) in enumerate(found):
        is_bridge = kind == SAME and 0 < at < len(found) - 1 and len(text.strip()) < _SHORT and (gone or new)
        if kind == SAME and not is_bridge:
            result += [(what, words) for what, words in ((GONE, gone), (NEW, new)) if words]
            result.append((SAME, text))
            gone = new = ""
        else:
            gone += text if kind in (GONE, SAME) else ""
            new += text if kind in (NEW, SAME) else ""
    return result + [(what, words) for what, words in ((GONE, gone), (NEW, new)) if words]
