"""Files and pictures of messages that were taken out, once nobody can bring them back: they leave the storage, not sight alone.

The words stay as the trace that the book of staff acts and moderators lean on; a withdrawn message has none left.
"""

from datetime import datetime
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from communities.talk.models import Attachment, Message
from communities.talk.permissions import RESTORE_WITHIN, UNDO_WITHIN
from kmportal.pictures.actions import remove, sweep
from kmportal.pictures.models import Picture

ROWS_A_ROUND = 100


def past_restoring(now: datetime) -> Q:
    """The condition for messages that nobody can bring back any more (permissions.can_restore)."""
    own = Q(deleted_by=F("author")) & Q(deleted_at__lte=now - UNDO_WITHIN)
    return own | Q(deleted_at__lte=now - RESTORE_WITHIN)


def clear_taken_out() -> None:
    """The chore of the task worker."""
    now = timezone.now()
    gone = Message.objects.filter(past_restoring(now))
    with transaction.atomic():
        for row in Attachment.objects.filter(message__in=gone.values("pk"))[:ROWS_A_ROUND]:
            row.delete()
            transaction.on_commit(partial(row.file.storage.delete, str(row.file.name)))
        kind = ContentType.objects.get_for_model(Message)
        remove(Picture.objects.filter(thing_type=kind, thing_id__in=gone.values("pk"))[:ROWS_A_ROUND])


def clear_files_without_a_row() -> None:
    """The chore of the task worker: files of withdrawn messages and of sendings that were cut off. One of the 256 folders a round."""
    now = timezone.now()
    folder = f"talk/{int(now.timestamp() // 60) % 256:02x}"
    sweep(storage=Attachment._meta.get_field("file").storage, folder=folder, known=_names, at=now)


def _names(folder: str) -> set[str]:
    return set(map(str, Attachment.objects.filter(file__startswith=f"{folder}/").values_list("file", flat=True)))
