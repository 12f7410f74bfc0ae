"""What in an entry tells whose it is. Judges read the text as it was written, so its people and the organiser are warned before."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kmportal.contest.models import Entry
from kmportal.contest.models.entries import PLAIN_FIELDS, RICH_FIELDS
from kmportal.people.models import Agency, Person

SHORTEST = 3
HIDDEN = frozenset({"contacts"})
"""Of the lesson record judges do not get these (presenting/blind.py)."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+", re.IGNORECASE)
_LETTER = "A-Za-z0-9\u0e00-\u0e7f"


@dataclass(frozen=True)
class Trace:
    """`words` stand in the field called `where`, and name the entrant."""

    where: str
    words: str


def traces(entry: Entry) -> list[Trace]:
    """Names of its people, its agency and its unit, and addresses, in what judges will read. A few queries."""
    names = sorted(_names(entry))
    found = []
    for where, text in _texts(entry):
        plain = _folded(text)
        found += [Trace(where, name) for name in names if _stands(_folded(name), plain)]
        found += [Trace(where, address) for address in dict.fromkeys(_ADDRESS.findall(text))]
    return found


def _texts(entry: Entry) -> list[tuple[str, str]]:
    names = ("title", "summary", *(name for name in (*RICH_FIELDS, *PLAIN_FIELDS) if name not in HIDDEN))
    rows = [(_label(name), strip_tags(str(getattr(entry, name)).replace("<", " <"))) for name in names]
    rows += [(_("words of photograph %(number)d") % {"number": n}, one.alt) for n, one in enumerate(entry.pictures.all(), 1)]
    rows += [(_("title of file %(number)d") % {"number": n}, one.title) for n, one in enumerate(entry.files.all(), 1)]
    return [(where, text) for where, text in rows if text]


def _label(name: str) -> str:
    field: Any = Entry._meta.get_field(name)
    return str(capfirst(field.verbose_name))


def _names(entry: Entry) -> set[str]:
    users = [entry.owner_id, *entry.team.exclude(consent="refused").values_list("user", flat=True)]
    people = Person.objects.filter(user__in=users)
    names = {str(person) for person in people} | {person.family_name for person in people}
    names |= {str(entry.owner), entry.unit, *entry.team.values_list("printed", flat=True)}
    if entry.agency_id:
        names |= _names_of_agency(entry.agency_id)
    return {name.strip() for name in names if len(name.strip()) >= SHORTEST}


def _names_of_agency(key: int) -> set[str]:
    lineage = Agency.objects.with_lineage().get(pk=key).lineage()
    names = {name for above in lineage for name in (above.name, above.name_en, above.abbreviation)}
    aliases = Agency.objects.filter(pk__in=[above.pk for above in lineage]).values_list("aliases__name", flat=True)
    return names | {name for name in aliases if name}


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _stands(name: str, text: str) -> bool:
    """Short names are abbreviations: they count only where no letter stands beside them. Thai writes long ones without spaces."""
    if len(name) > 6:
        return name in text
    return re.search(rf"(?<![{_LETTER}]){re.escape(name)}(?![{_LETTER}])", text) is not None
