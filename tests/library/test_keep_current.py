"""Published > due for review > confirmed, archived or restored; readers' reports; reminders."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from kmportal.inbox.models import Notice
from kmportal.library.actions import review
from kmportal.library.actions.reminders import remind_of_reviews
from kmportal.library.models import KnowledgePage, LessonPage, OutdatedReport, ReviewReminder, SiteWords
from tests.make import library as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def _page(owner: Any = None, due: date | None = None, **fields: Any) -> LessonPage:
    page = make.make_lesson(fields.pop("title", "บทเรียน"), owner=owner, visibility=fields.pop("visibility", "network"), **fields)
    if due is not None:
        KnowledgePage.objects.filter(pk=page.pk).update(review_due=due)
    return _fresh(page)


def _fresh(page: Any) -> LessonPage:
    return LessonPage.objects.get(pk=page.pk)


# --- Confirm ---------------------------------------------------------------------------------------------------------------------
def test_one_click_moves_the_date_on(officer: Any) -> None:
    page = _page(officer, due=TODAY)
    OutdatedReport.objects.create(page=page, reporter=officer, text="เบอร์โทรเปลี่ยน")

    due = review.confirm_still_correct(actor=officer, page=page)

    page = _fresh(page)
    assert page.review_due == due == review.next_review(timezone.localdate())
    assert page.confirmed_at is not None
    assert OutdatedReport.objects.filter(closed_at=None).count() == 0
    entry = PageLogEntry.objects.get(page=page.pk, action="library.confirm")
    assert (entry.user, entry.message) == (officer, "ยืนยันว่ายังถูกต้อง")


def test_a_draft_from_before_does_not_take_the_confirmation_back(officer: Any) -> None:
    page = _page(officer, due=TODAY)
    draft = page.get_latest_revision_as_object().save_revision()
    due = review.confirm_still_correct(actor=officer, page=page)

    draft.publish()

    assert _fresh(page).review_due == due


def test_an_editor_may_choose_the_date(officer: Any) -> None:
    page = make.republish(_page(officer), review_due=date(2030, 1, 2))

    assert page.review_due == date(2030, 1, 2)


@pytest.mark.parametrize(("today", "months", "due"), [
    (date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2027, 8, 31), 6, date(2028, 2, 29)), (date(2026, 11, 23), 12, date(2027, 11, 23)),
    (date(2026, 12, 1), 1, date(2027, 1, 1)),
])  # fmt: skip
def test_months_are_those_of_the_calendar(today: date, months: int, due: date) -> None:
    SiteWords.objects.update(review_months=months)

    assert review.next_review(today) == due


@pytest.mark.parametrize("name", ["officer", "outsider", "colleague", "admin", "visitor"])
@pytest.mark.parametrize("step", ["confirm_still_correct", "archive", "restore"])
def test_others_may_not(request: Any, coordinator: Any, name: str, step: str) -> None:
    page = _page(coordinator, due=TODAY)
    extra = {"reason": "เก่า"} if step == "archive" else {}

    with pytest.raises(PermissionDenied):
        getattr(review, step)(actor=request.getfixturevalue(name), page=page, **extra)

    page = _fresh(page)
    assert (page.review_due, page.archived_at, page.confirmed_at) == (TODAY, None, None)


def test_agency_coordinators_answer_for_their_agency(agency_coordinator: Any, agency_a: Any, agency_b: Any) -> None:
    theirs, others = _page(agency=agency_a), _page(agency=agency_b)

    review.confirm_still_correct(actor=agency_coordinator, page=theirs)
    with pytest.raises(PermissionDenied):
        review.confirm_still_correct(actor=agency_coordinator, page=others)

    assert _fresh(others).confirmed_at is None


# --- Archive and restore ---------------------------------------------------------------------------------------------------------
def test_archived_with_its_reason_and_back(as_: Any, officer: Any, outsider: Any) -> None:
    page = _page(officer, title="ก่อนฝน")

    with pytest.raises(review.ReasonMissing):
        review.archive(actor=officer, page=page, reason=" ")
    review.archive(actor=officer, page=page, reason="กฎหมายเปลี่ยนแล้ว")
    shown = as_(outsider).get(page.url)
    assert shown.status_code == 200
    assert "กฎหมายเปลี่ยนแล้ว" in shown.text
    assert _fresh(page) not in LessonPage.objects.visible_to(outsider).current()
    with pytest.raises(review.NotPublished):
        review.archive(actor=officer, page=page, reason="อีกครั้ง")
    with pytest.raises(review.NotPublished):
        review.confirm_still_correct(actor=officer, page=page)
    review.restore(actor=officer, page=page)

    assert _fresh(page).archived_at is None
    with pytest.raises(review.NotPublished):
        review.restore(actor=officer, page=page)


def test_publishing_a_draft_does_not_bring_an_archived_page_back(officer: Any) -> None:
    page = _page(officer)
    draft = page.get_latest_revision_as_object().save_revision()
    review.archive(actor=officer, page=page, reason="เก่า")

    draft.publish()

    assert _fresh(page).archived_at is not None


# --- Readers' reports ------------------------------------------------------------------------------------------------------------
def test_the_owner_is_told_and_nobody_else(officer: Any, outsider: Any, django_capture_on_commit_callbacks: Any) -> None:
    page = _page(officer, title="หัวข้อ\nBcc: x@example.org")

    with django_capture_on_commit_callbacks(execute=True):
        review.report_outdated(actor=outsider, page=page, text="แบบฟอร์มเปลี่ยนแล้ว")
    with django_capture_on_commit_callbacks(execute=True):
        review.report_outdated(actor=outsider, page=page, text="แบบฟอร์มเปลี่ยนแล้วจริง ๆ")

    assert OutdatedReport.objects.get().text == "แบบฟอร์มเปลี่ยนแล้วจริง ๆ"
    assert [message.to for message in mail.outbox] == [[officer.email]]
    assert "\n" not in mail.outbox[0].subject
    assert "แบบฟอร์มเปลี่ยนแล้ว" in mail.outbox[0].body
    notice = Notice.objects.get()
    assert (notice.recipient, notice.url) == (officer, f"/keep/{page.pk}/")
    assert f"/inbox/{notice.pk}/" in mail.outbox[0].body


def test_without_an_owner_the_coordinators_are_told(
    outsider: Any, agency_coordinator: Any, agency_a: Any, django_capture_on_commit_callbacks: Any
) -> None:
    page = _page(agency=agency_a)

    with django_capture_on_commit_callbacks(execute=True):
        review.report_outdated(actor=outsider, page=page, text="เก่า")

    assert [message.to for message in mail.outbox] == [[agency_coordinator.email]]


def test_only_readers_report(visitor: Any, outsider: Any, agency_a: Any) -> None:
    hidden, shown = _page(visibility="agency", agency=agency_a), _page(visibility="public")

    for actor, page in ((visitor, shown), (outsider, hidden)):
        with pytest.raises(PermissionDenied):
            review.report_outdated(actor=actor, page=page, text="เก่า")
    with pytest.raises(review.CommentMissing):
        review.report_outdated(actor=outsider, page=shown, text=" ")

    assert OutdatedReport.objects.count() == 0


def test_ten_a_day(outsider: Any) -> None:
    pages = [_page() for _ in range(review.REPORTS_A_DAY + 1)]
    for page in pages[:-1]:
        review.report_outdated(actor=outsider, page=page, text="เก่า")

    with pytest.raises(review.TooManyReports):
        review.report_outdated(actor=outsider, page=pages[-1], text="เก่า")


# --- Reminders -------------------------------------------------------------------------------------------------------------------
@pytest.fixture
def remind(django_capture_on_commit_callbacks: Any) -> Any:
    """The command, with what follows its commit."""

    def run(today: date) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return remind_of_reviews(today=today)

    return run


def test_one_mail_before_and_one_after(officer: Any, remind: Any) -> None:
    soon, later = (
        _page(officer, due=TODAY + timedelta(days=30), title="ใกล้"),
        _page(officer, due=TODAY + timedelta(days=31), title="ไกล"),
    )
    _page(officer, due=TODAY + timedelta(days=3), title="อีกเรื่อง")

    assert remind(TODAY) == 1
    assert [message.to for message in mail.outbox] == [[officer.email]]
    assert mail.outbox[0].subject == "เนื้อหาของคุณถึงกำหนดทบทวน 2 เรื่อง"
    assert soon.title in mail.outbox[0].body
    assert later.title not in mail.outbox[0].body
    assert "23 ธันวาคม 2569" in mail.outbox[0].body
    assert remind(TODAY + timedelta(days=1)) == 1  # the third page has come near
    assert remind(TODAY + timedelta(days=1)) == 0
    assert remind(TODAY + timedelta(days=40)) == 1
    assert remind(TODAY + timedelta(days=41)) == 0
    assert len(mail.outbox) == 3


def test_when_overdue_the_agencys_coordinators_hear_too(
    officer: Any, agency_coordinator: Any, agency_a: Any, remind: Any
) -> None:
    _page(officer, due=TODAY - timedelta(days=1), agency=agency_a)

    assert remind(TODAY) == 2
    assert sorted(message.to[0] for message in mail.outbox) == sorted([officer.email, agency_coordinator.email])


def test_nobody_hears_of_what_they_may_not_read(cop_member: Any, reviewer: Any, community_c: Any) -> None:
    page = _page(reviewer, due=TODAY, visibility="community", community=community_c)

    assert remind_of_reviews(today=TODAY) == 0
    assert (Notice.objects.count(), ReviewReminder.objects.count()) == (0, 0)
    assert page.review_due == TODAY


def test_archived_pages_and_drafts_are_left_alone(officer: Any) -> None:
    review.archive(actor=officer, page=_page(officer, due=TODAY), reason="เก่า")
    draft = make.make_lesson(publish=False, owner=officer)
    KnowledgePage.objects.filter(pk=draft.pk).update(review_due=TODAY)

    assert remind_of_reviews(today=TODAY) == 0


def test_the_command_says_how_many(officer: Any, capsys: Any) -> None:
    _page(officer, due=timezone.localdate())

    call_command("remind_reviews")

    assert capsys.readouterr().out == "1 people told\n"


# --- Screens ---------------------------------------------------------------------------------------------------------------------
def test_the_keepers_screen(as_: Any, officer: Any) -> None:
    page = _page(officer, due=TODAY)
    client = as_(officer)

    shown = client.get(reverse("library:keep", args=[page.pk]))
    assert "23 พฤศจิกายน 2569" in shown.text
    assert client.post(reverse("library:archive", args=[page.pk]), {"reason": ""}).status_code == 422
    client.post(reverse("library:archive", args=[page.pk]), {"reason": "เก่าแล้ว"})
    assert _fresh(page).archived_at is not None
    assert "เก่าแล้ว" in client.get(reverse("library:keep", args=[page.pk])).text
    client.post(reverse("library:restore", args=[page.pk]))
    client.post(reverse("library:confirm", args=[page.pk]))

    assert (_fresh(page).archived_at, _fresh(page).review_due) == (None, review.next_review(timezone.localdate()))


def test_refusals_of_the_screens(as_: Any, outsider: Any, visitor: Any, coordinator: Any, agency_a: Any) -> None:
    shown, hidden = _page(coordinator), _page(coordinator, visibility="agency", agency=agency_a)

    for name in ("keep", "confirm", "archive", "restore"):
        ask = as_(outsider).get if name == "keep" else as_(outsider).post
        assert ask(reverse(f"library:{name}", args=[shown.pk]), {"reason": "x"}).status_code == 403, name
        assert ask(reverse(f"library:{name}", args=[hidden.pk]), {"reason": "x"}).status_code == 404, name
        assert as_(visitor).post(reverse(f"library:{name}", args=[shown.pk])).status_code in (302, 405), name
    assert as_(outsider).get(reverse("library:confirm", args=[shown.pk])).status_code == 405
    assert as_(outsider).get("/keep/99999999999/").status_code == 404
    assert _fresh(shown).confirmed_at is None


def test_the_list_of_what_waits(as_: Any, officer: Any, coordinator: Any, queries: Any) -> None:
    _page(officer, due=timezone.localdate(), title="ของฉันเอง")
    _page(coordinator, due=timezone.localdate(), title="ของคนอื่น")
    client, url = as_(officer), reverse("library:reviews")
    shown = client.get(url).text
    one = queries(client, url)
    for number in range(19):
        page = _page(officer, due=timezone.localdate(), title=f"เรื่อง {number}")
        OutdatedReport.objects.create(page=page, reporter=coordinator, text="เก่า")
    assert ("ของฉันเอง" in shown, "ของคนอื่น" in shown) == (True, False)
    assert queries(client, url) <= one + 1  # the agency of those who reported


def test_the_report_in_the_cms(as_: Any, coordinator: Any, agency_coordinator: Any, agency_a: Any, agency_b: Any) -> None:
    _page(due=timezone.localdate(), title="=HYPERLINK(1)", agency=agency_a)
    _page(due=timezone.localdate(), title="ของกรมอื่น", agency=agency_b)

    assert "ของกรมอื่น" in as_(coordinator).get("/cms/reports/due/").text
    shown = as_(agency_coordinator).get("/cms/reports/due/").text
    assert ("HYPERLINK" in shown, "ของกรมอื่น" in shown) == (True, False)
    exported = b"".join(as_(coordinator).get("/cms/reports/due/", {"export": "csv"}).streaming_content).decode()
    assert "'=HYPERLINK(1)" in exported
