"""Two calendars, one day."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmportal.core import dates

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2156, 12, 31))


@given(DAYS, st.sampled_from(["th", "en"]))
def test_what_we_show_we_can_read(day: date, language: str) -> None:
    assert dates.parse(dates.full(day, language)) == day
    assert dates.parse(dates.short(day, language)) == day


@given(DAYS)
def test_numbers_and_thai_digits_are_read(day: date) -> None:
    written = f"{day.day:02}/{day.month:02}/{day.year + 543}"
    assert dates.parse(written) == day
    assert dates.parse(written.translate(dates.TO_THAI_DIGITS)) == day
    assert dates.parse(day.isoformat()) == day


@pytest.mark.parametrize(
    "sample", ["", "เมื่อวาน", "32/01/2553", "31 กุมภาพันธ์ 2553", "1 กรก 2553", "1-2 กรกฎาคม 2553", "2553", "1/2/3/4"]
)
def test_what_is_no_date_is_refused(sample: str) -> None:
    with pytest.raises(dates.NotADate):
        dates.parse(sample)


@pytest.mark.parametrize(
    ("start", "end", "thai", "english"),
    [
        (date(2010, 7, 1), date(2010, 7, 2), "1–2 กรกฎาคม 2553", "1–2 July 2010"),
        (date(2010, 6, 30), date(2010, 7, 2), "30 มิถุนายน – 2 กรกฎาคม 2553", "30 June – 2 July 2010"),
        (date(2009, 12, 31), date(2010, 1, 1), "31 ธันวาคม 2552 – 1 มกราคม 2553", "31 December 2009 – 1 January 2010"),
        (date(2010, 7, 1), None, "1 กรกฎาคม 2553", "1 July 2010"),
        (date(2010, 7, 1), date(2010, 7, 1), "1 กรกฎาคม 2553", "1 July 2010"),
    ],
)
def test_periods(start: date, end: date | None, thai: str, english: str) -> None:
    assert dates.period(start, end, "th") == thai
    assert dates.period(start, end, "en") == english


def test_the_day_is_the_day_in_bangkok() -> None:
    night = datetime(2026, 9, 30, 17, 30, tzinfo=UTC)
    assert dates.full(night, "th") == "1 ตุลาคม 2569"
    assert dates.clock(night, "th") == "00.30 น."
    assert dates.clock(night, "en") == "00:30"
    assert dates.fiscal_year(night) == 2027
