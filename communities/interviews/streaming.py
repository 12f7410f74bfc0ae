"""A file piece by piece, or the part of it that a player asks for (RFC 9110, section 14)."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.storage import Storage
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

PIECE = 64 * 1024
_RANGE = re.compile(r"\s*bytes\s*=\s*(\d{0,15})-(\d{0,15})\s*\Z")


def streamed(asked: str, *, storage: Storage, name: str, kind: str, filename: str) -> HttpResponseBase:
    """200 with all of it, 206 with one part, or 416. Several parts at once are answered with the whole.

    Args:
        asked: the Range header, "" without one. filename: plain ASCII, ours.
    """
    size = storage.size(name)
    part = _part(asked, size)
    if part is None:
        response: HttpResponseBase = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return _safe(response, filename)
    first, last = part
    response = StreamingHttpResponse(_pieces(storage.open(name, "rb"), first, last - first + 1), content_type=kind)
    response["Content-Length"] = str(last - first + 1)
    if (first, last) != (0, size - 1):
        response.status_code = 206
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    # Named, so that nothing packs it again: a player counts these very bytes.
    response["Content-Encoding"] = "identity"
    return _safe(response, filename)


def _part(asked: str, size: int) -> tuple[int, int] | None:
    """First and last byte; the whole for what is no range of bytes; None for one outside the file."""
    match = _RANGE.match(asked)
    if match is None or match[1] == match[2] == "":
        return (0, size - 1)
    if match[1] == "":
        first, last = max(0, size - int(match[2])), size - 1
    else:
        first, last = int(match[1]), min(int(match[2] or size - 1), size - 1)
    return (first, last) if first <= last and first < size else None


def _pieces(file: Any, first: int, left: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece


def _safe(response: HttpResponseBase, filename: str) -> HttpResponseBase:
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
