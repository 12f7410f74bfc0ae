"""`read_source`: bytes of an uploaded file to its lines. The kind of file is told by its content, not by its name."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath

from .model import Limits, Source, SourceLine, UnreadableFile, Warn
from .read_docx import DOCX, read_docx
from .read_text import TEXT, read_text

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"{\\rtf", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\x7fELF", b"MZ", b"BM",
    b"II*\x00", b"MM\x00*", b"OggS", b"ID3", b"\xfd7zXZ", b"BZh", b"%!PS", b"SQLite format 3", b"\xca\xfe\xba\xbe",
)  # fmt: skip


def read_source(data: bytes, filename: str, limits: Limits | None = None) -> Source:
    """The lines of a .docx, .pdf (with a text layer) or plain-text file.

    Raises UnreadableFile, and nothing else, for anything that cannot or must not be read.
    """
    limits = limits or Limits()
    if len(data) > limits.upload_bytes:
        raise UnreadableFile("too_big", f"{len(data)} bytes")
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("empty", f"{len(data)} bytes")
    media_type, encoding, lines, warnings = _read(data, limits)
    if not lines:
        raise UnreadableFile("empty", "no text inside")
    _check_length(lines, limits)
    name = PurePosixPath(filename.replace("\\", "/")).name[:255]
    return Source(name, hashlib.sha256(data).hexdigest(), media_type, encoding, tuple(lines), tuple(warnings))


def _read(data: bytes, limits: Limits) -> tuple[str, str, list[SourceLine], list[Warn]]:
    if data.startswith(_OLE):
        if _UTF16_ENCRYPTED in data:
            raise UnreadableFile("encrypted", "a password-protected Office file")
        raise UnreadableFile("not_supported", "a legacy Office file (.doc)")
    if b"%PDF-" in data[:1024]:
        from .read_pdf import PDF, read_pdf  # noqa: PLC0415 - pypdf takes half a second to import, and few files are PDF

        return PDF, "", *read_pdf(data, limits)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return DOCX, "", *read_docx(data, limits)
    if data.startswith(_FOREIGN):
        raise UnreadableFile("not_supported", f"starts with {data[:4]!r}")
    return TEXT, *read_text(data, limits)


def _check_length(lines: list[SourceLine], limits: Limits) -> None:
    if len(lines) > limits.lines:
        raise UnreadableFile("too_long", f"{len(lines)} lines")
    if sum(len(line.text) for line in lines) > limits.text_chars:
        raise UnreadableFile("too_long", "too many characters")
    if any(len(line.text) > limits.line_chars for line in lines):
        raise UnreadableFile("too_long", "a line is too long")
