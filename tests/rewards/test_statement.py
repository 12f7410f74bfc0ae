"""One's own points: figures, rows, periods, the file, the report; nobody else's."""

import csv
import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from kmportal.people.models import Person
from rewards import ledger, statement
from rewards.actions.awarding import award, take_back
from rewards.actions.showing import set_showing
from rewards.ledger import Cause
from rewards.models import Reason, Transfer
from rewards.periods import Period, half_of
from tests.make import points as make

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def _see(client: Any, name: str = "rewards:statement", **data: Any) -> str:
    response = client.get(reverse(name), data)
    assert response.status_code == 200
    return str(response.content.decode())


def _award(earner: Any, payer: Any, source: Any, **more: Any) -> Any:
    fields: dict[str, Any] = {"reason": Reason.ANSWER_ACCEPTED, "key": str(source.pk), "at": NOW} | more
    return award(earner=earner, payer=payer, source=source, **fields)


@pytest.mark.parametrize("name", ["rewards:statement", "rewards:statement_csv", "rewards:report", "rewards:showing"])
def test_visitors_sign_in_first(as_: Any, visitor: Any, name: str) -> None:
    for answer in (as_(visitor).get(reverse(name)), as_(visitor).post(reverse(name))):
        assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login"))


def test_an_empty_statement_says_how_to_begin(as_: Any, officer: Any) -> None:
    page = _see(as_(officer))

    assert ("ยังไม่มีแต้ม" in page, reverse("rewards:how") in page) == (True, True)


def test_every_row_has_reason_link_person_and_balance(as_: Any, officer: Any, outsider: Any, agency_b: Any) -> None:
    given = _award(officer, outsider, agency_b)
    payer = Person.objects.get(user=outsider)
    page = _see(as_(officer))

    for words in (
        Reason.ANSWER_ACCEPTED.label,
        agency_b.name,
        f'href="{agency_b.get_absolute_url()}"',
        payer.get_absolute_url(),
        "+15",
    ):
        assert str(words) in page
    row = statement.rows(officer, statement.transfers(officer, Period()))[0]
    assert (row.change, row.reputation, row.balance, row.waits_until) == (15, 15, 0, given.vest_at)


def test_the_running_balance(officer: Any) -> None:
    first = make.give(officer, 100, reputation=5)
    make.give(officer, 15, waits=True)
    held = make.hold(officer, 40)
    with transaction.atomic():
        ledger.spend(held=held, at=NOW, points=30)
    make.reverse(first)

    rows = statement.rows(officer, statement.transfers(officer, Period()).order_by("pk"))

    assert [(row.transfer.act, row.change, row.balance) for row in rows] == [
        ("issue", 100, 100),
        ("issue", 15, 100),
        ("hold", -40, 60),
        ("spend", 10, 70),
        ("reverse", -100, 0),
    ]
    assert statement.figures(officer).owed == 30


def test_what_was_taken_back_has_no_link(as_: Any, officer: Any, outsider: Any, agency_b: Any) -> None:
    _award(officer, outsider, agency_b)
    take_back(source=agency_b, reason=None, at=NOW, note="เลือกใหม่")

    page = _see(as_(officer))

    assert (agency_b.name in page, f'href="{agency_b.get_absolute_url()}"' in page, "เลือกใหม่" in page) == (True, False, True)


def test_people_who_hid_themselves_are_not_named(as_: Any, officer: Any, outsider: Any, agency_b: Any) -> None:
    _award(officer, outsider, agency_b)
    Person.objects.filter(user=outsider).update(is_listed=False)
    name = str(Person.objects.get(user=outsider))

    assert name not in _see(as_(officer))
    assert name not in as_(officer).get(reverse("rewards:statement_csv")).content.decode()
    assert name not in _see(as_(officer), "rewards:report")


def test_nobody_reads_anothers(as_: Any, officer: Any, coordinator: Any, admin: Any) -> None:
    make.give(officer, 4321, cause=Cause(label="เรื่องของคนอื่น"))

    for other in (coordinator, admin):
        for name in ("rewards:statement", "rewards:statement_csv", "rewards:report"):
            answer = as_(other).get(reverse(name)).content.decode()
            assert ("4321" in answer, "เรื่องของคนอื่น" in answer) == (False, False)


@pytest.mark.parametrize(
    ("day", "inside"),
    [("2026-09-30T23:59:59", ""), ("2026-10-01T00:00:00", "q1"), ("2026-12-31T23:59:59", "q1"), ("2027-01-01T00:00:00", "q2"),
     ("2027-04-01T00:00:00", "q3"), ("2027-09-30T23:59:59", "q4"), ("2027-10-01T00:00:00", "")],
)  # fmt: skip
def test_quarters_are_those_of_the_fiscal_year(officer: Any, day: str, inside: str) -> None:
    make.give(officer, 5, at=timezone.make_aware(datetime.fromisoformat(day)))

    found = {part for part in ("q1", "q2", "q3", "q4") if statement.transfers(officer, Period(2027, part)).exists()}

    assert found == ({inside} if inside else set())
    assert statement.transfers(officer, Period(2027)).exists() is bool(inside)


