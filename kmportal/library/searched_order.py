"""What pages and statements are also found by: categories, codes, topics, people, as words and as tags. A few queries for a batch."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from kmportal.library.models import Credit, Item, KnowledgePage, Talk
from kmportal.people.models import Person
from kmportal.taxonomy.models import PmqaCategory, PmqaCode, Topic

Tag = tuple[str, str]


@dataclass
class Order:
    """The words and tags of one row."""

    words: list[str] = field(default_factory=list)
    tags: set[Tag] = field(default_factory=set)

    @property
    def names(self) -> str:
        return "\n".join(dict.fromkeys(word for word in self.words if word))


def of_pages(keys: Iterable[int]) -> dict[int, Order]:
    """By page."""
    keys = list(keys)
    found: defaultdict[int, Order] = defaultdict(Order)
    _link(
        found,
        KnowledgePage.categories.through,
        keys,
        owner="knowledgepage",
        target="pmqacategory",
        model=PmqaCategory,
        say=category,
    )
    _link(found, KnowledgePage.codes.through, keys, owner="knowledgepage", target="pmqacode", model=PmqaCode, say=code)
    _link(found, KnowledgePage.topics.through, keys, owner="knowledgepage", target="topic", model=Topic, say=topic)
    return found


def of_items(keys: Iterable[int]) -> dict[int, Order]:
    """By statement."""
    keys = list(keys)
    found: defaultdict[int, Order] = defaultdict(Order)
    _link(found, Item.categories.through, keys, owner="item", target="pmqacategory", model=PmqaCategory, say=category)
    _link(found, Item.codes.through, keys, owner="item", target="pmqacode", model=PmqaCode, say=code)
    return found


def speakers(talks: Iterable[int]) -> dict[int, list[str]]:
    """Names of those who spoke, by talk."""
    links = Talk.speakers.through.objects.filter(talk__in=list(talks)).order_by("pk").values_list("talk", "person")
    return _people(list(links))


def credited(pages: Iterable[int]) -> dict[int, list[str]]:
    """Names of those whom a lesson or practice is credited to, by page."""
    links = Credit.objects.filter(page__in=list(pages)).order_by("sort_order", "pk").values_list("page", "person")
    return _people(list(links))


def _people(links: list[tuple[int, int]]) -> dict[int, list[str]]:
    people = Person.objects.in_bulk({person for _owner, person in links})
    found: defaultdict[int, list[str]] = defaultdict(list)
    for owner, person in links:
        found[owner].append(people[person].formal_name)
    return found


def category(row: PmqaCategory) -> tuple[list[str], Tag]:
    """Its number and names in both languages; the tag is the number, which means the same in every edition."""
    words = [gettext("Category %(number)s %(name)s") % {"number": row.number, "name": row.name_th}, row.name_en]
    return words, ("category", row.number)


def code(row: PmqaCode) -> tuple[list[str], Tag]:
    return [f"{row.code} {row.label_th}", row.label_en], ("code", str(row.pk))


def topic(row: Topic) -> tuple[list[str], Tag]:
    return [row.name_th, row.name_en], ("topic", row.slug)


def _link(found: dict[int, Order], through: Any, keys: list[int], *, owner: str, target: str, model: Any, say: Any) -> None:
    links = list(through.objects.filter(**{f"{owner}__in": keys}).order_by("pk").values_list(owner, target))
    rows = model.objects.in_bulk({other for _key, other in links})
    for key, other in links:
        words, tag = say(rows[other])
        found[key].words += words
        found[key].tags.add(tag)
