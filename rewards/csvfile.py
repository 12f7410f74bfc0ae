"""The statement as a file for a spreadsheet: every row of the period, the oldest first."""

import csv
import io
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from kmportal.core.spreadsheet import harmless_text
from rewards.statement import Row

# A byte order mark, without which Excel takes Thai letters for others.
MARK = "\ufeff"


def text(rows: Iterable[Row]) -> str:
    """Texts cannot run as formulas; numbers stay numbers."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([
        _("Number"), _("Time"), _("Movement"), _("Reason"), _("What for"), _("From whom"), _("On hold"), _("Available"), _("Reserved"),
        _("Owed"), _("Reputation"), _("Available afterwards"), _("Available from"), _("Remark"),
    ])  # fmt: skip
    for row in rows:
        writer.writerow(_cells(row))
    return MARK + out.getvalue()


def _cells(row: Row) -> list[str | int]:
    one = row.transfer
    remark = " · ".join(filter(None, (one.get_limited_by_display() if one.limited_by else "", one.note)))
    texts = [one.get_act_display(), row.reason, one.label, str(row.payer or "")]
    return [
        one.pk, timezone.localtime(one.happened_at).isoformat(timespec="seconds"), *map(harmless_text, texts),
        one.to_pending, one.to_available, one.to_reserved, one.to_debt, one.to_reputation, row.balance,
        timezone.localtime(one.vest_at).isoformat(timespec="seconds") if one.vest_at else "", harmless_text(remark),
    ]  # fmt: skip
