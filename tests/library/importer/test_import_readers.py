"""What the readers see: encodings, markers, Word structure, PDF lines."""

import pytest

from kmportal.library.importer import SourceLine, read_source
from kmportal.library.importer.markers import glyph, settle_letters, split_marker, style_of
from kmportal.library.importer.text import clean, repair_pdf
from tests.library.importer.docx_builder import BULLETS, LIST, THAI, cell, deleted, docx, inserted, p, run, table, textbox
from tests.library.importer.pdf_builder import pdf

SAMPLE = "สรุปการประชุม\r\n\r\n• ข้อหนึ่งของเรื่องนี้\r\n"


def lines(data: bytes, name: str = "x") -> list[SourceLine]:
    return list(read_source(data, name).lines)


def shown(data: bytes) -> list[str]:
    return [line.raw for line in lines(data)]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"),
        ("cp874", "cp874"), ("tis-620", "cp874"),
    ],
)  # fmt: skip
def test_encodings(encoding: str, told: str) -> None:
    text = SAMPLE.replace("•", "-") if encoding == "tis-620" else SAMPLE
    source = read_source(text.encode(encoding), "a.txt")
    assert source.encoding == told
    assert [(x.no, x.text) for x in source.lines] == [(1, "สรุปการประชุม"), (3, "ข้อหนึ่งของเรื่องนี้")]


def test_a_few_bad_bytes_are_told() -> None:
    data = ("ข้อความที่ยาวพอสมควร " * 20).encode() + b"\xff" + "จบ".encode()
    assert [(w.code, w.count) for w in read_source(data, "a.txt").warnings] == [("bad_bytes", 1)]


@pytest.mark.parametrize(
    ("line", "marker", "rest"),
    [
        ("1. การ", "1.", "การ"), ("๑.๒ การ", "๑.๒", "การ"), ("(๑) การ", "(๑)", "การ"), ("1.มี", "1.", "มี"), ("ข้อ 1 การ", "ข้อ 1", "การ"), ("-การ", "-", "การ"),
        ("\uf0b7 การ", "•", "การ"), ("\uf0d8การ", "➢", "การ"), ("o การ", "o", "การ"), ("Ø การ", "Ø", "การ"), ("① การ", "①", "การ"), ("✓ การ", "✓", "การ"),
        ("• 1) การ", "• 1)", "การ"), ("1)", "1)", ""), ("1\tการ", "1", "การ"), ("=> การ", "=>", "การ"),
        ("2.5 ล้านบาท", None, "2.5 ล้านบาท"), ("13.15 น. เริ่ม", None, "13.15 น. เริ่ม"), ("1.7.2553 วัน", None, "1.7.2553 วัน"), ("1 - 2 กรกฎาคม", None, "1 - 2 กรกฎาคม"),
        ("-5 องศา", None, "-5 องศา"), ("2553 เป็นปี", None, "2553 เป็นปี"), ("o clock", None, "o clock"),
    ],
)  # fmt: skip
def test_markers(line: str, marker: str | None, rest: str) -> None:
    assert split_marker(line) == (marker, rest)


def test_letters_only_in_a_series() -> None:
    assert settle_letters(["ก.", "ข.", "จ.", "1.", "ค.", None]) == [True, True, False, True, True, False]
    assert [x.raw for x in lines("จ. นครราชสีมา เป็นที่จัด\nก. หนึ่ง\nข. สอง".encode())] == ["จ. นครราชสีมา เป็นที่จัด", "ก. หนึ่ง", "ข. สอง"]


def test_styles_tell_levels_apart() -> None:
    assert style_of("2.1") == ("n.n", 1)
    assert style_of("๑)") == ("1)", 0)
    assert glyph("•") != glyph("-") == glyph("–")


def test_thai_is_repaired() -> None:
    assert clean("นํ้า\u200bทํา\uf70a") == "น้ำทำ่"
    assert repair_pdf("ผ ู้เขียนใช้คำไม ่ตรงก ัน จัดทํา") == "ผู้เขียนใช้คำไม่ตรงกัน จัดทำ"


def test_automatic_numbers_are_seen() -> None:
    data = docx(
        p("หนึ่ง", num=LIST), p("ย่อย", num=LIST, level=1), p("ลึก", num=LIST, level=2), p("ย่อยสอง", num=LIST, level=1), p("สอง", num=LIST),
        p("จุด", num=BULLETS), p("ไทย", num=THAI), p("อักษร", num=THAI, level=1), p("ใหม่", num=11), p("ไม่มี", num=99),
    )  # fmt: skip
    assert shown(data) == ["1. หนึ่ง", "1.1 ย่อย", "a) ลึก", "1.2 ย่อยสอง", "2. สอง", "• จุด", "๑. ไทย", "(ก) อักษร", "1. ใหม่", "ไม่มี"]
    assert [x.level_hint for x in lines(data)][:4] == [0, 1, 2, 1]