def test_the_period_in_the_address(as_: Any, officer: Any) -> None:
    year = timezone.localdate().year + (timezone.localdate().month >= 10)
    make.give(officer, 5, cause=Cause(label="ปีนี้"))
    make.give(officer, 5, cause=Cause(label="ปีก่อนหน้า"), at=NOW - timedelta(days=366))
    client = as_(officer)

    for typed in (year, year + 543):
        page = _see(client, year=typed)
        assert ("ปีนี้" in page, "ปีก่อนหน้า" in page) == (True, False)
    for nonsense in ({"year": "x"}, {"year": "9999"}, {"year": "٢٠٢٧"}, {"part": "q9"}, {"page": "x"}, {"year": "\x00"}):
        page = _see(client, **nonsense)
        assert ("ปีนี้" in page, "ปีก่อนหน้า" in page) == (True, True)


def test_the_file_holds_every_row_and_runs_nothing(as_: Any, officer: Any) -> None:
    make.give(officer, 5, cause=Cause(label='=HYPERLINK("http://evil")', note="@SUM(A1)"))
    make.spent(officer, 5)

    answer = as_(officer).get(reverse("rewards:statement_csv"))

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:])))
    assert (len(rows), rows[1][4], rows[1][13]) == (4, '\'=HYPERLINK("http://evil")', "'@SUM(A1)")
    assert [row[7] for row in rows[1:]] == ["5", "-5", "0"]
    assert [row[11] for row in rows[1:]] == ["5", "0", "0"]


# --- Report ----------------------------------------------------------------------------------------------------------------------
def test_the_report_counts_what_stands(
    as_: Any, officer: Any, outsider: Any, coordinator: Any, agency_a: Any, agency_b: Any
) -> None:
    _award(officer, outsider, agency_a)
    _award(officer, coordinator, agency_b)
    _award(officer, coordinator, agency_a, reason=Reason.LESSON_PUBLISHED)
    take_back(source=agency_b, reason=None, at=NOW)

    found = statement.report(officer, half_of(timezone.localdate()))

    assert [(one.times, one.points, one.reputation) for one in found.sums] == [(1, 15, 15), (1, 20, 20)]
    assert (found.points, found.reputation, found.people, found.agencies) == (35, 35, 2, 1)
    page = _see(as_(officer), "rewards:report")
    assert (Person.objects.get(user=officer).formal_name in page, agency_a.name in page, ">35<" in page) == (True, True, True)


def test_halves() -> None:
    assert [half_of(datetime.fromisoformat(day).date()) for day in ("2026-10-01", "2027-03-31", "2027-04-01", "2027-09-30")] == [
        Period(2027, "h1"),
        Period(2027, "h1"),
        Period(2027, "h2"),
        Period(2027, "h2"),
    ]


# --- What others see -------------------------------------------------------------------------------------------------------------
def test_members_see_the_reputation_until_it_is_hidden(as_: Any, officer: Any, outsider: Any, visitor: Any) -> None:
    make.give(officer, 99, reputation=4321)
    person = Person.objects.get(user=officer)
    Person.objects.filter(pk=person.pk).update(is_public=True)
    here = person.get_absolute_url()

    assert ["4321" in as_(who).get(here).content.decode() for who in (officer, outsider, visitor)] == [True, True, False]
    as_(officer).post(reverse("rewards:showing"), {})
    assert ["4321" in as_(who).get(here).content.decode() for who in (officer, outsider, visitor)] == [False, False, False]
    as_(officer).post(reverse("rewards:showing"), {"reputation": "on"})

    assert "4321" in as_(outsider).get(here).content.decode()


def test_only_people_who_signed_in_choose(visitor: Any) -> None:
    with pytest.raises(PermissionDenied):
        set_showing(actor=visitor, reputation=False)


# --- Pages ----------------------------------------------------------------------------------------------------------------------
def test_as_many_queries_for_one_row_as_for_twenty(as_: Any, officer: Any, outsider: Any, agency_a: Any, queries: Any) -> None:
    _award(officer, outsider, agency_a)
    names = ("rewards:statement", "rewards:statement_csv", "rewards:report")
    few = [queries(as_(officer), reverse(name)) for name in names]
    for n in range(19):
        _award(officer, outsider, agency_a, reason=Reason.CONTEST_RESULT, key=f"more {n}")

    assert [queries(as_(officer), reverse(name)) for name in names] == few
    assert Transfer.objects.count() == 20


def test_pages_of_twenty(as_: Any, officer: Any) -> None:
    for n in range(21):
        make.give(officer, 1, cause=Cause(label=f"แถวที่ {n:02}"))

    first, second = _see(as_(officer)), _see(as_(officer), page=2)

    assert ("แถวที่ 20" in first, "แถวที่ 00" in first, "แถวที่ 00" in second) == (True, False, True)


def test_it_stands_in_the_account_menu_and_in_english(as_: Any, officer: Any) -> None:
    home = as_(officer).get("/").content.decode()
    assert (f'href="{reverse("rewards:statement")}"' in home, f'href="{reverse("rewards:how")}"' in home) == (True, True)
    with translation.override("en"):
        page = _see(as_(officer))

    assert "Points you can use" in page
