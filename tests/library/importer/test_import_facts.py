"""Dates, people and agencies out of one line, as people type them."""

import pytest

from kmportal.library.importer import Agency, Vocabulary
from kmportal.library.importer.kinds import cue_of, role_of
from kmportal.library.importer.people import find_people, is_agency_line
from kmportal.library.importer.when import find_dates
from kmportal.library.importer.words import categories, codes, find_agency


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("วันที่ 1 - 2 กรกฎาคม 2553", "2010-07-01", "2010-07-02"), ("๒๑ – ๒๒ ธันวาคม ๒๕๖๕", "2022-12-21", "2022-12-22"), ("18 ก.ย. 66", "2023-09-18", "2023-09-18"),
        ("30 มิถุนายน - 2 กรกฎาคม 2565", "2022-06-30", "2022-07-02"), ("28 ธ.ค. 2564 ถึง 2 ม.ค. 2565", "2021-12-28", "2022-01-02"), ("28 ธันวาคม - 2 มกราคม 2565", "2021-12-28", "2022-01-02"),
        ("December 21-22, 2022", "2022-12-21", "2022-12-22"), ("2nd to 4th of March 2023", "2023-03-02", "2023-03-04"), ("01/07/2553", "2010-07-01", "2010-07-01"), ("2023-03-02", "2023-03-02", "2023-03-02"),
        ("1, 3 และ 5 กรกฎาคม พ.ศ. 2553", "2010-07-01", "2010-07-05"), ("วันจันทร์ที่ 1 – วันอังคารที่ 2 กรกฎาคม 2553", "2010-07-01", "2010-07-02"), ("15 มี.ค.67 เวลา 9.00 น.", "2024-03-15", "2024-03-15"),
    ],
)  # fmt: skip
def test_dates(text: str, start: str, end: str) -> None:
    assert [(w.start.isoformat(), w.end.isoformat()) for w in find_dates(text)] == [(start, end)]


@pytest.mark.parametrize("text", ["31 กุมภาพันธ์ 2560", "ผู้แทน 4 ก.พ.ร. 2553", "เดือนพฤษภาคม 2566", "13.15 น.", "3 มีนาคม"])
def test_no_dates(text: str) -> None:
    assert find_dates(text) == []


def test_a_year_from_elsewhere() -> None:
    assert [w.start.isoformat() for w in find_dates("3 มีนาคม", 2024)] == ["2024-03-03"]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("นายก้อง ใจดี ผอ. กลุ่มพัฒนาระบบบริหาร", [("นาย", "ก้อง", "ใจดี", "ผอ. กลุ่มพัฒนาระบบบริหาร", "กลุ่มพัฒนาระบบบริหาร")]),
        ("นางมาลี ดีงามและดร. ไก่ แก้วตา สำนักงานปลัดกระทรวงแรงงาน", [("นาง", "มาลี", "ดีงาม", "", "สำนักงานปลัดกระทรวงแรงงาน"), ("ดร.", "ไก่", "แก้วตา", "", "สำนักงานปลัดกระทรวงแรงงาน")]),
        ("นางมาลี ดีงาม และดร. ไก่ แก้วตา กรมที่ดิน", [("นาง", "มาลี", "ดีงาม", "", "กรมที่ดิน"), ("ดร.", "ไก่", "แก้วตา", "", "กรมที่ดิน")]),
        ("โดย นพ.วิชัย รักไทย รองอธิบดีกรมควบคุมโรค", [("นพ.", "วิชัย", "รักไทย", "รองอธิบดีกรมควบคุมโรค", "กรมควบคุมโรค")]),
        ("ผศ.ดร.สมชาย ณ อยุธยา มหาวิทยาลัยริมน้ำ", [("ผศ.ดร.", "สมชาย", "ณ อยุธยา", "", "มหาวิทยาลัยริมน้ำ")]),
        ("พลตำรวจตรี ดร.ชาติ กล้า ผู้บังคับการ สำนักงานตำรวจแห่งชาติ", [("พลตำรวจตรี ดร.", "ชาติ", "กล้า", "ผู้บังคับการ", "สำนักงานตำรวจแห่งชาติ")]),
        ("Speaker: Dr. Jane Smith, Director, Department of Health", [("Dr.", "Jane", "Smith", "Director, Department of Health", "Department of Health")]),
        ("นายกรัฐมนตรีและคุณภาพชีวิตของนายอำเภอ", []),
    ],
)  # fmt: skip
def test_people(text: str, people: list[tuple[str, ...]]) -> None:
    assert [(s.prefix, s.given, s.family, s.position, s.agency) for s in find_people(text, Vocabulary())] == people


def test_agencies() -> None:
    known = Vocabulary(agencies=(Agency("กรมป้องกันและบรรเทาสาธารณภัย", ("ปภ.", "กรมป้องกันฯ ")),))
    assert find_agency("ผลงานของกรมป้องกันและบรรเทาสาธารณภัยในปีนี้", known) == "กรมป้องกันและบรรเทาสาธารณภัย"
    assert find_agency("การสัมมนากับฝ่ายบริหารสำนักงาน ก.พ.ร.", Vocabulary()) == "สำนักงาน ก.พ.ร."
    assert find_agency("กรมให้ความสำคัญกับโปรแกรมอบรม", Vocabulary()) is None
    assert is_agency_line("กองแผนงาน กรมที่ดิน")
    assert not is_agency_line("กรมจัดให้มี การอบรม")


def test_categories_and_codes() -> None:
    assert categories("หมวด 2 และหมวด P รายหมวด 6 หมวด") == ("2", "P")
    assert codes("IT 2,3 และ LD3 แต่ไม่ใช่ IT หรือ SP 5.2") == ("IT2", "IT3", "LD3")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ปัจจัยที่มีผลต่อความสำเร็จ (Key Success Factor)", "success_factor"), ("แนวทางแก้ไขปัญหา", "recommendation"), ("ปัญหาและอุปสรรค", "obstacle"), ("Lessons learned", "lesson"),
        ("สรุปบทเรียนที่ได้จากกรมที่ดิน", "lesson"), ("โจทย์", "question"), ("กรอบแนวคิด", "definition"), ("กลยุทธ์ในการดำเนินการ", "practice"),
    ],
)  # fmt: skip
def test_roles(text: str, kind: str) -> None:
    role = role_of(text)
    assert role is not None
    assert role.kind == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ควรมีที่พักสำหรับผู้รอ", "recommendation"), ("บุคลากรไม่เพียงพอ", "obstacle"), ("Trust = ความเชื่อมั่น", "definition"), ("จะเริ่มได้อย่างไร", "question"),
        ("มีถนน 500 กิโลเมตร และคนงาน 30 คน", "metric"), ("ทำทุกวันศุกร์", None),
    ],
)  # fmt: skip
def test_cues(text: str, kind: str | None) -> None:
    assert cue_of(text) == kind
