"""Documents for tests, filed by a network coordinator through the real action."""

import io
import zipfile
from itertools import count
from typing import Any

from kmportal.library.actions.documents import Drawer, file_document
from kmportal.library.models import LibraryDocument
from kmportal.people.models import User
from kmportal.people.roles import Role
from kmportal.retrieval.actions import index
from kmportal.taxonomy.models import PmqaCategory, PmqaCode

_numbers = count(1)


def drawer(number: str = "4", code: str = "", year: int = 2026, edition: str = "") -> Drawer:
    categories = PmqaCategory.objects.filter(number=number)
    categories = categories.filter(edition__slug=edition) if edition else categories.filter(edition__is_current=True)
    category = categories.get()
    return Drawer(category, PmqaCode.objects.get(category=category, code=code) if code else None, year)


def pdf(words: str = "") -> bytes:
    """Enough of a PDF for what looks at signatures; different each time unless words are given."""
    return f"%PDF-1.4\n{words or next(_numbers)}\n%%EOF".encode()


def archive(**entries: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def make_document(
    title: str = "A document", *, actor: Any = None, data: bytes | None = None, drawers: Any = None, **fields: Any
) -> LibraryDocument:
    """Filed by the first network coordinator. A community's document is filed by one of its members, made a coordinator for that."""
    actor = actor or User.objects.filter(groups__name=Role.NETWORK_COORDINATOR.value).order_by("pk").first()
    if fields.get("visibility") == "community":
        document = make_document(
            title, actor=actor, data=data, drawers=drawers, **fields | {"visibility": "public", "community": None}
        )
        LibraryDocument.objects.filter(pk=document.pk).update(visibility="community", community=fields["community"])
        document.refresh_from_db()
        index([document])
        return document
    return file_document(
        actor=actor,
        data=data or pdf(),
        filename=f"{title}.pdf",
        title=title,
        drawers=drawers or [drawer()],
        **{"visibility": "public", **fields},
    )
