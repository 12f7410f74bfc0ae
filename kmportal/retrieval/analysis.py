"""From text to what it is found by. The same code reads what is indexed and what is asked, so both always agree.

Two streams: words, and 3-letter grams of a folded spelling for when the words of a question are not known (misspelt, half typed).
Nothing here raises on any text, and all of it takes time in proportion to the length.
"""

import re

from kmportal.retrieval.abbreviations import join
from kmportal.retrieval.folding import fold
from kmportal.retrieval.segment import SEGMENTER, Segmenter
from kmportal.retrieval.spelling import one_spelling

# Raise the number when the same text gives other words than before: the index is then made again.
ANALYSIS = f"1-{SEGMENTER.name}"
# Longer "words" are addresses and noise; the index stores terms of at most 80 letters.
LONGEST_TERM = 40
GRAM = 3

_RUN = re.compile(r"[ก-ฮะ-ฺเ-ๅ็-๎]+|[^\W\d_ก-๎]+|\d+(?:\.\d+)?")
_CODE = re.compile(r"(?<![^\W_])([a-z]{2,5})[ -]?(\d{1,2})(?![\d.])")

_COMMON = """
การ ความ ที่ ใน ของ และ เป็น ได้ มี ให้ จะ ไม่ ไป มา ก็ กับ แล้ว หรือ คือ ว่า จาก โดย อะไร อย่างไร อย่าง ยังไง ใคร ไหน เมื่อ ใด
เท่า ไร ไหม มั้ย บ้าง ครับ ค่ะ คะ นะ อยู่ นี้ นั้น ซึ่ง ต่อ เพื่อ ถูก ด้วย กี่ ทำไม
the a an of to in is are what which how who when where do does did and or for on
"""
# So common that they say little; the ranking gives them little weight.
STOP = frozenset(_COMMON.split())


def normalise(text: str) -> str:
    """One spelling for what reads the same, abbreviations without dots, ๆ and ฯ as blanks."""
    return re.sub("[ๆฯ]", " ", join(one_spelling(text)))


def runs(normalised: str) -> list[str]:
    """Stretches of Thai letters, of other letters, and numbers."""
    return _RUN.findall(normalised)


def is_thai(run: str) -> bool:
    return "ก" <= run[0] <= "๎"


def singular(word: str) -> str:
    """English plurals lose their s, so that one finds the other."""
    if len(word) > 3 and word.isascii() and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def codes(normalised: str) -> list[str]:
    """Codes in one word (LD 1, LD1 and LD-1 are ld1): their letters and digits alone say little."""
    return [letters + digits for letters, digits in _CODE.findall(normalised)]


def words(text: str, *, segmenter: Segmenter = SEGMENTER) -> list[str]:
    """The words of a text in their order; codes come again as one word at the end."""
    normalised = normalise(text)
    found: list[str] = []
    for run in runs(normalised):
        found.extend(segmenter.terms(run) if is_thai(run) else [singular(run)])
    return [word[:LONGEST_TERM] for word in (*found, *codes(normalised))]


def folded(text: str) -> str:
    """The letters of a text in a spelling that forgives: runs with blanks between them."""
    return " ".join(filter(None, map(fold, runs(normalise(text)))))


def grams(letters: str) -> list[str]:
    """Every 3 letters in a row within each run of a `folded` text; shorter runs as they are."""
    found: list[str] = []
    for run in letters.replace(".", "").split():
        found.extend([run] if len(run) < GRAM else (run[at : at + GRAM] for at in range(len(run) - GRAM + 1)))
    return found
