"""The book as a file for a spreadsheet: texts cannot run as formulas."""

import csv
import io
import json

from django.utils import timezone
from django.utils.translation import gettext as _

from kmportal.core.spreadsheet import harmless_text
from kmportal.moderation.models import StaffAct
from kmportal.moderation.querysets import StaffActQuerySet

# A byte order mark, without which Excel takes Thai letters for others.
MARK = "\ufeff"
MOST = 10_000


def text(rows: StaffActQuerySet) -> str:
    """The newest ten thousand."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Number"), _("Time"), _("Who"), _("Act"), _("What"), _("Reason"), _("Details")])
    for row in rows[:MOST]:
        writer.writerow(_cells(row))
    return MARK + out.getvalue()


def _cells(row: StaffAct) -> list[str | int]:
    details = json.dumps(row.data, ensure_ascii=False) if row.data else ""
    texts = [str(row.actor or _("The portal itself")), str(row.act_words), row.label, row.reason, details]
    return [row.pk, timezone.localtime(row.at).isoformat(timespec="seconds"), *map(harmless_text, texts)]
