"""Spreadsheets of the CMS: no cell that runs, and no button for lists that are not given out.

Wagtail writes cells as they are; a title such as `=HYPERLINK(…)` would run on the machine of whoever opens the file (CWE-1236).
All of Wagtail's lists and reports share one mixin, so it is set right once, here. Values with a function of their own
(`custom_field_preprocess`) pass by this: do not use that for text.
"""

from typing import Any

from django.utils.encoding import force_str, is_protected_type
from wagtail.admin.views.mixins import SpreadsheetExportMixin, list_to_str

from kmportal.core.spreadsheet import harmless_text

# The lists that are given out: their rows obey the circles of whoever asks (cms_guard refuses the others).
EXPORTED = {"library_due_report", "library_due_report_results", "search_report", "search_report_results"}


def harmless(value: Any) -> Any:
    """A cell that no spreadsheet runs: text, or a number, date or nothing as it is."""
    plain: bool = is_protected_type(value)
    if plain:
        return value
    return harmless_text(list_to_str(value) if isinstance(value, list) else force_str(value))


def _offered(view: Any) -> bool:
    return bool(view.list_export) and view.request.resolver_match.view_name in EXPORTED


def install() -> None:
    """Sets Wagtail's mixin right. Dates keep what Wagtail does with them: its entries come first."""
    cell = dict.fromkeys(SpreadsheetExportMixin.FORMATS, harmless)
    SpreadsheetExportMixin.custom_value_preprocess |= {list: cell, object: cell}
    SpreadsheetExportMixin.show_export_buttons = property(_offered)
