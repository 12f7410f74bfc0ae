"""The passages that a search is about: those the reader may see, of the wanted kinds, tags and year."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from kmportal.retrieval.models import Passage, PassageTag
from kmportal.retrieval.plan import common_era
from kmportal.retrieval.readers import Readers

Tag = tuple[str, str]


def passages(
    readers: Readers, *, kinds: Iterable[str] = (), tags: Iterable[Tag] = (), year: int | None = None
) -> QuerySet[Passage]:
    """Values of one tag name widen the choice, different names narrow it. The year may be of either era."""
    rows = Passage.objects.filter(readers.condition())
    if wanted := sorted(set(kinds)):
        rows = rows.filter(kind__in=wanted)
    by_name: dict[str, list[str]] = defaultdict(list)
    for name, value in tags:
        by_name[name].append(value)
    for name, values in sorted(by_name.items()):
        rows = rows.filter(Exists(PassageTag.objects.filter(passage=OuterRef("pk"), name=name, value__in=sorted(values))))
    if year is not None:
        of_our_time = min(max(common_era(year), date.min.year), date.max.year)
        rows = rows.filter(dated__gte=date(of_our_time, 1, 1), dated__lte=date(of_our_time, 12, 31))
    return rows


def tags_of(passages: Iterable[int]) -> dict[int, set[Tag]]:
    """The tags of passages that were found, in one query."""
    found: dict[int, set[Tag]] = defaultdict(set)
    rows = PassageTag.objects.filter(passage__in=list(passages)).values_list("passage", "name", "value")
    for passage, name, value in rows:
        found[passage].add((name, value))
    return found
