"""Fiscal years (October to September), their halves and quarters, as statements and reports are asked for them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from kmportal.core import dates

# Part of the year to (first month counted from October, number of months).
PARTS = {"q1": (0, 3), "q2": (3, 3), "q3": (6, 3), "q4": (9, 3), "h1": (0, 6), "h2": (6, 6)}


@dataclass(frozen=True)
class Period:
    """A fiscal year by its C.E. number, or a part of one; without a year all time."""

    year: int | None = None
    part: str = ""

    @property
    def days(self) -> tuple[date, date] | None:
        """The first day, and the day after the last."""
        if self.year is None:
            return None
        begin, months = PARTS.get(self.part, (0, 12))
        return _month(self.year, begin), _month(self.year, begin + months)

    @property
    def last_day(self) -> date | None:
        return self.days[1] - timedelta(days=1) if self.days else None

    @property
    def moments(self) -> tuple[datetime | None, datetime | None]:
        """From, and before, in the site's time zone."""
        if self.days is None:
            return None, None
        start, end = (timezone.make_aware(datetime.combine(day, time())) for day in self.days)
        return start, end

    @property
    def label(self) -> str:
        """'ปีงบประมาณ 2570 ไตรมาส 1' to a Thai reader."""
        if self.year is None:
            return _("All time")
        year = dates.year_number(self.year)
        if self.part.startswith("q"):
            return _("Fiscal year %(year)s, quarter %(number)s") % {"year": year, "number": self.part[1]}
        if self.part.startswith("h"):
            return _("Fiscal year %(year)s, half %(number)s") % {"year": year, "number": self.part[1]}
        return _("Fiscal year %(year)s") % {"year": year}


def _month(fiscal_year: int, number: int) -> date:
    """The first day of a month, counted from October before the year by whose number the fiscal year goes."""
    whole = (fiscal_year - 1) * 12 + 9 + number
    return date(whole // 12, whole % 12 + 1, 1)


def quarter_of(day: date) -> Period:
    """The quarter of the fiscal year that a day falls into."""
    return Period(dates.fiscal_year(day), f"q{(day.month - 10) % 12 // 3 + 1}")


def half_of(day: date) -> Period:
    """The half of the fiscal year that a day falls into."""
    return Period(dates.fiscal_year(day), "h1" if day.month >= 10 or day.month <= 3 else "h2")
