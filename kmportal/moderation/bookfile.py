"""The book as a file for a spreadsheet: texts cannot run as formulas."""

import csv
import io
import json
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kmportal.core.spreadsheet import harmless_text
from kmportal.moderation import booklines
from kmportal.moderation.booklines import BookLine
from kmportal.moderation.querysets import StaffActQuerySet

# A byte order mark, without which Excel takes Thai letters for others.
MARK = "\ufeff"
MOST = 10_000


def text(user: Any, rows: StaffActQuerySet) -> str:
    """The newest ten thousand."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Number"), _("Time"), _("Who"), _("Act"), _("What"), _("Reason"), _("Details")])
    for line in booklines.lines(user, rows[:MOST]):
        writer.writerow(_cells(line))
    return MARK + out.getvalue()


def _cells(line: BookLine) -> list[str | int]:
    row = line.act
    details = json.dumps(row.data, ensure_ascii=False) if row.data else ""
    texts = [str(row.actor or _("The portal itself")), str(row.act_words), line.words, row.reason, details]
    return [row.pk, timezone.localtime(row.at).isoformat(timespec="seconds"), *map(harmless_text, texts)]
