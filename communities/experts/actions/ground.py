"""What the verbs stand on: errors, words made safe, the department that somebody belongs to."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kmportal.people.models import Agency, User

INNER = (Agency.Kind.BUREAU, Agency.Kind.GROUP)


class ExpertsError(Exception):
    """The step is not possible; `words` say why and what to do."""

    words: Any = ""


class WordsMissing(ExpertsError):
    words = _("Write something first.")


def plain(text: str, *, most: int) -> str:
    """Text without signs that databases refuse, cut to what the column holds."""
    return text.replace("\x00", "").strip()[:most]


def line(text: str, *, most: int) -> str:
    """The same as one line."""
    return " ".join(plain(text, most=10 * most).split())[:most]


def required(text: str, *, most: int) -> str:
    """The same, of at least one letter.

    Raises:
        WordsMissing
    """
    words = plain(text, most=most)
    if not words:
        raise WordsMissing
    return words


def places_of(user: User) -> dict[str, Any]:
    """The agency somebody works in, and the department that it is part of: for most people that is "my agency"."""
    key = user.agency_id
    agency = Agency.objects.with_lineage().filter(pk=key).first() if key is not None else None
    if agency is None:
        return {"agency": None, "house": None}
    house = next((one for one in agency.lineage() if one.kind not in INNER), agency)
    return {"agency": agency, "house": house}
