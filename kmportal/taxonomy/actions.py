"""Filling the taxonomy with the PMQA editions and topics the portal starts with. Coordinators correct them afterwards."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from kmportal.retrieval import actions as search
from kmportal.taxonomy.models import PmqaCategory, PmqaCode, PmqaEdition, Topic

DATA = Path(__file__).parent / "data" / "pmqa.json"
# Labels we could not check against the printed criteria say so, until a coordinator has.
UNCONFIRMED_TH = "(ถ้อยคำรอยืนยันกับเอกสารเกณฑ์)"
UNCONFIRMED_EN = "(Wording to be confirmed against the criteria.)"


@dataclass(frozen=True)
class Loaded:
    """How many rows were created (or, with reset, put back to the shipped wording)."""

    editions: int
    categories: int
    codes: int
    topics: int

    def __bool__(self) -> bool:
        return any((self.editions, self.categories, self.codes, self.topics))


@transaction.atomic
def load_pmqa(*, reset: bool = False) -> Loaded:
    """Create what is missing of the shipped editions, categories, codes and topics.

    Safe to repeat: a row that is there keeps a coordinator's wording. With `reset` every shipped row gets the shipped wording back;
    rows that coordinators added themselves are never touched. Which edition is in force is not reset: that is a decision, not wording.
    Source of names and codes: the criteria of the Office of the Public Sector Development Commission, as far as known.
    """
    shipped = json.loads(DATA.read_text(encoding="utf-8"))
    editions = _load_editions(shipped["editions"], reset)
    by_slug = {edition.slug: edition for edition in PmqaEdition.objects.all()}
    categories = _load_categories(shipped["editions"], by_slug, reset)
    by_place = {(c.edition_id, c.number): c for c in PmqaCategory.objects.all()}
    codes = _load_codes(shipped["editions"], by_slug, by_place, reset)
    return Loaded(editions, categories, codes, _load_topics(shipped["topics"], reset))


def _load_editions(shipped: list[dict[str, Any]], reset: bool) -> int:
    known = {edition.slug: edition for edition in PmqaEdition.objects.all()}
    nobody_current = not any(edition.is_current for edition in known.values())
    rows = [
        PmqaEdition(
            pk=known[entry["slug"]].pk if entry["slug"] in known else None,
            slug=entry["slug"],
            name_th=entry["name_th"],
            name_en=entry["name_en"],
            first_year=entry["first_year"],
            last_year=entry["last_year"],
            # A current edition that a coordinator chose stays the current one.
            is_current=entry["is_current"] and nobody_current,
        )
        for entry in shipped
    ]
    return _write(PmqaEdition, rows, ("name_th", "name_en", "first_year", "last_year"), reset)


def _load_categories(shipped: list[dict[str, Any]], editions: Mapping[str, PmqaEdition], reset: bool) -> int:
    known = {(c.edition_id, c.number): c.pk for c in PmqaCategory.objects.all()}
    rows = [
        PmqaCategory(
            pk=known.get((editions[edition["slug"]].pk, entry["number"])),
            edition=editions[edition["slug"]],
            number=entry["number"],
            letters=entry["letters"],
            name_th=entry["name_th"],
            name_en=entry["name_en"],
        )
        for edition in shipped
        for entry in edition["categories"]
    ]
    return _write(PmqaCategory, rows, ("letters", "name_th", "name_en"), reset)


def _load_codes(
    shipped: list[dict[str, Any]],
    editions: Mapping[str, PmqaEdition],
    categories: Mapping[tuple[int, str], PmqaCategory],
    reset: bool,
) -> int:
    known = {(c.category_id, c.code): c.pk for c in PmqaCode.objects.all()}
    rows = []
    for edition in shipped:
        for entry in edition["categories"]:
            category = categories[editions[edition["slug"]].pk, entry["number"]]
            for position, code in enumerate(entry["codes"], start=1):
                rows.append(_code(category, position, code, known.get((category.pk, code["code"]))))
    return _write(PmqaCode, rows, ("label_th", "label_en", "explanation_th", "explanation_en", "position"), reset)


def _code(category: PmqaCategory, position: int, entry: dict[str, Any], pk: int | None) -> PmqaCode:
    sure = entry.get("sure", True)
    return PmqaCode(
        pk=pk,
        category=category,
        code=entry["code"],
        position=position,
        label_th=entry["th"],
        label_en=entry["en"],
        explanation_th=entry["why"] if sure else f"{entry['why']} {UNCONFIRMED_TH}",
        explanation_en=entry["why_en"] if sure else f"{entry['why_en']} {UNCONFIRMED_EN}",
    )


def _load_topics(shipped: list[list[str]], reset: bool) -> int:
    known = dict(Topic.objects.values_list("slug", "pk"))
    rows = [Topic(pk=known.get(slug), slug=slug, name_th=thai, name_en=english) for slug, thai, english in shipped]
    return _write(Topic, rows, ("name_th", "name_en"), reset)


def _write(model: type[Any], rows: list[Any], wording: tuple[str, ...], reset: bool) -> int:
    """Create rows without a key; with reset, put the wording of the others back. Returns how many were written."""
    missing = [row for row in rows if row.pk is None]
    known = [row for row in rows if row.pk is not None] if reset else []
    model.objects.bulk_create(missing)
    if known:
        model.objects.bulk_update(known, wording)
        search.renamed(model, [row.pk for row in known])
    return len(missing) + len(known)
