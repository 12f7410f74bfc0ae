"""PDF with a text layer."""

from __future__ import annotations

from .model import Limits, SourceLine, UnreadableFile, Warn

PDF = "application/pdf"


def read_pdf(data: bytes, limits: Limits) -> tuple[list[SourceLine], list[Warn]]:
    """(lines, warnings) of a PDF."""
    raise UnreadableFile("not_supported", "PDF")
