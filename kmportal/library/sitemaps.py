"""What search engines may know: public pages of the library, plain pages, and the lists; each in Thai and in English."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Page

from kmportal.core.pmqa import CATEGORIES
from kmportal.library.models import HomePage, KnowledgePage, PlainPage


class KnowledgeMap(Sitemap[Any]):
    i18n = True
    alternates = True
    limit = 5_000

    def items(self) -> QuerySet[KnowledgePage]:
        return KnowledgePage.objects.visible_to(AnonymousUser()).current().order_by("pk")

    def location(self, item: Page) -> str:
        return item.get_url()

    def lastmod(self, item: Page) -> datetime | None:
        return item.last_published_at


class PlainMap(KnowledgeMap):
    def items(self) -> Any:
        return [*HomePage.objects.live().public(), *PlainPage.objects.live().public().order_by("pk")]


class ListMap(Sitemap[Any]):
    i18n = True
    alternates = True

    def items(self) -> list[tuple[str, tuple[str, ...]]]:
        return [("library:list", ()), *(("library:category", (number,)) for number in CATEGORIES)]

    def location(self, item: tuple[str, tuple[str, ...]]) -> str:
        name, arguments = item
        return reverse(name, args=arguments)


SITEMAPS = {"pages": PlainMap, "lists": ListMap, "knowledge": KnowledgeMap}
