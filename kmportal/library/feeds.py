"""Atom feeds of what everybody may read: all knowledge, one PMQA category, one kind of item. Newest first."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from kmportal.core.pmqa import CATEGORIES
from kmportal.core.text import shorten
from kmportal.library.models import Item, KnowledgePage
from kmportal.taxonomy.kinds import ItemKind

ENTRIES = 50
NOBODY = AnonymousUser()
# XML 1.0 holds no control characters besides tab and line ends; a pasted one must not take the whole feed down.
_CONTROL = dict.fromkeys(code for code in range(32) if code not in (9, 10, 13))


class CleanAtom(Atom1Feed):
    """Atom without the characters that XML cannot hold."""

    def add_item(self, title: str, link: str, description: str, *args: Any, **kwargs: Any) -> None:
        author = kwargs.get("author_name")
        kwargs["author_name"] = author.translate(_CONTROL) if author else author
        super().add_item(title.translate(_CONTROL), link, description.translate(_CONTROL), *args, **kwargs)


class KnowledgeFeed(Feed[Any, Any]):
    """Published pages; `number` narrows to a PMQA category. A feed reader signs in nowhere, so it gets what is public."""

    feed_type = CleanAtom

    def get_object(self, request: HttpRequest, number: str = "") -> str:
        if number and number not in CATEGORIES:
            raise Http404
        return number

    def title(self, obj: str) -> str:
        if obj:
            return _("Category %(number)s %(name)s: new knowledge") % {"number": obj, "name": CATEGORIES[obj]}
        return _("New knowledge: seminars, lessons and best practices")

    def link(self, obj: str) -> str:
        return reverse("library:category", args=[obj]) if obj else reverse("library:list")

    def feed_url(self, obj: str) -> str:
        return reverse("library:feed_category", args=[obj]) if obj else reverse("library:feed")

    def items(self, obj: str) -> Iterable[KnowledgePage]:
        pages = KnowledgePage.objects.visible_to(NOBODY).current().select_related("agency")
        if obj:
            pages = pages.filter(categories__number=obj).distinct()
        return pages.order_by("-first_published_at", "-pk")[:ENTRIES]

    def item_title(self, item: KnowledgePage) -> str:
        return item.shown_title

    def item_description(self, item: KnowledgePage) -> str:
        return item.shown_summary

    def item_link(self, item: KnowledgePage) -> str:
        return item.get_url()

    def item_author_name(self, item: KnowledgePage) -> str | None:
        return str(item.agency) if item.agency else None

    def item_pubdate(self, item: KnowledgePage) -> datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: KnowledgePage) -> datetime | None:
        return item.last_published_at


class ItemFeed(Feed[Any, Any]):
    """What was said at seminars, of one kind: all obstacles, all recommendations."""

    feed_type = CleanAtom

    def get_object(self, request: HttpRequest, kind: str) -> ItemKind:
        if kind not in ItemKind.values:
            raise Http404
        return ItemKind(kind)

    def title(self, obj: ItemKind) -> str:
        return _("%(kind)s: new from the seminars") % {"kind": obj.label}

    def link(self, obj: ItemKind) -> str:
        return reverse("library:list", query={"kind": obj.value})

    def feed_url(self, obj: ItemKind) -> str:
        return reverse("library:feed_kind", args=[obj.value])

    def items(self, obj: ItemKind) -> Iterable[Item]:
        items = Item.objects.visible_to(NOBODY).of_kind(obj.value).select_related("page", "talk__agency")
        return items.order_by("-page__dated", "-page", "position")[:ENTRIES]

    def item_title(self, item: Item) -> str:
        return shorten(item.text, 120)

    def item_description(self, item: Item) -> str:
        return item.text

    def item_link(self, item: Item) -> str:
        return item.get_absolute_url()

    def item_author_name(self, item: Item) -> str | None:
        return str(item.talk.agency) if item.talk and item.talk.agency else None

    def item_pubdate(self, item: Item) -> datetime | None:
        return item.page.first_published_at

    def item_updateddate(self, item: Item) -> datetime | None:
        day = item.page.dated
        return item.page.last_published_at or (timezone.make_aware(datetime.combine(day, time())) if day else None)
