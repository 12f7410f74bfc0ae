"""Word documents: the lines a reader of the printed page sees, with the structure the file itself declares."""

from __future__ import annotations

from dataclasses import replace

from .container import Container, Node
from .docx_body import Body, Piece
from .docx_numbering import Numbering
from .docx_styles import Styles
from .markers import split_marker
from .model import Limits, Place, SourceLine, UnreadableFile, Warn
from .read_text import unmark_letters
from .text import clean

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MAIN = "wordprocessingml.document.main+xml"
_PAGE_NUMBER = "-–— /0123456789๐๑๒๓๔๕๖๗๘๙"


def read_docx(data: bytes, limits: Limits) -> tuple[list[SourceLine], list[Warn]]:
    """(lines, warnings) of a .docx file. UnreadableFile when it is none or breaks a limit."""
    zipped = Container(data, limits)
    main = _main_part(zipped)
    root = zipped.xml(main)
    body = root.child("body") if root else None
    if body is None:
        raise UnreadableFile("damaged", "no document body")
    folder = main.rpartition("/")[0]
    styles = Styles.from_xml(zipped.xml(f"{folder}/styles.xml"))
    reader = Body(styles, Numbering.from_xml(zipped.xml(f"{folder}/numbering.xml")))
    try:
        pieces = reader.read(body)
        lines = _lines(pieces, start=1)
        for place, part in _asides(zipped, folder):
            lines += _aside(part, place, Body(styles, Numbering()), lines)
    except RecursionError as error:
        raise UnreadableFile("hostile", "nested too deep") from error
    return unmark_letters(lines), _warnings(reader, zipped)


def _main_part(zipped: Container) -> str:
    names = zipped.names()
    types = zipped.xml("[Content_Types].xml")
    for node in types.children if types else []:
        part = node.attrs.get("PartName", "").lstrip("/")
        if _MAIN in node.attrs.get("ContentType", "") and part in names:
            return part
    if "word/document.xml" in names:
        return "word/document.xml"
    raise UnreadableFile("not_supported", "a zip file that is no Word document")


def _asides(zipped: Container, folder: str) -> list[tuple[Place, Node]]:
    """Headers, footers, footnotes and comments, in the order of the file; each kind may be absent."""
    found: list[tuple[Place, Node]] = []
    for name in sorted(zipped.names()):
        stem = name.removeprefix(f"{folder}/").removesuffix(".xml")
        if "/" in stem or not name.endswith(".xml"):
            continue
        place: Place | None = None
        if stem.startswith("header"):
            place = "header"
        elif stem.startswith("footer"):
            place = "footer"
        elif stem in ("footnotes", "endnotes", "comments"):
            place = "note"
        root = zipped.xml(name) if place else None
        if place and root is not None:
            found.append((place, root))
    return found


def _aside(root: Node, place: Place, reader: Body, before: list[SourceLine]) -> list[SourceLine]:
    holders = [n for n in root.children if n.tag in ("footnote", "endnote", "comment")] or [root]
    pieces = [p for h in holders if h.attrs.get("type") is None or h is root for p in reader.read(h)]
    start = (before[-1].no if before else 0) + 2
    lines = [replace(line, place=place, table=None, heading=None) for line in _lines(pieces, start)]
    if place == "note":
        return lines
    known = {line.raw for line in before if line.place in ("header", "footer")}
    return [line for line in lines if line.raw not in known and line.raw.strip(_PAGE_NUMBER)]


def _lines(pieces: list[Piece], start: int) -> list[SourceLine]:
    lines: list[SourceLine] = []
    no = start
    for piece in pieces:
        for n, part in enumerate(piece.text.split("\n")):
            text = clean(part).strip()
            if text or (piece.marker and n == 0):
                lines.append(_line(no, text, piece, n > 0))
            no += 1
    return lines


def _line(no: int, text: str, piece: Piece, soft: bool) -> SourceLine:
    typed, rest = split_marker(text)
    automatic = None if soft else piece.marker
    return SourceLine(
        no=no,
        text=rest,
        marker=" ".join(m for m in (automatic, typed) if m) or None,
        indent=piece.indent,
        level_hint=piece.level if automatic else None,
        bold=piece.bold and bool(text),
        place="table" if piece.table else "body",
        table=piece.table,
        revision="inserted" if piece.inserted else None,
        heading=piece.heading,
        centred=piece.centred,
        soft=soft,
    )


def _warnings(reader: Body, zipped: Container) -> list[Warn]:
    warnings = []
    if reader.deleted:
        warnings.append(Warn("deletions_dropped", reader.deleted))
    if reader.inserted:
        warnings.append(Warn("insertions_kept", reader.inserted))
    if pictures := sum(1 for n in zipped.names() if n.startswith("word/media/")):
        warnings.append(Warn("pictures_left_out", pictures))
    return warnings
