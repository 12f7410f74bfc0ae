"""Where a page stands in the order of things: PMQA categories and codes, topics."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Model, Value

from kmportal.library.criteria import Taxonomy
from kmportal.library.models import KnowledgePage
from kmportal.taxonomy.models import PmqaCode, Topic

_ROADS = {"categories": "pmqacategory_id", "codes": "pmqacode_id", "topics": "topic_id"}


@dataclass(frozen=True)
class Order:
    strip: list[str]
    codes: list[PmqaCode]
    topics: list[Topic]


def order_of(page: Any, *, is_draft: bool = False) -> Order:
    """One query for all three; their words come from memory.

    Args:
        is_draft: a preview, whose choices stand in the instance and not yet in the database.
    """
    if is_draft:
        codes = sorted(page.codes.all(), key=lambda code: (code.category.number, code.position))
        return Order(sorted({category.number for category in page.categories.all()}), codes, list(page.topics.all()))
    return filed(KnowledgePage, page.pk)


def filed(model: type[Model], number: int) -> Order:
    """The same of any row that has categories, codes and topics."""
    owner = str(model._meta.model_name)
    links = [
        getattr(model, name)
        .through.objects.filter(**{owner: number})
        .annotate(road=Value(name, CharField()))
        .values_list("road", target)
        for name, target in _ROADS.items()
    ]
    found: dict[str, list[int]] = {name: [] for name in _ROADS}
    for road, key in links[0].union(*links[1:], all=True):
        found[road].append(key)
    taxonomy = Taxonomy.current()
    codes = [taxonomy.codes[pk] for pk in found["codes"] if pk in taxonomy.codes]
    return Order(
        sorted({taxonomy.categories[pk].number for pk in found["categories"] if pk in taxonomy.categories}),
        sorted(codes, key=lambda code: (code.category.number, code.position, code.code)),
        [taxonomy.topics[pk] for pk in found["topics"] if pk in taxonomy.topics],
    )
