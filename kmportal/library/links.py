"""Links inside rich text, to addresses that say nothing: the title of a page and the name of a file are content of their circle."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from kmportal.library.models import KnowledgePage, LibraryDocument


class DocumentLink(DocumentLinkHandler):
    """To the document's page in the cabinet, which asks who reads; not to the file, whose name stands in its address."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        found: list[LibraryDocument | None] = cls.get_many(attrs_list)
        return [_opening(reverse("library:document", args=[document.pk])) if document else "<a>" for document in found]


class PageLink(PageLinkHandler):
    """Knowledge pages by their short address; pages that everybody may read by their own."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        found: list[Page | None] = cls.get_many(attrs_list)
        return [_opening(_address(page)) if page else "<a>" for page in found]


def _address(page: Page) -> str:
    return reverse("library:short", args=[page.pk]) if isinstance(page, KnowledgePage) else page.get_url()


def _opening(address: str) -> str:
    return str(format_html('<a href="{}">', address))
