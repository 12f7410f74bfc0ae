"""From an address to filters. Nothing in an address is an error: what is not known is left out."""

from collections.abc import Mapping
from typing import Any

from django.core.validators import slug_re
from django.http import QueryDict

from kmportal.core.dates import THAI_DIGITS, common_year
from kmportal.library.criteria import Taxonomy
from kmportal.library.shelves import BEST, SORTS, TYPES, Filters
from kmportal.people.models import Agency, Person
from kmportal.taxonomy.kinds import ItemKind
from kmportal.taxonomy.models import PmqaCategory

LONGEST_QUERY = 120
FIRST_YEAR, LAST_YEAR = 1900, 2200
HIGHEST_KEY = 2**31 - 1


def read(data: QueryDict, user: Any, agencies: Mapping[int, Agency]) -> Filters:
    """The filters an address names. Years may be B.E. or C.E., in either digits; agencies go by slug, people by handle.

    Args:
        agencies: all of them by key: the list needs them anyway, and asks once.
    """
    taxonomy = Taxonomy.current()
    kind = _one_of(data.get("kind"), ItemKind.values)
    words, archived = " ".join(data.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY], data.get("archived") == "1"
    # What is archived is not ranked.
    best = [BEST] if words and not archived else []
    return Filters(
        q=words,
        type=_one_of(data.get("type"), TYPES) or ("item" if kind else ""),
        kind=kind if data.get("type", "") in ("", "item") else "",
        category=_one_of(data.get("category"), PmqaCategory.NUMBERS),
        code=taxonomy.codes.get(number(data.get("code"))),
        agency=next((agency for agency in agencies.values() if agency.slug == data.get("agency")), None),
        person=_person(data.get("person", ""), user),
        topic=next((topic for topic in taxonomy.topics.values() if topic.slug == data.get("topic")), None),
        year=_year(data.get("year")),
        sort=_one_of(data.get("sort"), SORTS) or [*best, "new"][0],
        archived=archived,
    )


def number(text: str | None) -> int:
    """A whole number from an address, 0 for anything else."""
    digits = (text or "").translate(THAI_DIGITS).strip()
    return min(int(digits), HIGHEST_KEY) if digits.isascii() and digits.isdigit() and len(digits) < 11 else 0


def _person(handle: str, user: Any) -> Person | None:
    """Handles are slugs; what is none is not asked for (PostgreSQL refuses a NUL in a text)."""
    if not handle or slug_re.fullmatch(handle) is None:
        return None
    return Person.objects.visible_to(user).filter(handle=handle).first()


def _one_of(value: str | None, allowed: Any) -> str:
    return value if value and value in allowed else ""


def _year(text: str | None) -> int | None:
    year = common_year(number(text)) if number(text) else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None
