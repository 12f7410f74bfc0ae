"""Recordings and the notes at their seconds."""

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.harvest.fields import Field
from communities.interviews.actions.ground import Hand, InterviewError, heard, take_open, tidy
from communities.interviews.audio import inspect
from communities.interviews.models import Interview, Note, Recording
from communities.interviews.models.recordings import LAST_SECOND, LONGEST_NOTE
from communities.interviews.staff_acts import ADDED, TYPED
from kmportal.core import acts

MOST_RECORDINGS, MOST_NOTES = 10, 300


class TooManyRecordings(InterviewError):
    words = _("An interview takes at most 10 recordings.")


class SameRecording(InterviewError):
    words = _("This recording is here already.")


class TooManyNotes(InterviewError):
    words = _("A recording takes at most 300 notes.")


class NothingNoted(InterviewError):
    words = _("Write what is said at this place.")


class NoSuchSecond(InterviewError):
    words = _("Write the place like 12:05 or 1:02:05.")


@transaction.atomic
def add_recording(*, actor: Hand, upload: "UploadedFile[bytes]", title: str) -> Recording:
    """Keeps a recording in the private storage, after its content was looked at.

    Raises:
        Interview.DoesNotExist, NotOpen, TooManyRecordings, SameRecording, RefusedAudio
        PermissionDenied: also for the expert: recordings are made and kept by who asks.
    """
    found = take_open(actor=actor)
    if actor.is_expert or actor.user is None:
        raise PermissionDenied
    heard = inspect(upload)
    if found.recordings.filter(sha256=heard.sha256).exists():
        raise SameRecording
    if found.recordings.count() >= MOST_RECORDINGS:
        raise TooManyRecordings
    made = Recording(
        interview=found, title=" ".join(title.split())[:160] or found.title, kind=heard.kind, size=heard.size,
        sha256=heard.sha256, added_by=actor.user, created_at=timezone.now(),
    )  # fmt: skip
    made.file.save(f"recording.{heard.kind}", upload, save=False)
    try:
        made.save()
    except Exception:
        made.file.storage.delete(str(made.file.name))
        raise
    acts.record(actor=actor.user, act=ADDED, thing=made, data={"interview": found.pk})
    return made


@transaction.atomic
def remove_recording(*, actor: Hand, recording: int) -> None:
    """Takes a recording away with its notes; the file goes with the commit.

    Raises:
        Recording.DoesNotExist, Interview.DoesNotExist, PermissionDenied, NotOpen
    """
    found: Recording = take_open(actor=actor).recordings.get(pk=recording)
    file = found.file
    found.delete()
    transaction.on_commit(lambda: file.storage.delete(str(file.name)))


@transaction.atomic
def write_note(*, actor: Hand, recording: int, at: int, text: str, field: str = "", note: int | None = None) -> Note:
    """A note at a second, new or changed.

    Raises:
        Recording.DoesNotExist, Note.DoesNotExist, Interview.DoesNotExist, PermissionDenied, NotOpen
        NothingNoted, NoSuchSecond, TooManyNotes
    """
    interview = take_open(actor=actor)
    sound: Recording = interview.recordings.get(pk=recording)
    words = tidy(text, most=LONGEST_NOTE)
    if not words:
        raise NothingNoted
    if not 0 <= at <= LAST_SECOND:
        raise NoSuchSecond
    if note is None and sound.notes.count() >= MOST_NOTES:
        raise TooManyNotes
    made: Note = sound.notes.get(pk=note) if note is not None else Note(recording=sound)
    made.at, made.text, made.field = at, words, field if field in Field.values else ""
    made.typed_by, made.by_expert, made.typed_at = actor.user, actor.is_expert, timezone.now()
    made.save()
    heard(interview=interview, actor=actor)
    if not actor.is_expert:
        acts.record(actor=actor.user, act=TYPED, thing=made, data={"interview": interview.pk})
    return made


@transaction.atomic
def remove_note(*, actor: Hand, note: int) -> Interview:
    """Takes a note away.

    Raises:
        Note.DoesNotExist, Interview.DoesNotExist, PermissionDenied, NotOpen
    """
    found = take_open(actor=actor)
    Note.objects.get(pk=note, recording__interview=found).delete()
    return found
