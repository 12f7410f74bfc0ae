"""The words inside filed documents, for search: read in the background, in a process of its own that a hostile file cannot break out of."""

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task

from kmportal.library.files import Inspected
from kmportal.library.importer.model import Source
from kmportal.library.importing import sandbox
from kmportal.library.models import LibraryDocument
from kmportal.retrieval import actions as search

# About 375 passages: the beginning of a longer file.
LENGTH = 300_000
PAGE_BREAK = "\f"
State = LibraryDocument.TextState
# Longer than any reading takes: what is still waiting was left lying, say by a restart.
LEFT = timedelta(minutes=3)
ROUND = 20
logger = logging.getLogger(__name__)


def ask(*, document: LibraryDocument, found: Inspected) -> None:
    """Notes on an unsaved document that its file is to be read, and forgets what the last file said."""
    document.text, document.text_problem = "", ""
    document.text_state = State.WAITING if found.has_text else State.NONE
    document.text_asked = timezone.now()


def read_soon(*, document: LibraryDocument) -> None:
    """Has the file read after the commit, where that was asked for."""
    if document.text_state == State.WAITING:
        transaction.on_commit(lambda: read_document.enqueue(document.pk) and None)


@task()
def read_document(document_id: int) -> None:
    """The task behind an upload."""
    read(document_id=document_id)


def read(*, document_id: int) -> None:
    """Reads the words of a file, or says why they cannot be read. A file that was replaced meanwhile is left to its own reading."""
    document = LibraryDocument.objects.filter(pk=document_id, text_state=State.WAITING).first()
    if document is None:
        return
    try:
        with document.file.open("rb") as file:
            said: dict[str, Any] = {"text": _words(sandbox.read_file(file.read(), document.filename)), "text_state": State.READ}
    except sandbox.ReadingFailed as error:
        logger.info("Document %d was not read: %s", document.pk, error)
        said = {"text": "", "text_state": State.FAILED, "text_problem": error.code}
    except FileNotFoundError:
        said = {"text": "", "text_state": State.FAILED, "text_problem": "lost"}
    with transaction.atomic():
        same = LibraryDocument.objects.filter(pk=document.pk, sha256=document.sha256, file=document.file.name)
        if same.update(**said):
            search.index([document])


def pick_up() -> None:
    """The chore of the task worker: hands over again what was left lying, and what came in by a way that hands over nothing."""
    now = timezone.now()
    left = LibraryDocument.objects.filter(Q(text_asked=None) | Q(text_asked__lt=now - LEFT), text_state=State.WAITING)
    keys = list(left.order_by(F("text_asked").asc(nulls_first=True), "pk").values_list("pk", flat=True)[:ROUND])
    LibraryDocument.objects.filter(pk__in=keys).update(text_asked=now)
    for key in keys:
        read_document.enqueue(key)


def _words(source: Source) -> str:
    """The lines of the file; what stands on different pages is apart by a form feed. An empty page keeps its place in the count."""
    pages: list[str] = [""]
    for line in source.lines:
        while line.page is not None and len(pages) < line.page:
            pages.append("")
        if line.text:
            pages[-1] += f"{line.text}\n"
    return PAGE_BREAK.join(pages).replace("\0", "")[:LENGTH]
