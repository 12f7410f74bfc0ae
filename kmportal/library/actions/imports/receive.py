"""From the upload to the task that reads it: receive, try again, pick up what was left lying, throw away."""

import hashlib
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from kmportal.library.actions.imports import reading
from kmportal.library.importer.model import Limits
from kmportal.library.models import ImportJob
from kmportal.library.permissions import can_import, can_work_on_import
from kmportal.people.models import User

UPLOADS_A_DAY = 60
LARGEST = Limits().upload_bytes


class TooManyUploads(Exception):
    """The person has reached the number of uploads for one day."""


class TooLarge(Exception):
    """The file is larger than the importer takes."""


class CannotRetry(Exception):
    """There is nothing to try again: the file was refused and is gone, or was read."""


def upload(*, actor: User, file: File[bytes], name: str, now: datetime) -> ImportJob:
    """Stores the file where no address leads and has it read in the background.

    Raises:
        PermissionDenied: the actor may not import.
        TooLarge, TooManyUploads: nothing was stored.
    """
    if not can_import(actor):
        raise PermissionDenied
    if file.size > LARGEST:
        raise TooLarge
    if ImportJob.objects.filter(owner=actor, created_at__gt=now - timedelta(days=1)).count() >= UPLOADS_A_DAY:
        raise TooManyUploads
    job = ImportJob(owner=actor, filename=_shown_name(name), sha256=_digest(file))
    job.file.save("upload", file, save=False)
    try:
        with transaction.atomic():
            job.save()
            transaction.on_commit(lambda: reading.enqueue(job_id=job.pk))
    except BaseException:
        job.file.storage.delete(str(job.file.name))
        raise
    resume(now=now)
    return job


def retry(*, actor: User, job: ImportJob) -> None:
    """Reads a file again that was not read through no fault of its own.

    Raises:
        PermissionDenied: the import is not the actor's.
        CannotRetry: the file is gone or was read.
    """
    if not can_work_on_import(actor, job):
        raise PermissionDenied
    with transaction.atomic():
        waiting = ImportJob.objects.filter(pk=job.pk, state=ImportJob.State.FAILED).exclude(file="")
        if not waiting.update(state=ImportJob.State.WAITING, step=0, attempts=0, problem=""):
            raise CannotRetry
        transaction.on_commit(lambda: reading.enqueue(job_id=job.pk))


def resume(*, now: datetime) -> int:
    """Hands every import that was left lying, say by a restart in the middle of it, to the reader again; gives their number.

    Called by the worker every minute and with every upload. Reading claims a job first, so a job handed over twice is read once.
    """
    left = list(ImportJob.objects.left_lying(now).values_list("pk", flat=True))
    # Marked as heard of, so that the next round does not hand them over again while they wait in the queue.
    ImportJob.objects.filter(pk__in=left, state=ImportJob.State.READING).update(state=ImportJob.State.WAITING)
    ImportJob.objects.filter(pk__in=left).update(updated_at=now)
    for pk in left:
        reading.enqueue(job_id=pk)
    return len(left)


def pick_up() -> None:
    """The chore of the task worker."""
    resume(now=timezone.now())


def discard(*, actor: User, job: ImportJob) -> None:
    """Throws the import away with its file. A page that was made of it stays, with its own copy of the file.

    Raises:
        PermissionDenied: the import is not the actor's.
    """
    if not can_work_on_import(actor, job):
        raise PermissionDenied
    storage, name = job.file.storage, job.file.name
    with transaction.atomic():
        job.delete()
        if name:
            transaction.on_commit(lambda: storage.delete(name))


def _shown_name(name: str) -> str:
    """The last part of the name, without control and direction characters, short enough to show."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(sign for sign in last if sign.isprintable())[:255] or "upload"


def _digest(file: File[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
