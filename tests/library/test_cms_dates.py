"""Dates in the CMS: two calendars in, the reader's own out."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import formats, translation

from kmportal.library.cms_dates import EraDateField, EraDateInput
from kmportal.library.models import SeminarPage
from tests.make import library as make


@pytest.mark.parametrize(
    "written",
    ["1 กรกฎาคม 2553", "1 ก.ค. 53", "01/07/2553", "๑ ก.ค. ๒๕๕๓", "1 July 2010", "2010-07-01", "1/7/2010", date(2010, 7, 1), datetime(2010, 7, 1, tzinfo=UTC)],
)  # fmt: skip
def test_both_calendars_are_read(written: Any) -> None:
    assert EraDateField().clean(written) == date(2010, 7, 1)


@pytest.mark.parametrize("written", ["31/02/2553", "กรกฎาคม", "1/13/2553", "' OR 1=1", "9" * 5_000])
def test_what_is_no_date(written: str) -> None:
    with pytest.raises(ValidationError):
        EraDateField().clean(written)


def test_nothing_is_nothing() -> None:
    assert EraDateField(required=False).clean("") is None
    assert EraDateField().has_changed(date(2010, 7, 1), "1 ก.ค. 2553") is False
    assert EraDateField().has_changed(date(2010, 7, 1), "2 ก.ค. 2553") is True
    assert EraDateField().has_changed(date(2010, 7, 1), "x") is True


@pytest.mark.parametrize(("language", "shown"), [("th", "29 กุมภาพันธ์ 2567"), ("en", "29 February 2024")])
def test_the_readers_calendar_is_shown(language: str, shown: str) -> None:
    with translation.override(language):
        assert EraDateInput().format_value(date(2024, 2, 29)) == shown


@pytest.mark.parametrize(("language", "shown"), [("th", "29 กุมภาพันธ์ 2567"), ("en", "Feb. 29, 2024")])
def test_what_wagtail_formats(language: str, shown: str) -> None:
    with translation.override(language):
        assert formats.date_format(date(2024, 2, 29), "DATE_FORMAT") == shown
        assert formats.date_format(date(2024, 2, 29), "Y-m-d") == "2024-02-29"


@pytest.mark.django_db
def test_the_editor_shows_and_reads_it(as_: Any, coordinator: Any) -> None:
    page = make.make_seminar("สัมมนา", start_date=date(2010, 7, 1))

    shown = as_(coordinator).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text

    assert 'value="1 กรกฎาคม 2553"' in shown
    form_class = SeminarPage.get_edit_handler().get_form_class()
    assert isinstance(form_class.base_fields["start_date"], EraDateField)
    assert isinstance(form_class.base_fields["review_due"], EraDateField)
