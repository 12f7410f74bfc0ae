"""Near-duplicates: alike sentences meet in a band and measure high, others do not."""

from kmportal.library.importer.similar import BANDS, ROWS, bands, near_duplicates, resemblance, signature

ONE = "ทุกสำนักต้องจัดทำรายงานผลการตรวจสอบส่งกองแผนงานภายในวันที่สิบของเดือน"
TWO = "กำหนดให้ทุกสำนักต้องจัดทำรายงานผลการตรวจสอบส่งกองแผนงานภายในวันที่สิบของทุกเดือน"
OTHER = "ผู้ใช้บริการต้องการที่จอดรถเพิ่มและร่มเงาระหว่างรอ"


def test_blanks_digits_and_case_do_not_matter() -> None:
    assert signature("ข้อ ๑ KM Corner ดีมาก") == signature("ข้อ 1 km  corner, ดีมาก")
    assert resemblance("ทํางาน ร่วมกัน", "ทำงานร่วมกัน") == 1.0


def test_alike_texts_share_a_band() -> None:
    assert resemblance(ONE, TWO) > 0.7
    assert set(bands(signature(ONE))) & set(bands(signature(TWO)))
    assert resemblance(ONE, OTHER) < 0.1


def test_signatures_are_the_same_everywhere() -> None:
    assert len(signature(ONE)) == BANDS * ROWS
    assert signature(ONE)[:3] == signature(ONE)[:3]
    assert len(bands(signature(ONE))) == BANDS
    assert signature(" … ") == ()
    assert bands(()) == ()
    assert resemblance("", ONE) == 0.0


def test_a_statement_inside_a_longer_one() -> None:
    assert resemblance(ONE, ONE + " " + OTHER) > 0.8


def test_pairs() -> None:
    found = [(i, j) for i, j, _ in near_duplicates([ONE, OTHER, TWO, "สั้น", "สั้น", ONE])]
    assert found == [(0, 2), (0, 5), (2, 5)]
    many = [f"{OTHER} ในเขตที่ {n} ของเมือง{chr(0x0E01 + n % 40) * 12}" for n in range(450)]
    assert (0, 449) not in {(i, j) for i, j, _ in near_duplicates([ONE, *many[:448], "ไม่เหมือนใคร แต่ยาวพอ"])}
    assert next(iter(near_duplicates([ONE, *[f"{n * 7919:x}{n * 104729:x}" for n in range(450)], TWO])))[:2] == (0, 451)
