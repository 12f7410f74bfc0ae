"""Communities in the search index: what they are about, their goal and charter. Nobody's name stands in it. Declared by CommunitiesConfig.ready."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from kmportal.library.searched_order import Order, category, code, topic
from kmportal.library.searched_pages import plain
from kmportal.library.visibility import Visibility
from kmportal.retrieval import sources
from kmportal.retrieval.chunks import split
from kmportal.retrieval.sources import Source, Text
from kmportal.taxonomy.models import PmqaCategory, PmqaCode, Topic


def audience_of(community: Community) -> str:
    """Members alone find what is hidden, and what is part of something hidden; everybody in the network the rest."""
    if community.is_hidden or (community.parent is not None and community.parent.is_hidden):
        return f"community:{community.pk}"
    return Visibility.NETWORK.value


def living() -> "QuerySet[Any]":
    return Community.objects.living().select_related("parent")


def describe(found: Iterable[Community]) -> Iterator[tuple[int, list[Text]]]:
    found = list(found)
    orders = _orders([one.pk for one in found])
    with translation.override(settings.LANGUAGE_CODE):
        for one in found:
            yield one.pk, list(_texts(one, orders[one.pk]))


def _texts(one: Community, order: Order) -> Iterator[Text]:
    common: dict[str, Any] = {
        "title": one.name,
        "audience": audience_of(one),
        "names": "\n".join(part for part in (one.name_en, order.names) if part),
        "tags": frozenset(order.tags),
        "dated": timezone.localdate(one.created_at),
    }
    words = "\n".join(part for part in (one.domain, one.goal) if part)
    for body in split(words) or [""]:
        yield Text(body=body, url=one.get_absolute_url(), **common)
    for body in split(plain(one.charter)) if one.charter else []:
        yield Text(body=body, url=f"{one.get_absolute_url()}#charter", **common)


def _orders(keys: list[int]) -> "defaultdict[int, Order]":
    found: defaultdict[int, Order] = defaultdict(Order)
    link: Any
    for link in Community.topics.through.objects.filter(community__in=keys).select_related("topic").order_by("pk"):
        _add(found[link.community_id], topic(link.topic))
    coded = Community.codes.through.objects.filter(community__in=keys).select_related("pmqacode__category").order_by("pk")
    for link in coded:
        _add(found[link.community_id], code(link.pmqacode))
        _add(found[link.community_id], category(link.pmqacode.category))
    return found


def _add(order: Order, said: tuple[list[str], tuple[str, str]]) -> None:
    words, tag = said
    order.words += words
    order.tags.add(tag)


def declare() -> None:
    sources.register(
        Source(
            "community", Community, living, describe, _("Communities"), 45, icon="people",
            # A part of what becomes hidden is not everybody's to find any more.
            stands_on={Community: lambda keys: Community.objects.filter(parent__in=keys)},
            repeats={
                Topic: lambda keys: Community.objects.filter(topics__in=keys),
                PmqaCode: lambda keys: Community.objects.filter(codes__in=keys),
                PmqaCategory: lambda keys: Community.objects.filter(codes__category__in=keys),
            },
        )
    )  # fmt: skip
