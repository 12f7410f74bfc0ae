"""Names as keys: how agencies and people are compared. Pure functions; nothing is merged by them, only suggested."""

import re
import unicodedata

_NOT_LETTERS = re.compile(r"[\s.\u200b\u200c\u200d\ufeff\-–—_,()/\"'“”‘’]+")
_SARA_AM = "\u0e4d\u0e32"  # nikhahit + sara aa, as some keyboards write sara am
PREFIXES = (
    "ว่าที่ร้อยตรี", "ว่าที่ ร.ต.", "นางสาว", "น.ส.", "นาย", "นาง", "ดร.", "ผศ.", "รศ.", "ศ.", "นพ.", "พญ.", "ทพ.", "ภก.", "ม.ล.", "ม.ร.ว.",
    "พล.ต.ต.", "พล.ต.ท.", "พล.ต.อ.", "พ.ต.อ.", "พ.ต.ท.", "พ.ต.ต.", "ร.ต.อ.", "ร.ต.ท.", "ร.ต.ต.", "พล.อ.", "พล.ท.", "พล.ต.", "พ.อ.",
    "พ.ท.", "พ.ต.", "ร.อ.", "ร.ท.", "ร.ต.", "พลตำรวจตรี", "พันตำรวจเอก", "พันตำรวจโท", "พันตำรวจตรี", "ร้อยตำรวจเอก", "พลเอก", "พลโท",
    "พลตรี", "พันเอก", "พันโท", "พันตรี", "ร้อยเอก", "ร้อยโท", "ร้อยตรี",
)  # fmt: skip


def fold(text: str) -> str:
    """Letters only, in one normal form: dots, spaces and zero-width marks do not tell names apart."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFC", text).replace(_SARA_AM, "ำ")).casefold()


def agency_key(name: str) -> str:
    """'สำนักงาน ก.พ.ร.' and 'สำนักงานกพร' give the same key; องค์กร and องค์การ are synonyms in PMQA texts."""
    return fold(name).replace("องค์กร", "องค์การ")


def person_key(given: str, family: str) -> str:
    return fold(given) + " " + fold(family)


def person_order(given: str, family: str) -> str:
    """What people are sorted by: the names, without titles and ranks that were typed into them."""
    rest = split_prefix(given)[1]
    # นายิกา is a name, not นาย and something: no Thai word begins with a sign that hangs on another.
    name = given if unicodedata.combining(rest[:1] or " ") or "ะ" <= rest[:1] <= "ฺ" else rest
    return f"{name} {family}"


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
