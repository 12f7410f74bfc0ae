"""Long hostile lines and many lines: the work grows with the length. A process with a cap on its CPU seconds reads them."""

import resource
import subprocess
import sys

import pytest

SCRIPT = """
import sys
from kmportal.library.importer import candidate, coverage, parse, read_source, UnreadableFile
for unit in sys.argv[2:]:
    for shape in ("{}จบ!", "{} : x"):
        line = (unit * (int(sys.argv[1]) // len(unit) + 1))[: int(sys.argv[1])]
        source = read_source((shape.format(line) + "\\nx\\n- y\\n").encode(), "a.txt")
        draft = parse(source)
        candidate(draft)
        assert coverage(source, draft) == []
"""
UNITS = [
    " ", "1", "1.", "(1) ", "่ี", "“", "นายกข คง ", "ณ กข ", "1 มกราคม 2553 ", "1-", "1, ", "IT 1, ", "สำนักงาน ", "ก.พ.", "= ", "จัดประชุม", "(", "\t", "Department of A ", "ร้อยละ 5 ",
]  # fmt: skip


def cap() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))


def run(script: str, *arguments: str) -> None:
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, preexec_fn=cap, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]


@pytest.mark.parametrize("length", [25_000])
@pytest.mark.parametrize("units", [UNITS[n::2] for n in range(2)], ids=["a", "b"])
def test_long_lines(length: int, units: list[str]) -> None:
    run(SCRIPT, str(length), *units)


MANY = """
import sys
from kmportal.library.importer import candidate, coverage, parse, read_source
for unit in sys.argv[1:]:
    source = read_source("\\n".join([unit.replace("|n", "\\n")] * 1_200).encode(), "a.txt")
    draft = parse(source)
    candidate(draft)
    assert coverage(source, draft) == []
"""


def test_many_lines() -> None:
    units = [
        "วันที่ 1 มกราคม 2553 ณ โรงแรม ก", "- ปัญหาการทำงาน", "1. การ", "ข้อความธรรมดาที่ยาวพอสมควรและไม่มีอะไรเป็นพิเศษเลยในบรรทัดนี้นอกจากตัวอักษร", "นายกข คงดี กรมก", "a\tb\tc",
        "\ta|n\tb|n|n\t1. x|ny", "| a | b |", "ปัญหา", "1.", "มีปัญหา ดังนี้", "หมวด 1 ก : ข", "1) a 2) b 3) c",
    ]  # fmt: skip
    run(MANY, *units)
