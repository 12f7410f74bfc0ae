"""The stream of an import is one that Wagtail itself reads: every list entry bears an id."""

from typing import Any

from kmportal.library.blocks import SummaryStream
from kmportal.library.importing.streams import _listed


def test_wagtail_reads_the_rows_of_a_table_and_gives_them_back() -> None:
    rows = _listed([_listed(["หน่วยงาน", "จำนวน"]), _listed(["กรมตัวอย่าง", "๑๒"])])
    stream: list[dict[str, Any]] = [
        {"type": "table", "value": {"caption": "", "rows": rows}, "id": "0b0c5a52-0000-4000-8000-000000000001"}
    ]
    block = SummaryStream()
    value = block.to_python(stream)
    assert [[str(cell) for cell in row] for row in value[0].value["rows"]] == [["หน่วยงาน", "จำนวน"], ["กรมตัวอย่าง", "๑๒"]]
    assert block.get_prep_value(value)[0]["value"]["rows"] == rows


def test_the_same_rows_get_the_same_ids() -> None:
    assert _listed(["ก", "ก"]) == _listed(["ก", "ก"])
    first, second = _listed(["ก", "ก"])
    assert first["id"] != second["id"]
