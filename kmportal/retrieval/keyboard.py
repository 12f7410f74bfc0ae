"""What was meant when the keyboard stood in the other language: l;ylfu is สวัสดี, ะำหะ is test.

Kedmanee (TIS 820), the layout of nearly every Thai keyboard. Only a guess: ask it when nothing was found, and offer, do not insist.
"""

import re

from kmportal.retrieval.spelling import visible

_LATIN = r"""1234567890-=qwertyuiop[]\asdfghjkl;'zxcvbnm,./""" + r"""!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?`~"""
_THAI = """ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ""" + """+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ_%"""
_TO_THAI = dict(zip(_LATIN, _THAI, strict=True))
_TO_LATIN = dict(zip(_THAI, _LATIN, strict=True))

LONGEST = 80
_SYLLABLES = re.compile(
    # A syllable as it may be spelled: lead vowel, consonant, vowel above or below, tone or silencer, vowels behind.
    r"(?:[เ-ไ]?[ก-ฮ](?:[ัิ-ู็]?[่-๋]?|[ิุ]?์)(?:ำ|าะ|า|ะ)?[ๆฯ]?)+"
)
_THRICE = re.compile(r"(.)\1\1")
_UNFINISHED = re.compile("[ัื]$|[เ-ไ]$")
_ENGLISH = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*|\d+")
_LETTERS_IN_A_ROW = re.compile(r"[^aeiouy]{5}|[aeiou]{4}|(.)\1\1|[^aeiouyws][jqxz]|[jqvx][^aeiouy]")


def _typed(text: str, keys: dict[str, str]) -> str | None:
    """The same keys in the other layout; nothing if a sign stands on no key."""
    signs = [" " if sign.isspace() else keys.get(sign) for sign in text]
    return None if None in signs else "".join(sign for sign in signs if sign)


def _may_be_thai(text: str) -> bool:
    """Whether it can be read aloud; keys struck at random rarely can."""
    words = [word for word in text.split() if not word.isdigit()]
    return bool(words) and all(
        _SYLLABLES.fullmatch(word) and not _UNFINISHED.search(word) and not _THRICE.search(word) for word in words
    )


def _may_be_english(text: str) -> bool:
    words = text.lower().split()
    return any(len(word) > 1 for word in words) and all(
        _ENGLISH.fullmatch(word) and not _LETTERS_IN_A_ROW.search(word) and (len(word) < 3 or re.search("[aeiouy0-9]", word))
        for word in words
    )


def other_layout(text: str) -> str | None:
    """What the same keys write in the other language; nothing when that is no Thai and no English."""
    text = " ".join(visible(text[:LONGEST]).split())
    thai, latin = any("ก" <= sign <= "๙" for sign in text), any(sign.isascii() and sign.isalpha() for sign in text)
    if thai == latin:
        return None
    meant = _typed(text, _TO_LATIN if thai else _TO_THAI)
    if meant is None or not (_may_be_english if thai else _may_be_thai)(meant):
        return None
    return meant
