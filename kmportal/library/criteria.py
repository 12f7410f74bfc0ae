"""PMQA criteria as one edition words them: which edition a day belongs to, and which codes a text names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from kmportal.core.dates import THAI_DIGITS
from kmportal.library.memory import remembered
from kmportal.taxonomy.models import PmqaCategory, PmqaCode, PmqaEdition, Topic

# "SP5", "IT 2,3", "LD1 และ 3", "PM 1-4", "ITที่ 2": the letters once, then one or more numbers.
_NUMBER = r"\d{1,2}(?!\d|\.\d|%)"
_NAMED = re.compile(rf"(?<![A-Za-z])([A-Z]{{2}})\s?({_NUMBER}(?:\s?(?:,|และ|/|&|-|–|ถึง)\s?(?:{_NUMBER}))*)")
# Codes of 2558 and later are bare numbers, so they count only where the text says that they are codes: "รหัส 4.3", "รหัส 4.1 และ 4.4".
_CALLED = re.compile(r"รหัส\s?((?:[1-7]|P)\.\d(?!\d|\.\d)(?:\s?(?:,|และ|/|กับ)\s?[1-7]\.\d(?!\d|\.\d))*)")
_BARE = re.compile(r"[1-7P]\.\d")
# "หมวด 6 …", "หมวดที่ ๓", "Category 4": a line that opens so speaks of that category.
_OPENS = re.compile(r"\W{0,4}(?:หมวด(?:ที่)?|[Cc]ategory)\s?([1-7P])(?![\d.])")
_STEP = re.compile(r"(,|และ|/|&|-|–|ถึง)?\s?(\d{1,2})")
_WRITTEN = re.compile(r"[\s,;]+")
LONGEST_RANGE = 12


def codes_named(text: str) -> list[str]:
    """Codes such as "SP5" or "รหัส 4.3" that a sentence names, ranges and lists written out; whether they exist is another question."""
    text = text.translate(THAI_DIGITS)
    found: list[str] = [code for called in _CALLED.findall(text) for code in _BARE.findall(called)]
    for match in _NAMED.finditer(text):
        letters, before = match[1], 0
        for join, number_text in _STEP.findall(match[2]):
            number = int(number_text)
            through = join in ("-", "–", "ถึง") and before < number <= before + LONGEST_RANGE
            found += [f"{letters}{n}" for n in range(before + 1 if through else number, number + 1)]
            before = number
    return list(dict.fromkeys(found))


def category_opened(text: str) -> str | None:
    """The number of the category that a line or heading begins with, such as "6" for "หมวด 6 การจัดการกระบวนการ"."""
    match = _OPENS.match(text.translate(THAI_DIGITS))
    return match[1] if match else None


@dataclass(frozen=True)
class Criteria:
    """One edition in memory: two queries for a whole seminar."""

    edition: PmqaEdition | None = None
    categories: dict[str, int] = field(default_factory=dict)
    codes: dict[str, PmqaCode] = field(default_factory=dict)

    @classmethod
    def of(cls, edition: PmqaEdition | None) -> "Criteria":
        if edition is None:
            return cls()
        categories = {category.number: category.pk for category in PmqaCategory.objects.filter(edition=edition)}
        codes = {_key(code.code): code for code in PmqaCode.objects.filter(category__edition=edition)}
        return cls(edition, categories, codes)

    @classmethod
    def remembered(cls, edition_id: int | None) -> "Criteria":
        """The same from memory, for reading pages; may be a minute old."""
        taxonomy = Taxonomy.current()
        return cls(
            categories={row.number: pk for pk, row in taxonomy.categories.items() if row.edition_id == edition_id},
            codes={_key(row.code): row for row in taxonomy.codes.values() if row.category.edition_id == edition_id},
        )

    def category_ids(self, numbers: Iterable[str]) -> set[int]:
        return {self.categories[number] for number in numbers if number in self.categories}

    def written(self, codes: str) -> list[PmqaCode]:
        """Codes of a field where a person typed them ("SP5, SP7" or "1.1"); unknown ones are left out."""
        keys = dict.fromkeys([*(_key(part) for part in _WRITTEN.split(codes)), *codes_named(codes)])
        return [self.codes[key] for key in keys if key in self.codes]

    def named_in(self, text: str) -> list[PmqaCode]:
        """Codes that a sentence mentions and this edition knows."""
        return [self.codes[key] for key in codes_named(text) if key in self.codes]


def _key(code: str) -> str:
    return code.translate(THAI_DIGITS).replace(" ", "").upper()


def edition_of(day: date | None) -> PmqaEdition | None:
    """The edition in force on that day; without a day, or before the first edition, the one in force now."""
    editions = list(PmqaEdition.objects.order_by("-first_year"))
    if day is not None:
        for edition in editions:
            if edition.first_year <= day.year <= (edition.last_year or day.year):
                return edition
    return next((edition for edition in editions if edition.is_current), None)


@dataclass(frozen=True)
class Taxonomy:
    """All editions, categories, codes and topics: few rows that nearly every page names, kept for a minute."""

    categories: dict[int, PmqaCategory]
    codes: dict[int, PmqaCode]
    topics: dict[int, Topic]

    @classmethod
    def current(cls) -> "Taxonomy":
        return remembered("taxonomy", cls._load)

    @classmethod
    def _load(cls) -> "Taxonomy":
        categories = {row.pk: row for row in PmqaCategory.objects.select_related("edition")}
        codes = {row.pk: row for row in PmqaCode.objects.all()}
        for code in codes.values():
            code.category = categories[code.category_id]
        return cls(categories, codes, {row.pk: row for row in Topic.objects.all()})

    def wording(self, number: str) -> PmqaCategory | None:
        """The category as the edition in force words it, or the newest edition that has it."""
        same = [category for category in self.categories.values() if category.number == number]
        return max(same, key=lambda category: (category.edition.is_current, category.edition.first_year), default=None)

    def editions_of(self, number: str) -> list[PmqaCategory]:
        """The category in every edition, newest first."""
        same = (category for category in self.categories.values() if category.number == number)
        return sorted(same, key=lambda category: -category.edition.first_year)
