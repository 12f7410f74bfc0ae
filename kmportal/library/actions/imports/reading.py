"""Reading an upload in the background: one step after the other, each saved, so that the page can say how far it is."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from kmportal.inbox.actions import tell
from kmportal.library.importing import names, sandbox
from kmportal.library.importing.vocabulary import vocabulary
from kmportal.library.importing.work import Choices
from kmportal.library.models import ImportJob
from kmportal.library.notices import IMPORT_READ

ATTEMPTS = 3
READING, RECOGNISING, MATCHING, READY = 1, 2, 3, 4
# The file is kept after these, because another try may succeed; after all others nothing is kept.
OUR_FAULT = frozenset({"broken"})
logger = logging.getLogger(__name__)


@task()
def read_import(job_id: int) -> None:
    """The task behind an upload. Its owner went on with other work meanwhile, so they are told how it ended."""
    try:
        read(job_id=job_id, now=timezone.now())
    finally:
        _tell(job_id)


def _tell(job_id: int) -> None:
    ended = ImportJob.objects.filter(pk=job_id, state__in=(ImportJob.State.REVIEW, ImportJob.State.FAILED))
    if job := ended.select_related("owner").first():
        words = {"failed": job.state == ImportJob.State.FAILED}
        tell(kind=IMPORT_READ, recipients=[job.owner], thing=job, key=f"{job.pk}:{job.attempts}:{job.state}", data=words)


def enqueue(*, job_id: int) -> None:
    """Puts the import in the queue of the worker."""
    read_import.enqueue(job_id)


def read(*, job_id: int, now: datetime) -> None:
    """Reads, recognises, matches; leaves the import ready for review, or failed with its reason and nothing else."""
    job = _claim(job_id, now)
    if job is None:
        return
    try:
        with job.file.open("rb") as file:
            source = sandbox.read_file(file.read(), job.filename)
        _advance(job, RECOGNISING)
        draft = sandbox.understand(source, vocabulary())
        _advance(job, MATCHING)
        findings = {"items": names.echoes_of(draft), "names": names.match(draft, job.owner)}
    except sandbox.ReadingFailed as error:
        logger.info("Import %d was not read: %s", job.pk, error)
        fail(job_id=job.pk, code=error.code)
        return
    except FileNotFoundError:
        fail(job_id=job.pk, code="lost")
        return
    except Exception:
        fail(job_id=job.pk, code="broken")
        raise
    job.source, job.draft, job.findings = source.to_json(), draft.to_json(), findings
    job.choices = Choices.at_first(draft, job.owner).to_json()
    job.state, job.step, job.version = ImportJob.State.REVIEW, READY, 1
    job.save(update_fields=["source", "draft", "findings", "choices", "state", "step", "version", "updated_at"])


def fail(*, job_id: int, code: str) -> None:
    """Ends the reading with a reason. A file that cannot or must not be read is not kept."""
    with transaction.atomic():
        job = ImportJob.objects.select_for_update().get(pk=job_id)
        storage, name = job.file.storage, job.file.name
        job.state, job.problem, job.source, job.draft = ImportJob.State.FAILED, code, None, None
        if code not in OUR_FAULT:
            job.file = ""
            if name:
                transaction.on_commit(lambda: storage.delete(name))
        job.save(update_fields=["state", "problem", "source", "draft", "file", "updated_at"])


def _claim(job_id: int, now: datetime) -> ImportJob | None:
    """Takes the job for this reader, or None when another has it, it is gone, or it has killed its readers too often."""
    free = ImportJob.objects.filter(pk=job_id).claimable(now)
    if not free.update(state=ImportJob.State.READING, step=READING, attempts=F("attempts") + 1, updated_at=timezone.now()):
        return None
    job = ImportJob.objects.select_related("owner").get(pk=job_id)
    if job.attempts > ATTEMPTS:
        fail(job_id=job_id, code="too_heavy")
        return None
    return job


def _advance(job: ImportJob, step: int) -> None:
    job.step = step
    job.save(update_fields=["step", "updated_at"])
