"""Spreadsheets of the CMS: cells that no program runs, whichever list of Wagtail's writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.translation import gettext_lazy
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from kmportal.people.models import User

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"]


class Report(SpreadsheetExportMixin):
    """A list as Wagtail's own are: it knows nothing of ours."""

    list_export = ["title", "owner", "tags", "when", "day", "count", "none"]


def row(text: str) -> SimpleNamespace:
    return SimpleNamespace(
        title=text, owner=User(first_name=text, email="x@a.example"), tags=[text, "b"],
        when=datetime(2026, 11, 2, tzinfo=UTC), day=date(2026, 11, 2), count=Decimal(-2), none=None,
    )  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula(text: str) -> None:
    load_workbook = import_module("openpyxl").load_workbook
    report = Report()
    out = BytesIO()
    report.get_heading = lambda queryset, field: field
    report.write_xlsx([row(text)], out)
    cells = [cell.value for cell in list(load_workbook(out)["Sheet1"].rows)[1]]
    line = b"".join(list(report.stream_csv([row(text)]))[1:]).decode()
    assert cells[0].lstrip("'").strip() == text.strip()
    assert all(str(cell).startswith("'") for cell in cells[:1] + cells[2:3])
    assert not str(cells[1]).startswith(tuple("=+-@\t\r\n"))
    assert line.startswith(("'", "\"'"))
    assert f"'{text}, b" in line
    assert cells[5] == -2
    assert cells[6] is None


def test_words_that_are_translated_late_stay_words() -> None:
    assert Report().preprocess_field_value("title", gettext_lazy("Title"), "csv") == str(gettext_lazy("Title"))


def test_only_lists_that_are_given_out_show_the_button(as_: Any, coordinator: User) -> None:
    client = as_(coordinator)
    assert "export=csv" in client.get("/cms/reports/due/").text
    for address in ("/cms/reports/workflow/", "/cms/reports/workflow_tasks/", "/cms/reports/locked/", "/cms/redirects/"):
        answer = client.get(address)
        assert (answer.status_code, "export=" in answer.text) in {(200, False), (302, False)}
        assert client.get(address, {"export": "xlsx"}).status_code == 404
