"""What is kept of searches, of whom, and for how long."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from kmportal.core import chores
from kmportal.people.models import User
from kmportal.search.actions import log
from kmportal.search.models import SearchedQuery, WantedAnswer
from tests.search.answers import found, hit

pytestmark = pytest.mark.django_db


def test_a_search_is_kept_with_what_it_found(as_: Any, officer: User, answer_with: Any) -> None:
    answer_with(found(hit(), total=12, instead="ตัวชี้วัด"))

    as_(officer).get("/en/search/", {"q": "  ตัวชี้  วัด "})

    row = SearchedQuery.objects.get()
    assert (row.query, row.hits, row.near, row.instead, row.language, row.user) == ("ตัวชี้ วัด", 12, False, "ตัวชี้วัด", "en", officer)


def test_of_visitors_no_person_is_kept(client: Any, answer_with: Any) -> None:
    answer_with(found(hit(), near=True))

    client.get("/search/", {"q": "น้ำท่วม"})

    row = SearchedQuery.objects.get()
    assert (row.user, row.hits, row.near) == (None, 0, True)
    assert "127.0.0.1" not in (row.slot or "")


def test_paging_typing_and_narrowing_write_one_row(as_: Any, officer: User, outsider: User, answer_with: Any) -> None:
    answer_with(found(hit(), total=90))
    client = as_(officer)

    for query, more in (
        ("ก.พ.ร.", {}),
        ("กพร", {}),
        ("กพร", {"page": "2"}),
        ("ก.พ.ร", {"category": "4"}),
        ("กพร", {"kind": "x"}),
    ):
        client.get("/search/", {"q": query, **more})
    cache.clear()  # another process
    client.get("/search/", {"q": "กพร"})
    as_(outsider).get("/search/", {"q": "กพร"})

    assert sorted(SearchedQuery.objects.values_list("user", flat=True)) == sorted([officer.pk, outsider.pk])


def test_ten_minutes_later_it_counts_again(officer: User) -> None:
    now = timezone.now()

    for moment in (now, now + timedelta(minutes=11)):
        cache.clear()
        log.note_search(actor=officer, whose="x", query="น้ำ", found=found(), now=moment)

    assert SearchedQuery.objects.count() == 2


@pytest.mark.parametrize(
    "query",
    ["somchai@agency.go.th", "081-234-5678", "๐๘๑ ๒๓๔ ๕๖๗๘", "1 2345 67890 12 3", "นายสมชาย ใจดี", "น.ส. อรทัย แก้วมณี", "Mr. John Smith", "", "ๆๆ"],
)  # fmt: skip
def test_who_was_looked_for_is_not_kept(client: Any, answer_with: Any, query: str) -> None:
    answer_with(found())

    client.get("/search/", {"q": query})

    assert SearchedQuery.objects.count() == 0


def test_the_name_of_somebody_found_is_not_kept(client: Any, answer_with: Any) -> None:
    answer_with(found(hit(kind="person", title="อรทัย แก้วมณี")))

    client.get("/search/", {"q": "อรทัย"})

    assert SearchedQuery.objects.count() == 0


@pytest.mark.parametrize(
    "query", ["นายกเทศมนตรี ท้องถิ่น", "นายทะเบียน อำเภอ", "งบ 2552 2553 2554", "คุณภาพ การบริการ", "IT6", "missing data form"]
)
def test_posts_and_years_are_no_persons(client: Any, answer_with: Any, query: str) -> None:
    answer_with(found())

    client.get("/search/", {"q": query})

    assert SearchedQuery.objects.count() == 1


def test_suggestions_are_not_kept(client: Any, answer_with: Any) -> None:
    answer_with(found())

    client.get("/search/suggest/", {"q": "น้ำท่วม"})

    assert SearchedQuery.objects.count() == 0


def test_names_are_forgotten_after_a_week_and_rows_after_400_days(officer: User) -> None:
    now = timezone.now()
    ages = {
        "hour": timedelta(minutes=30),
        "day": timedelta(days=6, hours=23),
        "week": timedelta(days=7, minutes=1),
        "old": timedelta(days=401),
    }
    for name, age in ages.items():
        SearchedQuery.objects.create(query=name, key=name, hits=0, language="th", searched_at=now - age, user=officer, slot=name)
        WantedAnswer.objects.create(query=name, key=name, wanted_at=now - age, user=officer, sentence="x")

    for _twice in range(2):
        log.forget(now=now)

    rows = {row.query: (row.user_id, row.slot) for row in SearchedQuery.objects.all()}
    assert rows == {"hour": (officer.pk, "hour"), "day": (officer.pk, None), "week": (None, None)}
    assert {row.query: row.user_id for row in WantedAnswer.objects.all()} == {"hour": officer.pk, "day": officer.pk, "week": None}


def test_the_worker_does_it(officer: User) -> None:
    SearchedQuery.objects.create(
        query="x", key="x", hits=0, language="th", searched_at=timezone.now() - timedelta(days=8), user=officer
    )

    chores.run()

    assert SearchedQuery.objects.get().user is None


def test_an_account_that_goes_leaves_no_name(officer: User) -> None:
    SearchedQuery.objects.create(query="x", key="x", hits=0, language="th", user=officer)

    User.objects.filter(pk=officer.pk).delete()

    assert SearchedQuery.objects.get().user is None
