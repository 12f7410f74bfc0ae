"""The Buddhist year in dates that Django formats: in the CMS, in Wagtail's mails, in tooltips.

Django's format letters know no other era than C.E., and formats are all that can be changed by settings. The letter `o` (the ISO year
of a week number) is used by nobody here, so in Thai it gives the Buddhist year; core/formats/th uses it. "Y" stays as it is, because
machine dates are written with it.
"""

from django.utils import dateformat
from django.utils.translation import get_language

from kmportal.core.dates import year_number

_iso_year = dateformat.DateFormat.o


def _era_year(self: dateformat.DateFormat) -> int:
    if (get_language() or "").startswith("th"):
        return year_number(getattr(self.data, "year", 0), "th")
    return _iso_year(self)


def install() -> None:
    dateformat.DateFormat.o = _era_year  # type: ignore[method-assign]  # the one letter, see above
