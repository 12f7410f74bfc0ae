"""Documents of a community: shared, given a newer version, counted when fetched, taken away and brought back."""

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.commons.actions.ground import CommonsError, members, take, titled
from communities.commons.kinds import DOCUMENT_NEW
from communities.commons.models import DocumentVersion, SpaceDocument
from communities.commons.permissions import can_change_document, can_restore
from communities.models import Community
from communities.permissions import can_take_part
from kmportal.inbox.actions import tell
from kmportal.library.files import Inspected, RefusedFile, inspect
from kmportal.people.models import User

__all__ = [
    "RefusedFile", "SameFile", "add_version", "count_download", "delete_document", "describe_document", "restore_document", "share_document",
]  # fmt: skip
MOST_VERSIONS = 50


class SameFile(CommonsError):
    words = _("This file is here already. Add a newer version of it, or share another one.")


class TooManyVersions(CommonsError):
    words = _("There are 50 versions already. Share it as a new document.")


@transaction.atomic
def share_document(
    *, actor: User, community: Community, data: bytes, filename: str, title: str = "", summary: str = ""
) -> SpaceDocument:
    """Put a file where all members find it.

    Raises:
        PermissionDenied: the actor may not take part in the community.
        RefusedFile: in words for the person.
        SameFile, TooLong
    """
    if not can_take_part(actor, community):
        raise PermissionDenied
    found = inspect(data, filename)
    now = timezone.now()
    document = SpaceDocument.objects.create(
        community=community, author=actor, created_at=now, changed_at=now,
        title=titled(title.strip() or found.name.rsplit(".", 1)[0].replace("_", " ")), summary=_line(summary),
    )  # fmt: skip
    _store(document, actor, data, found)
    tell(kind=DOCUMENT_NEW, recipients=members(community), actor=actor, thing=document, key=f"document:{document.pk}")
    return document


@transaction.atomic
def add_version(*, actor: User, document: SpaceDocument, data: bytes, filename: str, note: str = "") -> DocumentVersion:
    """Put a newer file on top; the older ones stay to be fetched.

    Raises:
        SpaceDocument.DoesNotExist, PermissionDenied
        RefusedFile, SameFile, TooManyVersions
    """
    current = _changeable(actor, document)
    found = inspect(data, filename)
    version = _store(current, actor, data, found, note)
    current.changed_at = version.created_at
    current.save(update_fields=["changed_at"])
    return version


@transaction.atomic
def describe_document(*, actor: User, document: SpaceDocument, title: str, summary: str) -> SpaceDocument:
    """Change what is said about it.

    Raises:
        SpaceDocument.DoesNotExist, PermissionDenied
        NoTitle, TooLong
    """
    current = _changeable(actor, document)
    current.title, current.summary = titled(title), _line(summary)
    current.save(update_fields=["title", "summary"])
    return current


@transaction.atomic
def delete_document(*, actor: User, document: SpaceDocument) -> SpaceDocument:
    """Take it out of sight. Its files stay until it is restored.

    Raises:
        SpaceDocument.DoesNotExist, PermissionDenied
    """
    current = _changeable(actor, document)
    current.deleted_at, current.deleted_by = timezone.now(), actor
    current.save(update_fields=["deleted_at", "deleted_by"])
    return current


@transaction.atomic
def restore_document(*, actor: User, document: SpaceDocument) -> SpaceDocument:
    """Bring it back.

    Raises:
        SpaceDocument.DoesNotExist, PermissionDenied
    """
    current = take(actor=actor, thing=document, deleted=True)
    if not can_restore(actor, current):
        raise PermissionDenied
    current.deleted_at = current.deleted_by = None
    current.save(update_fields=["deleted_at", "deleted_by"])
    return current


def count_download(*, document: SpaceDocument) -> None:
    """One more. Who fetched it is not kept."""
    SpaceDocument.objects.filter(pk=document.pk).update(downloads=F("downloads") + 1)


def _changeable(actor: User, document: SpaceDocument) -> SpaceDocument:
    current = take(actor=actor, thing=document)
    if not can_change_document(actor, current):
        raise PermissionDenied
    return current


def _store(document: SpaceDocument, actor: User, data: bytes, found: Inspected, note: str = "") -> DocumentVersion:
    """Callers hold the document; a file whose row does not come to stay is taken out of the storage again."""
    here = DocumentVersion.objects.filter(document__community=document.community_id, document__deleted_at=None)
    if here.filter(sha256=found.sha256).exists():
        raise SameFile
    number = (document.versions.aggregate(newest=Max("number"))["newest"] or 0) + 1
    if number > MOST_VERSIONS:
        raise TooManyVersions
    version = DocumentVersion(
        document=document, number=number, name=found.name, extension=found.extension, size=len(data), sha256=found.sha256,
        note=_line(note)[:200], author=actor, created_at=timezone.now(),
    )  # fmt: skip
    version.file.save(found.name, ContentFile(data), save=False)
    try:
        version.save()
    except Exception:
        version.file.delete(save=False)
        raise
    return version


def _line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:400]
