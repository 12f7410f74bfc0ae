"""Documents in the drawers of the cabinet."""

from collections.abc import Callable
from typing import Any

from communities.models import Community
from kmportal.demo.actions.people import account
from kmportal.demo.content import FILES, read
from kmportal.library.actions.documents import AlreadyStored, Drawer, file_document
from kmportal.library.models import LibraryDocument
from kmportal.people.models import Agency
from kmportal.taxonomy.models import PmqaCategory, PmqaCode


def file_documents(*, say: Callable[[str], None]) -> None:
    """Forms, checklists and registers, each in one or more drawers."""
    known = set(LibraryDocument.objects.values_list("title", flat=True))
    missing = [entry for entry in read("documents") if entry["title"] not in known]
    if missing:
        say(f"{len(missing)} documents")
    for entry in missing:
        _file(entry)


def _file(entry: dict[str, Any]) -> None:
    try:
        file_document(
            actor=account(entry["by"]),
            data=(FILES / entry["file"]).read_bytes(),
            filename=entry["file"],
            title=entry["title"],
            summary=entry["summary"],
            visibility=entry["visibility"],
            agency=Agency.objects.get(slug=entry["agency"]),
            community=Community.objects.get(slug=entry["community"]) if "community" in entry else None,
            drawers=[_drawer(*place) for place in entry["drawers"]],
        )
    except AlreadyStored:
        # Somebody gave it another title: theirs stays.
        return


def _drawer(edition: str, category: str, code: str, year: int) -> Drawer:
    found = PmqaCategory.objects.get(edition__slug=edition, number=category)
    return Drawer(found, PmqaCode.objects.get(category=found, code=code), year)


def document(key: str) -> LibraryDocument | None:
    """The document of that key, if nobody renamed or removed it."""
    title = next(entry["title"] for entry in read("documents") if entry["key"] == key)
    return LibraryDocument.objects.filter(title=title).first()
