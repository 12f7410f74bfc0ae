"""Links inside rich text, to addresses that say nothing: the title of a page and the name of a file are content of their circle."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.documents.rich_text.contentstate import DocumentLinkElementHandler
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from kmportal.library.cms_reader import may_read
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


class _DocumentInEditor(DocumentLinkElementHandler):
    def get_attribute_data(self, attrs: dict[str, Any]) -> dict[str, Any]:
        data = super().get_attribute_data(attrs)
        return data if may_read(LibraryDocument, data.get("id")) else {"id": data.get("id")}


class _PageInEditor(PageLinkElementHandler):
    def get_attribute_data(self, attrs: dict[str, Any]) -> dict[str, Any]:
        data = super().get_attribute_data(attrs)
        closed = KnowledgePage.objects.filter(pk=data["id"]).exists() and not may_read(KnowledgePage, data["id"])
        return {"id": data["id"], "url": None, "parentId": None} if closed else data


def guard_editor(rules: dict[str, Any]) -> None:
    """The text editor shows where a link leads: only where its reader may go. `rules` are those of the editor's own format."""
    rules["document-link"]["from_database_format"]['a[linktype="document"]'] = _DocumentInEditor("DOCUMENT")
    rules["link"]["from_database_format"]['a[linktype="page"]'] = _PageInEditor("LINK")


def _address(page: Page) -> str:
    return reverse("library:short", args=[page.pk]) if isinstance(page, KnowledgePage) else page.get_url()


def _opening(address: str) -> str:
    return str(format_html('<a href="{}">', address))
