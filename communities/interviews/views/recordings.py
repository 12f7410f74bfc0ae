"""Recordings: brought in, listened to with notes at their seconds, the file itself piece by piece."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from communities.interviews.actions import recording as verbs
from communities.interviews.actions.ground import InterviewError
from communities.interviews.audio import TYPES
from communities.interviews.forms import NoteForm, RecordingForm
from communities.interviews.models import Note, Recording
from communities.interviews.presenting import heard
from communities.interviews.streaming import streamed
from communities.interviews.views.ground import Door, shown
from kmportal.core.headers import plays_media


def add(request: HttpRequest, door: Door) -> HttpResponse:
    """Upload."""
    if not door.is_worker:
        raise PermissionDenied
    form = RecordingForm(request.POST, request.FILES) if request.method == "POST" else RecordingForm()
    if form.is_bound and form.is_valid():
        try:
            made = verbs.add_recording(actor=door.writer, upload=form.cleaned_data["file"], title=form.cleaned_data["title"])
            return redirect(door.url("listen", made.pk))
        except InterviewError as problem:
            form.add_error("file", str(problem.words))
    return shown(request, "recording_new.html", door, form=form, status=422 if form.is_bound else 200)


def listen(request: HttpRequest, door: Door, number: int) -> HttpResponse:
    """The player with its time line; a form for a note, or for one that is changed (?note=)."""
    found = _recording(door, number)
    note = _note(found, request.GET.get("note", ""))
    form = NoteForm(request.POST if request.method == "POST" else None, initial=_as_typed(note))
    if form.is_bound and form.is_valid() and _noted(door, found, note, form):
        return redirect(f"{door.url('listen', found.pk)}#t={form.cleaned_data['at']}")
    writes = door.hand is not None and door.interview.is_open
    words = {"heard": heard(door, found), "form": form, "note": note, "writes": writes, "kind": TYPES[found.kind]}
    return plays_media(shown(request, "listen.html", door, status=422 if form.is_bound else 200, **words))


def file(request: HttpRequest, door: Door, number: int) -> HttpResponseBase:
    """The sound, to whoever reads the interview."""
    found = _recording(door, number)
    storage, name = found.file.storage, found.file.name or ""
    if not storage.exists(name):
        raise Http404
    asked = request.headers.get("Range", "")
    return streamed(asked, storage=storage, name=name, kind=TYPES[found.kind], filename=f"recording-{found.pk}.{found.kind}")


def remove(request: HttpRequest, door: Door, number: int) -> HttpResponse:
    """Asks, then takes the recording away with its notes."""
    found = _recording(door, number)
    hand = door.writer
    if request.method != "POST":
        return shown(request, "recording_remove.html", door, recording=found)
    try:
        verbs.remove_recording(actor=hand, recording=found.pk)
        messages.success(request, _("The recording and its notes are deleted."))
    except InterviewError as problem:
        messages.error(request, str(problem.words))
    return redirect(door.page)


def note_remove(request: HttpRequest, door: Door, number: int) -> HttpResponse:
    """Takes a note away; back to its recording."""
    found = next((note for one in door.interview.recordings.all() for note in one.notes.filter(pk=number)), None)
    if request.method != "POST" or found is None:
        return redirect(door.page if found is None else door.url("listen", found.recording_id))
    try:
        verbs.remove_note(actor=door.writer, note=found.pk)
    except InterviewError as problem:
        messages.error(request, str(problem.words))
    return redirect(door.url("listen", found.recording_id))


def _recording(door: Door, number: int) -> Recording:
    rows = door.interview.recordings.select_related("added_by__person").prefetch_related("notes__typed_by__person")
    found: Recording = rows.get(pk=number)
    return found


def _note(recording: Recording, pk: str) -> Note | None:
    return next((one for one in recording.notes.all() if str(one.pk) == pk), None)


def _as_typed(note: Note | None) -> dict[str, str]:
    return {"at": note.clock, "text": note.text, "field": note.field} if note else {}


def _noted(door: Door, recording: Recording, note: Note | None, form: NoteForm) -> bool:
    try:
        verbs.write_note(actor=door.writer, recording=recording.pk, note=note.pk if note else None, **form.cleaned_data)
    except InterviewError as problem:
        form.add_error(None, str(problem.words))
        return False
    return True
