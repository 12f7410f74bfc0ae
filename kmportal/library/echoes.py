"""Who else said this: statements of other talks that say nearly the same.

The bands of a text's signature are in an index column; texts that share one are compared exactly. So the cost depends on how many say
the same, not on how many statements there are.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import product
from typing import Any

from django.db.models import Count

from kmportal.library.importer.similar import ALIKE, bands, plain, resemblance, signature
from kmportal.library.models import Item, ItemBand, SeminarPage

BATCH = 500
SHORTEST = 8
MOST = 20
_CROWD = 60  # so many statements under one key are looked at; more are copies of one another


def index(fresh: Iterable[Item]) -> None:
    """Writes the bands of statements whose text is new or changed."""
    fresh = list(fresh)
    ItemBand.objects.filter(item__in=[item.pk for item in fresh]).delete()
    rows = (
        ItemBand(item=item, band=int(band, 16), value=int(value, 16))
        for item in fresh
        if len(plain(item.text)) >= SHORTEST
        for band, value in (key.split(":") for key in bands(signature(item.text)))
    )
    ItemBand.objects.bulk_create(rows, batch_size=BATCH)


def of_page(page: SeminarPage, user: Any) -> dict[int, set[int]]:
    """Statements of other talks that say the same, by statement of the page that has any: only what this reader may see."""
    own = ItemBand.objects.filter(item__page_id=page.pk, item__retired=False).values("value")
    shared = ItemBand.objects.filter(value__in=own).values("value").annotate(n=Count("pk")).filter(n__gt=1).values("value")
    rows = ItemBand.objects.filter(value__in=shared, item__in=Item.objects.visible_to(user).order_by().values("pk"))
    here: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    all_under: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    said: dict[int, tuple[int, int | None, str]] = {}
    for band, value, pk, page_id, talk_id, text in rows.values_list(
        "band", "value", "item", "item__page", "item__talk", "item__text"
    ):
        said[pk] = (page_id, talk_id, text)
        all_under[band, value].append(pk)
        if page_id == page.pk:
            here[band, value].append(pk)
    pairs = {pair for key, mine in here.items() for pair in product(mine, all_under[key][:_CROWD])}
    found: defaultdict[int, set[int]] = defaultdict(set)
    for mine, other in pairs:
        if said[mine][:2] != said[other][:2] and resemblance(said[mine][2], said[other][2]) >= ALIKE:
            found[mine].add(other)
    return dict(found)


def of_item(item: Item, user: Any) -> list[Item]:
    """Statements of other talks that say nearly the same, most alike first."""
    values = ItemBand.objects.filter(item=item).values("value")
    candidates = (
        Item.objects.visible_to(user)
        .filter(pk__in=ItemBand.objects.filter(value__in=values).values("item"))
        .exclude(page=item.page, talk=item.talk)
        .select_related("page__agency", "talk__agency")
        .order_by("-page__dated", "pk")[: _CROWD * 2]
    )
    scored = [(resemblance(item.text, other.text), other) for other in candidates]
    alike = [(score, other) for score, other in scored if score >= ALIKE]
    return [other for _score, other in sorted(alike, key=lambda pair: -pair[0])][:MOST]
