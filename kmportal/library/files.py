"""Uploaded files met with care: what they are by their content, and a name that harms nobody."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kmportal.library.importer import Limits, UnreadableFile
from kmportal.library.importer.container import Container

NAME_LENGTH = 80
ZIPPED = {"docx", "xlsx", "pptx", "odt", "ods", "odp", "zip"}
WITH_TEXT = {"docx", "pdf", "txt"}
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
}
_MARKUP = re.compile(rb"\s*(?:<!doctype|<html|<svg|<script|<\?xml|<body|<iframe)", re.IGNORECASE)
_UNSAFE = re.compile(r"[\\/:*?\"<>|%#&;'`$\s]+")
_RESERVED = re.compile(r"(?i)\A(?:con|prn|aux|nul|com\d|lpt\d)\Z")
_MACROS = ("vbaProject.bin", "vbaData.xml")


class RefusedFile(Exception):
    """The file must not be stored; `words` say why and what to do."""

    def __init__(self, words: Any) -> None:
        super().__init__(str(words))
        self.words = words


@dataclass(frozen=True)
class Inspected:
    """A file that may be stored."""

    name: str
    extension: str
    sha256: str

    @property
    def has_text(self) -> bool:
        """Whether it is of a kind whose words are read, in the background (library.actions.texts)."""
        return self.extension in WITH_TEXT


def inspect(data: bytes, filename: str) -> Inspected:
    """Looks at the whole file before anything is kept.

    Raises:
        RefusedFile: too big, empty, of a kind we do not keep, not what its name says, encrypted beyond reading, or built to harm.
    """
    name = safe_name(filename)
    extension = PurePosixPath(name).suffix[1:].lower()
    if extension not in settings.WAGTAILDOCS_EXTENSIONS:
        kinds = ", ".join(f".{kind}" for kind in settings.WAGTAILDOCS_EXTENSIONS)
        raise RefusedFile(_("Files of this kind are not kept. Choose one of %(kinds)s.") % {"kinds": kinds})
    if not data.strip(b"\x00 \r\n\t"):
        raise RefusedFile(_("The file is empty."))
    if len(data) > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
        raise RefusedFile(_("The file is larger than 20 MB. Split it, or make its pictures smaller."))
    _check_content(data, extension)
    return Inspected(name, extension, hashlib.sha256(data).hexdigest())


def safe_name(filename: str) -> str:
    """The last part of a path, without control, direction and shell signs, in one normal form, short enough for every file system."""
    last = unicodedata.normalize("NFC", filename).replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    stem, dot, extension = _UNSAFE.sub("_", visible).strip("._ ").rpartition(".")
    if not dot:
        stem, extension = extension, ""
    stem = stem.replace(".", "_")[:NAME_LENGTH].strip("_") or "file"
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    return f"{stem}.{extension.lower()[:10]}" if extension else stem


def _check_content(data: bytes, extension: str) -> None:
    wrong = RefusedFile(_("The content of this file is not what its name says. Save it again from its program."))
    if extension == "pdf":
        if b"%PDF-" not in data[:1024]:
            raise wrong
    elif extension in ZIPPED:
        if not data.startswith(b"PK"):
            raise wrong
        _check_archive(data)
    elif _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")[:200]) or (
        b"\x00" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff")
    ):
        raise wrong


def _check_archive(data: bytes) -> None:
    try:
        names = Container(data, Limits()).names()
    except UnreadableFile as problem:
        if problem.code == "encrypted":
            raise RefusedFile(_("The file is protected by a password. Take the password away and upload it again.")) from problem
        raise RefusedFile(_("The file is damaged, or unpacks to something far too large.")) from problem
    if any(name.endswith(_MACROS) for name in names):
        raise RefusedFile(_("The file holds macros (programs). Save it without macros and upload it again."))
