"""Files without what programs write into them: authors, companies, cameras, places, times. The words of a document stay as written."""

import io
import re
import struct
import zipfile
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

OFFICE = frozenset({"docx", "xlsx", "pptx", "odt", "ods", "odp"})
PLAIN = frozenset({"txt", "csv"})
EPOCH = (1980, 1, 1, 0, 0, 0)
MOST_BYTES = 200 * 1024 * 1024
_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_CUSTOM = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)
_ODF = (
    b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"/>'
)
EMPTIED = {"docProps/core.xml": _CORE, "docProps/app.xml": _APP, "docProps/custom.xml": _CUSTOM, "meta.xml": _ODF}
# Who commented on what, or changed it: as attributes and as elements of the formats.
_AUTHORS = re.compile(rb'((?:w|w15|p|p15|p188)?:?(?:author|initials|userId|providerId|lastModifiedBy|userName))="[^"]*"')
_ELEMENTS = re.compile(rb"(<(?:author|dc:creator|meta:initial-creator|text:sender-[a-z]+|lastModifiedBy)(?:\s[^>]*)?>)[^<]*(</)")
_CM_NAME = re.compile(rb'(<p:cmAuthor [^>]*?name|<w15:person [^>]*?w15:author|<person [^>]*?displayName)="[^"]*"')
JPEG_KEPT = frozenset({0xE0, 0xEE})
PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"iCCP", b"pHYs", b"bKGD", b"cHRM", b"sBIT"})


def made_neutral(data: bytes, extension: str) -> bytes | None:
    """The file without metadata; None for what cannot be freed of it, which judges then do not get."""
    try:
        if extension == "pdf":
            return _pdf(data)
        if extension in OFFICE:
            return _office(data)
    except Exception:  # noqa: BLE001 - whatever a broken file makes its reader raise: no copy is the safe answer
        return None
    return data if extension in PLAIN else None


def _pdf(data: bytes) -> bytes | None:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        return None
    writer = PdfWriter()
    for page in reader.pages:
        writer.add_page(page)
    things: list[Any] = list(writer._objects)
    for thing in things:
        if isinstance(thing, dict):
            for name in ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb"):
                thing.pop(NameObject(name), None)
            if "/Subtype" in thing and "/Rect" in thing:
                thing.pop(NameObject("/T"), None)
        if isinstance(thing, StreamObject) and _is_jpeg(thing):
            thing._data = bare_jpeg(thing._data)
    writer.metadata = None
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _is_jpeg(stream: StreamObject) -> bool:
    kind = stream.get("/Filter")
    return kind == "/DCTDecode" or (isinstance(kind, list) and [str(one) for one in kind] == ["/DCTDecode"])


def _office(data: bytes) -> bytes | None:
    """Written anew, part by part: parts keep their names, which other parts refer to, and lose their times."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        if sum(part.file_size for part in old.infolist()) > MOST_BYTES:
            return None
        for part in old.infolist():
            if part.is_dir():
                continue
            written = zipfile.ZipInfo(part.filename, EPOCH)
            # The first part of an OpenDocument file tells its type and stands there unpacked.
            written.compress_type = zipfile.ZIP_STORED if part.filename == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(written, _part(part.filename, old.read(part)))
    return out.getvalue()


def _part(name: str, data: bytes) -> bytes:
    if name in EMPTIED:
        return EMPTIED[name]
    kind = name.rsplit(".", 1)[-1].lower()
    if kind in {"jpg", "jpeg"}:
        return bare_jpeg(data)
    if kind == "png":
        return bare_png(data)
    if kind == "xml":
        data = _AUTHORS.sub(rb'\1=""', data)
        return _CM_NAME.sub(rb'\1=""', _ELEMENTS.sub(rb"\1\2", data))
    return data


def bare_jpeg(data: bytes) -> bytes:
    """Without Exif, XMP, IPTC and comments; the picture itself is not touched."""
    if data[:2] != b"\xff\xd8":
        return data
    out, at = bytearray(data[:2]), 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        size = struct.unpack(">H", data[at + 2 : at + 4])[0] + 2
        mark = data[at + 1]
        if not (0xE0 <= mark <= 0xEF or mark == 0xFE) or mark in JPEG_KEPT:
            out += data[at : at + size]
        at += size
    return bytes(out + data[at:])


def bare_png(data: bytes) -> bytes:
    """Without text, time and Exif."""
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        return data
    out, at = bytearray(data[:8]), 8
    while at + 12 <= len(data):
        size = struct.unpack(">I", data[at : at + 4])[0] + 12
        if data[at + 4 : at + 8] in PNG_KEPT:
            out += data[at : at + size]
        at += size
    return bytes(out)