def test_tracked_changes() -> None:
    data = docx(p("เก็บ", deleted("ลบ"), inserted("เพิ่ม")), p("ต้น", mark_deleted=True), p("ปลาย"))
    source = read_source(data, "a.docx")
    assert [x.text for x in source.lines] == ["เก็บเพิ่ม", "ต้นปลาย"]
    assert source.lines[0].revision == "inserted"
    assert {(w.code, w.count) for w in source.warnings} == {("deletions_dropped", 1), ("insertions_kept", 1)}


def test_tables_breaks_boxes_and_asides() -> None:
    data = docx(
        p(run("หัว", bold=True), style="h2"),
        p("บรรทัดหนึ่ง\nบรรทัดสอง"),
        table([[cell("ก", span=2), "ข"], ["ค", cell("ง", table([["จ", "ฉ"]])), cell(merged=True)]]),
        table([["กรอบ"]]),
        textbox("ในกล่อง"),
        parts={
            "header1": p("หัวกระดาษ"),
            "header2": p("หัวกระดาษ"),
            "footer1": p("- 1 -"),
            "footnotes": '<w:footnote w:id="1">' + p("เชิงอรรถ") + "</w:footnote>",
        },
    )
    got = lines(data)
    assert (got[0].heading, got[0].bold) == (2, True)
    assert [(x.text, x.soft) for x in got[1:3]] == [("บรรทัดหนึ่ง", False), ("บรรทัดสอง", True)]
    assert [(x.text, x.table) for x in got[3:9]] == [
        ("ก", (0, 0, 0)), ("ข", (0, 0, 2)), ("ค", (0, 1, 0)), ("ง", (0, 1, 1)), ("จ", (0, 1, 1)), ("ฉ", (0, 1, 1)),
    ]  # fmt: skip
    assert [(x.text, x.place) for x in got[9:]] == [
        ("กรอบ", "body"),
        ("ในกล่อง", "body"),
        ("เชิงอรรถ", "note"),
        ("หัวกระดาษ", "header"),
    ]


def test_tables_typed_with_tabs_and_bars() -> None:
    typed = "ก\tข\tค\n1\t2\t3\n\nจบ\n\n| ง | จ |\n|---|---|\n| ฉ | ช |\n"
    got = [(x.text, x.table) for x in lines(typed.encode())]
    assert got[:6] == [("ก", (0, 0, 0)), ("ข", (0, 0, 1)), ("ค", (0, 0, 2)), ("1", (0, 1, 0)), ("2", (0, 1, 1)), ("3", (0, 1, 2))]
    assert got[6:] == [("จบ", None), ("ง", (1, 0, 0)), ("จ", (1, 0, 1)), ("ฉ", (1, 1, 0)), ("ช", (1, 1, 1))]


def test_indented_paragraphs_are_no_table() -> None:
    text = "\tย่อหน้าแรกยาวพอที่จะเห็นว่าเป็นย่อหน้าไม่ใช่หัวตาราง\n\tย่อหน้าที่สอง\n\n\tย่อหน้าที่สาม\n\tย่อหน้าที่สี่\n"
    assert {x.place for x in lines(text.encode())} == {"body"}


def test_pdf_joins_lines_and_sets_headers_aside() -> None:
    full = "ข้อความบรรทัดเต็มที่ยาวไปจนสุดขอบขวาของหน้ากระดาษแผ่นนี้พอดีเลย"
    pages = [
        [(72.0, 800.0, "หัวกระดาษ"), (72.0, 700.0, full + name), (72.0, 684.0, "ต่อท้าย" + name), (72.0, 640.0, name + "ย่อหน้าใหม่"), (290.0, 40.0, f"- {n} -")]
        for n, name in enumerate(("แดง", "ดำ"), 1)
    ]  # fmt: skip
    got = lines(pdf(pages))
    assert [x.text for x in got] == [x for name in ("แดง", "ดำ") for x in (f"{full}{name}ต่อท้าย{name}", f"{name}ย่อหน้าใหม่")] + [
        "หัวกระดาษ"
    ]
    assert got[-1].place == "header"
    assert [x.page for x in got] == [1, 1, 2, 2, 1]
