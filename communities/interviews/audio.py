"""Recordings met with care: what they are is read from their first bytes, never from their name."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from communities.interviews.actions.ground import InterviewError

TYPES = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "webm": "audio/webm", "wav": "audio/wav"}
LOOKED_AT = 4096
SMALLEST = 256
_BRANDS = {
    b"M4A ",
    b"M4B ",
    b"mp41",
    b"mp42",
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"dash",
    b"MSNV",
    b"3gp4",
    b"3gp5",
    b"3gp6",
}
_IN_OGG = re.compile(rb"OpusHead|\x01vorbis|Speex   |\x7fFLAC")


class RefusedAudio(InterviewError):
    def __init__(self, words: Any) -> None:
        super().__init__(str(words))
        self.words = words


@dataclass(frozen=True)
class Heard:
    """A recording that may be kept."""

    kind: str
    size: int
    sha256: str


def inspect(upload: "UploadedFile[bytes]") -> Heard:
    """Looks at the file piece by piece, however long it is.

    Raises:
        RefusedAudio: too large, (nearly) empty, or no recording of a kind that browsers play.
    """
    most = settings.AUDIO_MAX_UPLOAD_SIZE
    size, whole, first = 0, hashlib.sha256(), b""
    for piece in upload.chunks():
        size += len(piece)
        if size > most:
            raise RefusedAudio(_("The recording is larger than %(most)s MB. Split it, or save it as MP3.") % {"most": most >> 20})
        whole.update(piece)
        first = first or piece[:LOOKED_AT]
    kind = sniffed(first)
    if size < SMALLEST or not kind:
        raise RefusedAudio(_("This is no recording that can be played here. Save it as MP3, M4A, OGG, WebM or WAV."))
    upload.seek(0)
    return Heard(kind, size, whole.hexdigest())


def sniffed(first: bytes) -> str:
    """The kind by its first bytes, "" for anything else."""
    if first[:4] == b"RIFF" and first[8:12] == b"WAVE":
        return "wav"
    if first[:4] == b"OggS" and _IN_OGG.search(first[:256]):
        return "ogg"
    if first[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in first[:128]:
        return "webm"
    if first[4:8] == b"ftyp" and first[8:12] in _BRANDS:
        return "m4a"
    return "mp3" if _is_mp3(first) else ""


def _is_mp3(first: bytes) -> bool:
    """A tag of the right form, or the head of a frame: MPEG 1 to 2.5, layer III, a bit rate and a sampling rate that exist."""
    if first[:3] == b"ID3":
        return len(first) > 10 and first[3] in {2, 3, 4} and all(part < 0x80 for part in first[6:10])
    if len(first) < 4 or first[0] != 0xFF or first[1] & 0xE6 != 0xE2 or first[1] & 0x18 == 0x08:
        return False
    return first[2] >> 4 not in {0, 15} and first[2] & 0x0C != 0x0C
