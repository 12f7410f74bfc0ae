"""Thai abbreviations in one form: ก.พ.ร., ก. พ. ร., ก พ ร, กพร. and กพร are the same to a searcher.

An abbreviation of several is found by its parts too: สป.มท. by สป and by มท.
"""

import re

_LETTER = "[ก-ฮ]"
_THAI = "[ก-ฮะ-๎]"
# In this order; the first that fits wins.
_WAYS = re.compile(
    "|".join(
        (
            # มท.สป. after a blank: pieces of several letters, the last dot may be missing.
            rf"(?<!{_THAI})(?:{_LETTER}{{1,4}}\.){{2,}}(?:{_LETTER}{{1,3}}(?!{_THAI}))?",
            # ก.พ.ร. even where no blank stands before it.
            rf"(?:{_LETTER}\.){{2,}}(?:{_LETTER}(?!{_THAI}))?",
            rf"(?<!{_THAI}){_LETTER}\.{_LETTER}(?!{_THAI})",
            # With blanks; two need both dots: "10.00 น. ณ ห้องประชุม" is none.
            rf"(?<!{_THAI})(?:{_LETTER}\. ){{2,7}}{_LETTER}\.?(?!{_THAI})",
            rf"(?<!{_THAI}){_LETTER}\. {_LETTER}\.(?!{_THAI})",
            rf"(?<!\S)(?:{_LETTER} ){{1,4}}{_LETTER}(?!\S)",
            rf"(?<!{_THAI}){_LETTER}{{1,4}}\.",
        )
    )
)
# Months whose abbreviations hold vowels; the others are letters only and come as any abbreviation.
_MONTHS = re.compile(r"(?<![ก-๎])(มี\. ?ค|เม\. ?ย|มิ\. ?ย)(?:\.|(?![ก-๎]))")
_MONTH_NAMES = {"มี": " มีนาคม ", "เม": " เมษายน ", "มิ": " มิถุนายน "}


def _joined(found: re.Match[str]) -> str:
    pieces = [piece for piece in re.split(r"[. ]+", found[0]) if piece]
    before = ""
    if len(pieces) > 1 and len(pieces[0]) >= 3 and all(len(piece) == 1 for piece in pieces[1:]):
        # ของก.พ.ร.: a word stands before it without a blank.
        before, pieces[0] = pieces[0][:-1], pieces[0][-1]
    parts = [piece for piece in pieces if len(piece) > 1] if len(pieces) > 1 else []
    return " ".join(("", before, "".join(pieces), *parts, ""))


def join(text: str) -> str:
    """Text with every abbreviation as one word without dots. Expects `spelling.one_spelling`."""
    text = _MONTHS.sub(lambda found: _MONTH_NAMES[found[1][:2]], text)
    return _WAYS.sub(_joined, text)
