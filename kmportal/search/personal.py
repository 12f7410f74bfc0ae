"""Words that name a person or reach one: a log of who was looked for would harm, and tells nothing about missing knowledge."""

import re

from kmportal.core.dates import THAI_DIGITS
from kmportal.retrieval.results import Found

_MAIL = re.compile(r"\S@\S")
# A telephone number, a citizen's number; rows of years are neither.
_NUMBER = re.compile(r"(?<!\d)0\d(?:[ -]?\d){7,8}(?!\d)|(?<!\d)\d[ -]?\d{4}[ -]?\d{5}[ -]?\d{2}[ -]?\d(?!\d)")
# A title with two words after it; posts that begin like one are none.
_TITLED = re.compile(
    r"^(?:นาย(?!ก|ทะเบียน|อำเภอ|แพทย์|ช่าง|จ้าง|ตรวจ|ทหาร)|นาง(?!พยาบาล)|นางสาว|น\. ?ส\.|ด\.ช\.|ด\.ญ\.|ม\.ล\.|ม\.ร\.ว\.|(?:mr|mrs|ms|miss)\b\.?)"
    r"\s*\S{2,}\s+\S{2,}$",
    re.IGNORECASE,
)


def names_somebody(query: str, found: Found) -> bool:
    """Whether a query looks like a mail address, a number of a person, a titled name, or is the name of a person who was found."""
    query = query.translate(THAI_DIGITS)
    if _MAIL.search(query) or _NUMBER.search(query) or _TITLED.match(query.strip()):
        return True
    return any(hit.kind == "person" and _same(query, hit.title) for hit in found.hits[:3])


def _same(query: str, title: str) -> bool:
    return set(query.casefold().split()) <= set(title.casefold().split())
