"""The list of winners for the press: as rows, as a file for a spreadsheet, and as a text that can be sent as it is."""

import csv
import io
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kmportal.contest.actions.certifying import holders
from kmportal.contest.models import ResultVersion
from kmportal.contest.presenting.results import tables
from kmportal.core import dates
from kmportal.core.spreadsheet import harmless_text

MARK = "\ufeff"


@dataclass(frozen=True)
class Winner:
    category: str
    prize: str
    title: str
    agency: str
    names: str
    code: str


def winners(version: ResultVersion) -> list[Winner]:
    """Every prize, in the order of the categories and places. Only those are named who agreed to it."""
    found = []
    for table in tables(version):
        for line in table.lines:
            names = ", ".join(dict.fromkeys(printed for _user, printed in holders(line.entry))) if line.prizes else ""
            agency = str(line.entry.agency or "")
            found += [Winner(str(table.category), one, line.entry.title, agency, names, line.entry.code) for one in line.prizes]
    return found


def as_csv(version: ResultVersion) -> str:
    """For a spreadsheet: nothing in it runs."""
    out = io.StringIO()
    writer = csv.writer(out)
    heads = [
        pgettext("contest", "Category"),
        pgettext("contest", "Prize"),
        pgettext("contest", "Entry"),
        _("Agency"),
        pgettext("contest", "Names"),
        pgettext("certificate", "Code"),
    ]
    writer.writerow(heads)
    for one in winners(version):
        cells = (one.category, one.prize, one.title, one.agency, one.names, one.code)
        writer.writerow([harmless_text(cell) for cell in cells])
    return MARK + out.getvalue()


def as_text(version: ResultVersion) -> str:
    """A release that needs no editor."""
    contest = version.contest
    day = dates.full(version.published_at) if version.published_at else ""
    who = str(contest.agency) if contest.agency else _("The organisers")
    lines = [
        _("For the press"), "",
        _("%(who)s announce the results of %(contest)s") % {"who": who, "contest": contest}, "",
        _("On %(day)s the results of %(contest)s were published. %(number)s entries were judged without names by a panel.")
        % {"day": day, "contest": contest, "number": version.rows.count()},
    ]  # fmt: skip
    category = ""
    for one in winners(version):
        if one.category != category:
            category = one.category
            lines += ["", _("Category: %(category)s") % {"category": category}]
        lines.append(
            _("- %(prize)s: “%(title)s”, %(names)s") % {"prize": one.prize, "title": one.title, "names": one.names or one.agency}
            + (f" ({one.agency})" if one.agency and one.agency not in one.names else "")
        )
    return "\n".join([*lines, ""])
