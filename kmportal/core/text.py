"""Shaping of Thai and English text for the screen. Pure functions; nothing here knows about HTML or requests."""

import re
import unicodedata

NO_BREAK_SPACE = "\u00a0"

# Compounds that a browser's dictionary splits although a reader sees one word (DESIGN 3). Longest first, so the longer wins.
COMPOUNDS = tuple(
    sorted(
        (
            "ความรู้", "หน่วยงาน", "บทเรียน", "คณะทำงาน", "ฝังลึก", "ผู้เชี่ยวชาญ", "ผู้บริหาร", "ผู้รับบริการ", "แผนที่ยุทธศาสตร์",
            "แผนงบประมาณ", "การนำไปใช้", "นำไปใช้", "ตัวชี้วัด", "ตัวอย่าง", "KM Corner", "ก.พ.ร.", "พ.ศ.", "เครือข่าย", "ที่นี่", "ทุกหมวด",
            "ระบบราชการ", "ประสบการณ์", "ข้อร้องเรียน", "กระบวนงาน", "เผยแพร่", "ใกล้เกษียณ", "บรรยาย", "การพัฒนา", "ได้จริง", "ผลงาน",
            "คำตอบ", "คำถาม", "สรุปสัมมนา", "ตู้เอกสาร", "ผู้รู้", "หมวดหมู่", "ปัจจัยความสำเร็จ", "อุปสรรค", "ข้อเสนอแนะ", "เข้าสู่ระบบ",
        ),
        key=len,
        reverse=True,
    )
)  # fmt: skip
_COMPOUND = re.compile("|".join(map(re.escape, COMPOUNDS)))
_TIED_SPACE = re.compile(
    r"(?<=หมวด) (?=[\dP๐-๙])|(?<=รอบ) (?=[\d๐-๙])|(?<=ข้อ) (?=[\d๐-๙])|(?<=ปี) (?=[\d๐-๙])|(?<=[\d๐-๙]) (?=[ก-ฮเ-ไ])| (?=ๆ)"
)
_TO_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_LEADING_VOWELS = "เแโใไ"
_TRAILING = "ะาำๅๆฯ"
_JOINERS = "\u200d\ufe0e\ufe0f"
ELLIPSIS = "…"


def graphemes(text: str) -> list[str]:
    """The letters a reader sees: each base sign together with its vowels and tone marks."""
    clusters: list[str] = []
    for sign in text:
        joins = clusters and (
            unicodedata.category(sign) in {"Mn", "Mc", "Me"} or sign == "ำ" or sign in _JOINERS or clusters[-1][-1] == "\u200d"
        )
        if joins:
            clusters[-1] += sign
        else:
            clusters.append(sign)
    return clusters


def thai_digits(text: str) -> str:
    """Arabic digits as Thai ones, for certificates and memos (DESIGN 4)."""
    return text.translate(_TO_THAI_DIGITS)


def tie(text: str) -> str:
    """Keeps a number with its unit ('6 ชุด', 'หมวด 4') and ๆ with its word by no-break spaces."""
    return _TIED_SPACE.sub(NO_BREAK_SPACE, text)


def pieces(text: str) -> list[tuple[str, bool]]:
    """The text cut into (piece, keep on one line); joined again it is the same text with its ties."""
    text, result, at = tie(text), [], 0
    for match in _COMPOUND.finditer(text):
        if match.start() > at:
            result.append((text[at : match.start()], False))
        result.append((match[0], True))
        at = match.end()
    if at < len(text):
        result.append((text[at:], False))
    return result


def shorten(text: str, length: int) -> str:
    """At most `length` letters including the ellipsis, never inside a letter and at the end of a word where one is near.

    CSS must not cut Thai text: overflow hides vowels above and below the line. So the server cuts.
    """
    clusters = graphemes(" ".join(text.split()))
    if len(clusters) <= length:
        return "".join(clusters)
    cut = max(length - 1, 1)
    spaces = [at for at in range(cut, cut // 2, -1) if clusters[at] == " "]
    if spaces:
        cut = spaces[0]
    else:
        while cut > 1 and not _may_cut(clusters[cut - 1], clusters[cut]):
            cut -= 1
    return "".join(clusters[:cut]).rstrip(" ,;:–-(") + ELLIPSIS


def _may_cut(before: str, after: str) -> bool:
    """Whether a line of Thai may end between two letters: not after a vowel that leads, not before one that follows."""
    if before[0] in _LEADING_VOWELS or after[0] in _TRAILING:
        return False
    return not (before[-1].isascii() and before[-1].isalnum() and after[0].isascii() and after[0].isalnum())


def initials(name: str, length: int = 2) -> str:
    """The letters for a seal whose agency has no abbreviation: the first of each word, or the first two letters of one."""
    words = [word for word in re.split(r"[\s()/]+", name) if word]
    letters = [next((sign for sign in word if sign not in _LEADING_VOWELS), word[0]) for word in words]
    if len(letters) < length and words:
        letters = [sign[0] for sign in graphemes(words[0]) if sign not in _LEADING_VOWELS]
    return "".join(letters[:length])
