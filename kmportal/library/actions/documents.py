"""The document cabinet: a file is stored once and filed in as many drawers as people look for it in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection
from wagtail.search import index as search_index

from kmportal.library.actions import texts
from kmportal.library.files import Inspected, RefusedFile, inspect
from kmportal.library.models import Filing, LibraryDocument
from kmportal.library.permissions import can_change_document, can_file_documents
from kmportal.library.visibility import Visibility
from kmportal.people.models import Agency
from kmportal.people.roles import Role
from kmportal.retrieval import actions as search
from kmportal.taxonomy.models import PmqaCategory, PmqaCode

__all__ = [
    "AlreadyStored",
    "Drawer",
    "NoDrawer",
    "RefusedFile",
    "WrongCircle",
    "describe",
    "file_document",
    "refile",
    "replace_file",
]
FIRST_YEAR, LAST_YEAR = 1957, 2200


@dataclass(frozen=True)
class Drawer:
    """A PMQA category, or one of its codes, in one fiscal year (C.E., named by the year it ends in)."""

    category: PmqaCategory
    code: PmqaCode | None
    year: int


class DocumentError(Exception):
    """The step is not possible; `words` say why and what to do."""

    words: Any = ""


class AlreadyStored(DocumentError):
    """The very same file is there, and the actor may read it: it can be filed in more drawers instead."""

    words = _("This file is in the cabinet already. File it in more drawers instead of storing it twice.")

    def __init__(self, document: LibraryDocument) -> None:
        super().__init__(document.pk)
        self.document = document


class NoDrawer(DocumentError):
    words = _("Choose at least one drawer: a PMQA category or code, and a fiscal year.")


class WrongCircle(DocumentError):
    words = _("You can keep a document to your own agency or to a community that you belong to.")


@transaction.atomic
def file_document(
    *,
    actor: Any,
    data: bytes,
    filename: str,
    drawers: Sequence[Drawer],
    title: str = "",
    summary: str = "",
    visibility: str = Visibility.NETWORK,
    agency: Agency | None = None,
    community: Any = None,
) -> LibraryDocument:
    """Stores a file and puts it into its drawers.

    Raises:
        PermissionDenied: no coordinator.
        RefusedFile, NoDrawer, WrongCircle: in words for the person.
        AlreadyStored: with the document that holds the same content. Copies that the actor may not read are not mentioned.
    """
    if not can_file_documents(actor):
        raise PermissionDenied
    _require_drawers(drawers)
    _require_circle(actor, visibility, agency, community)
    found = inspect(data, filename)
    collection = _locked_root()
    if same := _same_file(actor, found):
        raise AlreadyStored(same)
    document = LibraryDocument(
        title=(title.strip() or found.name.rsplit(".", 1)[0].replace("_", " "))[:255],
        summary=summary.strip(),
        visibility=visibility,
        agency=agency,
        community=community,
        uploaded_by_user=actor,
        collection=collection,
    )
    _store(document, data, found)
    _file(document, drawers)
    search.index([document])
    return document


@transaction.atomic
def refile(*, actor: Any, document: LibraryDocument, drawers: Sequence[Drawer]) -> list[Drawer]:
    """Puts the document into exactly these drawers; gives those it was in, so that the step can be taken back.

    Raises:
        PermissionDenied: not the document's keeper.
        NoDrawer
    """
    if not can_change_document(actor, document):
        raise PermissionDenied
    _require_drawers(drawers)
    before = drawers_of(document)
    document.filings.all().delete()
    _file(document, drawers)
    search.index([document])
    return before


@transaction.atomic
def describe(
    *, actor: Any, document: LibraryDocument, title: str, summary: str, visibility: str, agency: Agency | None, community: Any
) -> None:
    """Changes what is said about the document, and who may read it.

    Raises:
        PermissionDenied, WrongCircle
    """
    if not can_change_document(actor, document):
        raise PermissionDenied
    _require_circle(actor, visibility, agency, community)
    document.title, document.summary = title.strip()[:255] or document.title, summary.strip()
    document.visibility, document.agency, document.community = visibility, agency, community
    document.save(update_fields=["title", "summary", "visibility", "agency", "community"])
    transaction.on_commit(lambda: search_index.insert_or_update_object(document))


@transaction.atomic
def replace_file(*, actor: Any, document: LibraryDocument, data: bytes, filename: str) -> None:
    """Puts a newer file in the place of the old one; drawers, pages and the document's own address stay.

    Raises:
        PermissionDenied, RefusedFile
        AlreadyStored: another document that the actor may read holds this very file.
    """
    if not can_change_document(actor, document):
        raise PermissionDenied
    found = inspect(data, filename)
    _locked_root()
    same = _same_file(actor, found)
    if same is not None and same.pk != document.pk:
        raise AlreadyStored(same)
    old, storage = document.file.name, document.file.storage
    _store(document, data, found)
    if old != document.file.name:
        transaction.on_commit(lambda: storage.delete(old))


def drawers_of(document: LibraryDocument) -> list[Drawer]:
    filings = document.filings.select_related("category__edition", "code")
    return [Drawer(filing.category, filing.code, filing.year) for filing in filings]


def _require_drawers(drawers: Iterable[Drawer]) -> None:
    wanted = list(drawers)
    if not wanted or not all(FIRST_YEAR <= drawer.year <= LAST_YEAR for drawer in wanted):
        raise NoDrawer


def _require_circle(actor: Any, visibility: str, agency: Agency | None, community: Any) -> None:
    """Only circles the actor stands in: otherwise they could not read their own document, or would speak for others."""
    if visibility == Visibility.AGENCY:
        own = agency is not None and agency.pk in actor.agency_ids
        within = agency is not None and actor.agency_id in {above.pk for above in agency.lineage()}
        if agency is None or not (own or within or actor.has_role(Role.NETWORK_COORDINATOR)):
            raise WrongCircle
    if visibility == Visibility.COMMUNITY and (
        community is None or not actor.memberships.filter(community=community.pk).exists()
    ):
        raise WrongCircle


def _same_file(actor: Any, found: Inspected) -> LibraryDocument | None:
    return LibraryDocument.objects.visible_to(actor).filter(sha256=found.sha256).order_by("pk").first()


def _locked_root() -> Collection:
    """One upload at a time looks for doubles and stores; two people who send the same file at once do not store it twice."""
    return Collection.objects.select_for_update().get(depth=1)


def _store(document: LibraryDocument, data: bytes, found: Inspected) -> None:
    document.file.save(found.name, ContentFile(data), save=False)
    document.sha256 = found.sha256
    texts.ask(document=document, found=found)
    document._set_document_file_metadata()
    document.save()
    texts.read_soon(document=document)


def _file(document: LibraryDocument, drawers: Iterable[Drawer]) -> None:
    wanted = {(drawer.category.pk, drawer.code.pk if drawer.code else None, drawer.year) for drawer in drawers}
    Filing.objects.bulk_create(
        Filing(document=document, category_id=category, code_id=code, year=year)
        for category, code, year in sorted(wanted, key=str)
    )
