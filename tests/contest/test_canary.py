"""What is entered shows nowhere to anybody else, whatever their role, until the gallery opens."""

from datetime import timedelta
from typing import Any

import pytest

from kmportal.contest.models import Contest, Entry
from kmportal.people.models import User
from tests.make import contest as make

pytestmark = pytest.mark.django_db
WORD, SECRET = "คานารีเหลืองอ่อน", "นกขมิ้นปลายกิ่ง"


def test_no_trace_of_an_entry(
    as_: Any, officer: User, colleague: User, outsider: User, coordinator: User, admin: User, organiser: User, contest: Contest
) -> None:
    made = make.make_entry(
        officer, contest, title=f"{WORD} {SECRET}", lesson=f"{WORD} {SECRET}", what_happened=SECRET, unit=SECRET
    )
    draft = make.make_entry(outsider, contest, handed_in=False, title=f"{WORD} {SECRET}")
    pages = [
        "/contests/", f"/contests/{contest.slug}/", f"/contests/{contest.slug}/rules/", "/contests/mine/", f"/search/?q={WORD}",
        f"/search/suggest/?q={WORD}", f"/api/v1/search?q={WORD}", "/library/", "/",
    ]  # fmt: skip
    own = [
        f"/contests/{contest.slug}/entries/{made.pk}/{step}"
        for step in ("", "corner/", "pictures/", "team/", "check/", "receipt/")
    ]
    with make.at(make.DEADLINE + timedelta(days=7)):
        for person in (None, colleague, coordinator, admin):
            browser = as_(person)
            for address in pages:
                assert SECRET not in browser.get(address).content.decode(), address
            for address in own:
                assert browser.get(address).status_code in ({302, 404} if person is None else {404}), address
            assert not Entry.objects.visible_to(browser.get("/contests/").wsgi_request.user).exists()
        assert as_(organiser).get(own[0]).status_code == 200
        assert as_(organiser).get(own[1]).status_code == 403
        assert as_(organiser).get(f"/contests/{contest.slug}/entries/{draft.pk}/").status_code == 404
        assert as_(officer).get(own[0]).status_code == 200


def test_lists_ask_the_same_at_one_and_at_twenty(
    as_: Any, organiser: User, officer: User, contest: Contest, queries: Any
) -> None:
    made = make.make_entry(officer, contest)
    browser = as_(organiser)
    with make.at(make.DEADLINE + timedelta(days=1)):
        page = f"/contests/{contest.slug}/screening/"
        browser.get(page)
        one = queries(browser, page)
        copies = [Entry.objects.get(pk=made.pk) for _ in range(19)]
        for number, copy in enumerate(copies):
            copy.pk, copy.code, copy.receipt = None, f"K9{number}", f"KM-{number}"
        Entry.objects.bulk_create(copies)

        assert queries(browser, page) == one
