"""Files that cannot or must not be read: each is refused with its code, and with nothing else."""

import io
import zipfile

import pytest

from kmportal.library.importer import Limits, UnreadableFile, read_source
from tests.library.importer.docx_builder import docx, p
from tests.library.importer.pdf_builder import pdf

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
THAI = "ข้อความภาษาไทยที่ยาวพอจะเป็นเนื้อหา\n".encode()


def code(data: bytes, limits: Limits | None = None, name: str = "file.docx") -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_source(data, name, limits)
    return refused.value.code


def zipped(entries: dict[str, bytes], *, level: int = 6) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as z:
        for name, data in entries.items():
            z.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("data", [b"", b"   \r\n\t", b"\xef\xbb\xbf\n", b"\xff\xfe", "  \n \u200b \n".encode()])
def test_empty(data: bytes) -> None:
    assert code(data, name="a.txt") == "empty"


def test_empty_document() -> None:
    assert code(docx(p(""))) == "empty"


def test_too_big() -> None:
    assert code(THAI * 10, Limits(upload_bytes=100)) == "too_big"


def test_legacy_doc_and_other_kinds() -> None:
    assert code(OLE, name="a.doc") == "not_supported"
    assert code(PNG, name="a.docx") == "not_supported"
    assert code(zipped({"xl/workbook.xml": b"<a/>"})) == "not_supported"
    assert code(bytes(range(256)) * 20, name="a.txt") == "not_supported"


def test_encrypted() -> None:
    assert code(OLE + "EncryptedPackage".encode("utf-16-le")) == "encrypted"
    assert code(pdf([[(72, 700, "ลับ")]], encrypted=True), name="a.pdf") == "encrypted"


def test_encrypted_zip_entry() -> None:
    data = bytearray(docx(p("x")))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    assert code(bytes(data)) == "encrypted"


def test_no_text_layer() -> None:
    assert code(pdf([[(72, 700, "ภาพ")], [(72, 700, "ภาพ")]], text_layer=False), name="a.pdf") == "no_text_layer"


def test_damaged() -> None:
    whole = docx(*[p(f"ย่อหน้า {n}") for n in range(50)])
    assert code(whole[: len(whole) // 2]) == "damaged"
    assert code(b"%PDF-1.7\n1 0 obj\n<<", name="a.pdf") == "damaged"
    assert code(zipped({"word/document.xml": b"<w:document><w:body>"})) == "damaged"


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\x", "C:/x"])
def test_traversal(name: str) -> None:
    assert code(zipped({"word/document.xml": b"<a/>", name: b"x"})) == "hostile"


def test_bombs() -> None:
    assert code(zipped({"word/document.xml": bytes(8 << 20)}, level=9)) == "hostile"
    assert code(zipped({f"word/{n}.xml": b"x" for n in range(1_100)})) == "hostile"
    assert code(zipped({"word/document.xml": b"ab" * 5_000}), Limits(expanded_bytes=5_000)) == "hostile"


def test_a_size_that_lies() -> None:
    data = bytearray(zipped({"word/document.xml": b"<a>" + b"x" * 50_000 + b"</a>"}))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    assert code(bytes(data)) in ("hostile", "damaged")


def test_entities() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:document xmlns:w="w"><w:body>&b;</w:body></w:document>'
    outside = b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><w:document xmlns:w="w"/>'
    assert code(zipped({"word/document.xml": laughs})) == "hostile"
    assert code(zipped({"word/document.xml": outside})) == "hostile"


def test_depth() -> None:
    deep = b'<w:document xmlns:w="w"><w:body>' + b"<w:sdt>" * 5_000 + b"</w:sdt>" * 5_000 + b"</w:body></w:document>"
    assert code(zipped({"word/document.xml": deep})) == "hostile"
    tables = "<w:tbl><w:tr><w:tc>" * 60 + p("ก") + "</w:tc></w:tr></w:tbl>" * 60
    assert code(docx(tables)) == "hostile"


def test_too_long() -> None:
    assert code("บรรทัด\n".encode() * 300, Limits(lines=200), "a.txt") == "too_long"
    assert code("ก".encode() * 300, Limits(line_chars=200), "a.txt") == "too_long"
    assert code(THAI * 100, Limits(text_chars=500), "a.txt") == "too_long"
    assert code(pdf([[(72, 700, "หน้าเอกสารที่มีตัวหนังสือ")]] * 4), Limits(pages=3), "a.pdf") == "too_long"


def test_content_counts_not_the_name() -> None:
    assert read_source(docx(p("เนื้อหา")), "note.txt").media_type.endswith("wordprocessingml.document")
    assert read_source(THAI, "note.pdf").media_type == "text/plain"
    assert read_source(THAI, "../../x/note.txt").filename == "note.txt"
