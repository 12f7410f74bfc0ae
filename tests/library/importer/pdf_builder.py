"""PDF files made by hand for tests: text with a ToUnicode map, so Thai can be read back; nothing is drawn for real."""

import zlib
from collections.abc import Sequence

Line = tuple[float, float, str]


def pdf(pages: Sequence[Sequence[Line]], *, size: int = 14, text_layer: bool = True, encrypted: bool = False) -> bytes:
    """A file of pages, each a list of (x, y, text). Characters are numbered in the order they first occur."""
    chars = sorted({c for page in pages for _, _, text in page for c in text}) or [" "]
    cid = {c: n + 1 for n, c in enumerate(chars)}
    cmap = "\n".join(f"<{n:04X}> <{c.encode('utf-16-be').hex().upper()}>" for c, n in cid.items())
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(cid)} beginbfchar\n{cmap}\nendbfchar endcmap end end"
    ).encode()
    widths = " ".join(f"{n} [{_width(c)}]" for c, n in cid.items())
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), b" ".join(b"%d 0 R" % (6 + 2 * n) for n in range(len(pages)))),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Thai /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Thai /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 /W [{widths}] >>".encode(),
        _stream(to_unicode),
    ]
    for n, page in enumerate(pages):
        shown = [
            (f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{''.join(f'{cid[c]:04X}' for c in text)}> Tj ET" if text_layer else "0 0 m")
            for x, y, text in page
        ]
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {7 + 2 * n} 0 R >>".encode()
        )
        objects.append(_stream("\n".join(shown).encode()))
    return _file(objects, encrypted)


def _width(char: str) -> int:
    return 0 if char == "\u0e31" or "\u0e34" <= char <= "\u0e3a" or "\u0e47" <= char <= "\u0e4e" else 250 if char == " " else 500


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)


def _file(objects: Sequence[bytes], encrypted: bool) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for n, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % o for o in offsets)
    lock = (
        b" /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]"
        % (b"41" * 32, b"42" * 32)
        if encrypted
        else b""
    )
    return bytes(out + b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, lock, start))
