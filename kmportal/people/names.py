"""Names as keys: how agencies and people are compared. Pure functions; nothing is merged by them, only suggested."""

import re
import unicodedata

_NOT_LETTERS = re.compile(r"[\s.\u200b\u200c\u200d\ufeff\-–—_,()/\"'“”‘’]+")
_VOWEL_FIRST = re.compile(r"([เแโใไ])([ก-ฮ])")
_SARA_AM = "\u0e4d\u0e32"  # nikhahit + sara aa, as some keyboards write sara am
PREFIXES = (
    "ว่าที่ร้อยตรี", "ว่าที่ ร.ต.", "นางสาว", "น.ส.", "นาย", "นาง", "ดร.", "ผศ.", "รศ.", "ศ.", "นพ.", "พญ.", "ทพ.", "ภก.", "ม.ล.", "ม.ร.ว.",
    "พล.ต.ต.", "พ.ต.อ.", "พ.ต.ท.", "พลตำรวจตรี", "พันตำรวจเอก", "พลเอก",
)  # fmt: skip


def fold(text: str) -> str:
    """Letters only, in one normal form: dots, spaces and zero-width marks do not tell names apart."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFC", text).replace(_SARA_AM, "ำ")).casefold()


def agency_key(name: str) -> str:
    """'สำนักงาน ก.พ.ร.' and 'สำนักงานกพร' give the same key; องค์กร and องค์การ are synonyms in PMQA texts."""
    return fold(name).replace("องค์กร", "องค์การ")


def person_key(given: str, family: str) -> str:
    return fold(given) + " " + fold(family)


def sorting_key(name: str) -> str:
    """Thai dictionaries look at the consonant first, though เ แ โ ใ ไ are written before it: กรมเจ้าท่า stands before กรมชลประทาน."""
    return _VOWEL_FIRST.sub(r"\2\1", name)


def split_prefix(name: str) -> tuple[str, str]:
    """('นาย', 'พิชัย ใจดี') from 'นายพิชัย ใจดี'; several prefixes may stand together."""
    rest = name.strip()
    taken: list[str] = []
    while True:
        found = next((prefix for prefix in PREFIXES if rest.startswith(prefix)), None)
        if found is None or len(rest) == len(found):
            return " ".join(taken), rest
        taken.append(found)
        rest = rest[len(found) :].strip()
