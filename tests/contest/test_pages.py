"""From the contest's page to the receipt without a line of script."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kmportal.contest.models import Contest, Entry
from kmportal.people.models import Person, User
from tests.make import contest as make

pytestmark = pytest.mark.django_db
LESSON = {"what_happened": "เริ่มจากสมุด\n\nแล้วเป็นป้าย", "lesson": "เขียนไว้ที่เดียว", "why": ""}


def test_an_entry_is_filled_and_handed_in(as_: Any, officer: User, outsider: User, contest: Contest) -> None:
    browser, page = as_(officer), f"/contests/{contest.slug}/"
    with make.at(make.DEADLINE - make.SECOND):
        assert f"{page}enter/" in browser.get(page).content.decode()
        browser.post(f"{page}enter/", {"kind": "team"})
        entry = Entry.objects.get()
        start = f"{page}entries/{entry.pk}/"
        kept = browser.post(f"{start}corner/keep/", {"kind": "team", "title": "ครึ่งคำ", "revision": entry.revision}).json()
        assert kept["revision"] == entry.revision + 1
        corner = {
            "kind": "team",
            "title": "มุมหน้าห้อง",
            "summary": "ป้าย",
            "unit": "ทีมหน้าห้อง",
            "category": contest.categories.get().pk,
        }
        browser.post(f"{start}corner/", {**corner, "revision": kept["revision"], "next": "1"})
        revision = Entry.objects.get().revision
        browser.post(f"{start}lesson/", {**LESSON, "revision": revision})
        assert browser.post(f"{start}lesson/", {**LESSON, "why": "ก", "revision": revision}).status_code == 422
        browser.post(f"{start}put-in/pictures/", {"files": [make.photo("a.jpg"), make.photo("b.jpg")]})
        for photo in entry.pictures.all():
            browser.post(f"{start}pictures/{photo.pk}/", {"alt": "ป้าย"})
        browser.post(f"{start}put-in/files/", {"files": [SimpleUploadedFile("แบบฟอร์ม.txt", "แบบฟอร์ม".encode())]})
        handle = Person.objects.get(user=outsider).handle
        assert handle in browser.get(f"{start}team/", {"q": outsider.first_name or str(outsider)}).content.decode()
        browser.post(f"{start}team/ask/{handle}/", {"part": "ทำป้าย"})
        as_(outsider).post(f"{start}answer/", {"answer": "yes", "printed": "นางสาวพิมพ์ ชัดเจน"})
        for step in ("", "corner/", "lesson/", "pictures/", "team/", "check/", "fill/"):
            assert browser.get(start + step).status_code == 200, step
        answer = browser.post(f"{start}hand-in/", follow=True)

    entry.refresh_from_db()
    assert entry.receipt in answer.content.decode()
    assert (entry.pictures.count(), entry.files.count(), entry.team.get().consent) == (2, 1, "given")
    assert entry.what_happened == "<p>เริ่มจากสมุด</p><p>แล้วเป็นป้าย</p>"


def test_coming_late_is_said_to_the_second_and_the_draft_stays(as_: Any, officer: User, contest: Contest) -> None:
    made = make.make_entry(officer, contest, handed_in=False)
    with make.at(make.DEADLINE):
        answer = as_(officer).post(f"/contests/{contest.slug}/entries/{made.pk}/hand-in/", follow=True)

    assert "08:30:00" in answer.content.decode()
    assert Entry.objects.get().state == "draft"
