"""From an address to a question. For readers nothing is an error; programs are told what makes no sense."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kmportal.core.dates import THAI_DIGITS, common_year
from kmportal.people.models import Agency
from kmportal.retrieval import engine, sources
from kmportal.search.models import LONGEST
from kmportal.taxonomy.kinds import ItemKind
from kmportal.taxonomy.models import PmqaCategory

SORTS = (engine.BEST, engine.NEWEST)
FIRST_YEAR, LAST_YEAR = 1900, 2200
MOST_AT_ONCE, FURTHEST = 50, 10_000
PARAMETERS = ("q", "kind", "category", "agency", "type", "year", "sort", "limit", "offset")


class Nonsense(ValueError):
    """A parameter that no search has; the message says what is."""


@dataclass(frozen=True)
class Question:
    """What is searched, and what it is narrowed by."""

    q: str = ""
    kind: str = ""
    category: str = ""
    agency: Agency | None = None
    type: str = ""
    year: int | None = None
    sort: str = engine.BEST

    NARROWS = ("kind", "type", "category", "agency", "year")

    @property
    def kinds(self) -> tuple[str, ...]:
        return (self.kind,) if self.kind else ()

    @property
    def tags(self) -> tuple[tuple[str, str], ...]:
        named = (("category", self.category), ("agency", str(self.agency.pk) if self.agency else ""), ("type", self.type))
        return tuple((name, value) for name, value in named if value)

    @property
    def chosen(self) -> list[str]:
        return [name for name in self.NARROWS if getattr(self, name)]

    def without(self, name: str) -> "Question":
        empty: dict[str, Any] = {name: None if name in {"agency", "year"} else ""}
        return replace(self, **empty)


def read(data: QueryDict, agencies: Mapping[int, Agency]) -> Question:
    """The question of a reader's address. What is not known is left out.

    Args:
        agencies: all of them by key; addresses name them by slug.
    """
    return Question(
        q=words(data.get("q", "")),
        kind=_one_of(data.get("kind"), _kinds()),
        category=_one_of(data.get("category"), PmqaCategory.NUMBERS),
        agency=_agency(data.get("agency"), agencies),
        type=_one_of(data.get("type"), ItemKind.values),
        year=_year(data.get("year")),
        sort=_one_of(data.get("sort"), SORTS) or engine.BEST,
    )


def words(text: str) -> str:
    """What was typed, as one line without NUL, cut where no search is that long."""
    return " ".join(text.replace("\x00", " ").split())[:LONGEST].strip()


def page_number(text: str | None) -> int:
    """A page from an address, 1 for anything else."""
    digits = (text or "").translate(THAI_DIGITS)
    return max(1, int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 1


def read_strictly(data: QueryDict, agencies: Mapping[int, Agency]) -> tuple[Question, int, int]:
    """The question of a program, with limit and offset.

    Raises:
        Nonsense: a parameter is unknown, given twice, or means nothing.
    """
    for name, values in data.lists():
        if name not in PARAMETERS:
            raise Nonsense(f"unknown parameter: {words(name)[:40]}")
        if len(values) > 1:
            raise Nonsense(f"{name} was given twice")
    if "q" not in data:
        raise Nonsense("q is missing")
    _check("kind", data, _kinds())
    _check("category", data, PmqaCategory.NUMBERS)
    _check("type", data, ItemKind.values)
    _check("sort", data, SORTS)
    question = read(data, agencies)
    if data.get("agency") and question.agency is None:
        raise Nonsense("agency is not known")
    if data.get("year") and question.year is None:
        raise Nonsense(f"year must be between {FIRST_YEAR} and {LAST_YEAR}, or the same in B.E.")
    return question, _number("limit", data, 20, 1, MOST_AT_ONCE), _number("offset", data, 0, 0, FURTHEST)


def _check(name: str, data: QueryDict, known: Iterable[str]) -> None:
    known = list(known)
    if data.get(name) and data[name] not in known:
        raise Nonsense(f"{name} must be one of {', '.join(known)}")


def _number(name: str, data: QueryDict, otherwise: int, least: int, most: int) -> int:
    text = data.get(name)
    if text is None:
        return otherwise
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else -1
    if not least <= number <= most:
        raise Nonsense(f"{name} must be a number from {least} to {most}")
    return number


def _kinds() -> list[str]:
    return [source.kind for source in sources.every()]


def _one_of(value: str | None, allowed: Iterable[str]) -> str:
    return value if value and value in allowed else ""


def _agency(slug: str | None, agencies: Mapping[int, Agency]) -> Agency | None:
    return next((agency for agency in agencies.values() if agency.slug == slug), None) if slug else None


def _year(text: str | None) -> int | None:
    digits = (text or "").translate(THAI_DIGITS).strip()
    year = common_year(int(digits)) if digits.isascii() and digits.isdigit() and len(digits) == 4 else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


class WantedForm(forms.Form):
    """Tells the coordinators that something is missing."""

    q = forms.CharField(max_length=LONGEST, widget=forms.HiddenInput)
    sentence = forms.CharField(label=_("What do you need it for? (not required)"), max_length=300, required=False)


class SettleForm(forms.Form):
    """A coordinator's answer to what was searched in vain."""

    url = forms.CharField(
        label=_("Page that answers it now"), max_length=500, required=False,
        help_text=_("Its address, such as /library/. Leave it empty if the page comes later."),
    )  # fmt: skip
    same_as = forms.CharField(
        label=_("Words that mean the same"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One to a line. From now on a search for one finds the others as well. Leave it empty for none."),
    )  # fmt: skip

    def clean_same_as(self) -> list[str]:
        return [line for line in str(self.cleaned_data["same_as"]).splitlines() if line.strip()]
