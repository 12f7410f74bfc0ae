"""Everything of a community as a ZIP: asked for by a facilitator, made by the worker, kept for a week."""

import logging
import tempfile
import zipfile
from datetime import timedelta
from functools import partial
from typing import IO

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from communities import exports
from communities.actions.ground import CommunityError, locked
from communities.models import Community, Export
from communities.permissions import can_export
from kmportal.people.models import User

KEPT = timedelta(days=7)
PATIENCE = timedelta(hours=2)
"""After this an export that is still being made was lost with its worker."""
logger = logging.getLogger(__name__)


class ExportRunning(CommunityError):
    words = _("A file is being made already. This page shows how far it is.")


@transaction.atomic
def ask_export(*, actor: User, community: Community) -> Export:
    """Have the file made. Files made before stay until their time is over.

    Raises:
        PermissionDenied: the actor is no facilitator of it.
        ExportRunning
    """
    current = locked(community)
    if not can_export(actor, current):
        raise PermissionDenied
    if current.exports.filter(state__in=[Export.State.WAITING, Export.State.RUNNING]).exists():
        raise ExportRunning
    made = Export.objects.create(community=current, asked_by=actor, parts=len(exports.every()))
    transaction.on_commit(partial(make_export.enqueue, pk=made.pk, language=actor.language), robust=True)
    return made


@task()
def make_export(*, pk: int, language: str) -> None:
    """Writes the file part by part; a part that fails makes the whole fail, so that nobody trusts half of it."""
    claimed = Export.objects.filter(pk=pk, state=Export.State.WAITING)
    if not claimed.update(state=Export.State.RUNNING, started_at=timezone.now()):
        return
    export = Export.objects.select_related("community").get(pk=pk)
    try:
        with tempfile.TemporaryFile() as whole, translation.override(language):
            _write(export, whole)
            whole.seek(0)
            export.file.save(f"{export.community.slug}-{timezone.localdate():%Y%m%d}-{pk}.zip", File(whole), save=False)
    except Exception:  # whatever a part failed with, the facilitator is told and the log says more
        logger.exception("The export %s failed", pk)
        Export.objects.filter(pk=pk).update(state=Export.State.FAILED, finished_at=timezone.now())
        return
    now = timezone.now()
    Export.objects.filter(pk=pk).update(
        state=Export.State.READY, file=export.file.name, size=export.file.size, finished_at=now, expires_at=now + KEPT
    )


def clear_old_exports() -> None:
    """The chore of the task worker: files whose time is over go, and what was lost is said to have failed."""
    now = timezone.now()
    for export in Export.objects.filter(expires_at__lt=now)[:20]:
        export.file.delete(save=False)
        export.delete()
    lost = Export.objects.filter(state__in=[Export.State.WAITING, Export.State.RUNNING], created_at__lt=now - PATIENCE)
    lost.update(state=Export.State.FAILED, finished_at=now)


def _write(export: Export, whole: IO[bytes]) -> None:
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, part) in enumerate(exports.every(), 1):
            for path, content in part(export.community):
                archive.writestr(f"{name}/{path}", content)
            Export.objects.filter(pk=export.pk).update(done=number)
