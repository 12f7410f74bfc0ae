"""Telling: who hears of what, once, in their language, and nothing of what they may not see."""

from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.utils import translation

from kmportal.inbox import letters
from kmportal.inbox.actions import mails_paused, set_channels, settle, take_back, tell
from kmportal.inbox.kinds import INBOX, MAIL
from kmportal.inbox.models import Notice, NoticeSetting
from kmportal.inbox.presenting import unread_count
from kmportal.library.models import KnowledgePage
from kmportal.library.notices import OUTDATED, REVIEW_DUE
from kmportal.people.models import User
from tests.make.inbox import told
from tests.make.library import make_lesson

pytestmark = pytest.mark.django_db


def _page(owner: Any, title: str = "ก่อนฝน", **fields: Any) -> Any:
    return make_lesson(title, owner=owner, **{"visibility": "network"} | fields)


def test_facts_are_kept_and_words_are_made_when_read(officer: User, outsider: User) -> None:
    page = _page(officer, title_en="Before the rain")

    notice = told(officer, "7", page=page, actor=outsider, quote="เบอร์โทรเปลี่ยน")

    assert (notice.actor, notice.thing_id, notice.title, notice.title_en) == (outsider, page.pk, "ก่อนฝน", "Before the rain")
    assert (notice.url, notice.data, notice.read_at, notice.in_inbox) == (
        f"/keep/{page.pk}/",
        {"quote": "เบอร์โทรเปลี่ยน"},
        None,
        True,
    )
    assert letters.line(notice) == "มานี ต่างกรม แจ้งว่าข้อมูลใน “ก่อนฝน” เก่าแล้ว"
    with translation.override("en"):
        assert letters.line(notice) == "มานี ต่างกรม says that “Before the rain” is out of date"


def test_told_twice_stands_once(officer: User, outsider: User, django_capture_on_commit_callbacks: Any) -> None:
    page = _page(officer)
    with django_capture_on_commit_callbacks(execute=True):
        first = tell(kind=OUTDATED, recipients=[officer, officer], thing=page, key="1", actor=outsider)
        again = tell(kind=OUTDATED, recipients=[officer], thing=page, key="1", actor=outsider)

    assert (first, again, Notice.objects.count(), len(mail.outbox)) == (1, 0, 1, 1)


def test_nobody_hears_of_their_own_act_and_switched_off_accounts_hear_nothing(
    officer: User, outsider: User, colleague: User
) -> None:
    colleague.is_active = False
    colleague.save(update_fields=["is_active"])

    count = tell(kind=OUTDATED, recipients=[officer, outsider, colleague], thing=_page(officer), key="1", actor=outsider)

    assert (count, Notice.objects.get().recipient) == (1, officer)


def test_an_anonymous_act_keeps_no_name_and_still_does_not_come_back(officer: User, outsider: User) -> None:
    tell(kind=OUTDATED, recipients=[officer, outsider], thing=_page(officer), key="1", actor=outsider, anonymous=True)

    notice = Notice.objects.get()
    assert (notice.recipient, notice.actor) == (officer, None)
    assert "มานี" not in letters.line(notice)


def test_with_the_caller_it_fails(officer: User) -> None:
    page = _page(officer)
    with pytest.raises(RuntimeError), transaction.atomic():
        told(officer, page=page)
        raise RuntimeError
    assert Notice.objects.count() == 0


def test_an_unknown_kind_is_refused(officer: User) -> None:
    with pytest.raises(KeyError):
        tell(kind="library.nothing", recipients=[officer], key="1")
    assert Notice.objects.count() == 0


@pytest.mark.parametrize(("inbox", "by_mail", "rows"), [(True, False, 1), (False, True, 1), (False, False, 0)])
def test_where_people_want_it(
    officer: User, inbox: bool, by_mail: bool, rows: int, django_capture_on_commit_callbacks: Any
) -> None:
    set_channels(actor=officer, wanted={(OUTDATED, INBOX): inbox, (OUTDATED, MAIL): by_mail})

    with django_capture_on_commit_callbacks(execute=True):
        tell(kind=OUTDATED, recipients=[officer], thing=_page(officer), key="1")

    assert (Notice.objects.count(), unread_count(officer), len(mail.outbox)) == (rows, int(inbox), int(by_mail))


# --- Folding ---------------------------------------------------------------------------------------------------------------------
def test_three_readers_are_one_line_and_one_mail(
    officer: User, outsider: User, colleague: User, cop_member: User, django_capture_on_commit_callbacks: Any
) -> None:
    page = _page(officer)
    with django_capture_on_commit_callbacks(execute=True):
        for number, reader in enumerate((outsider, colleague, cop_member)):
            told(officer, str(number), page=page, actor=reader, group=str(page.pk))

    shown = Notice.objects.visible_to(officer).listed().with_others()
    assert [letters.line(notice) for notice in shown] == ["มีผู้อ่าน 3 คนแจ้งว่าข้อมูลใน “ก่อนฝน” เก่าแล้ว"]
    assert (Notice.objects.count(), unread_count(officer)) == (3, 1)
    assert ["มานี ต่างกรม" in message.subject for message in mail.outbox] == [True]


def test_after_reading_a_new_line_begins(officer: User, outsider: User, colleague: User) -> None:
    page = _page(officer)
    told(officer, "1", page=page, actor=outsider, group="g")
    Notice.objects.update(read_at="2026-11-20T00:00:00Z")

    told(officer, "2", page=page, actor=colleague, group="g")

    assert [getattr(notice, "others", None) for notice in Notice.objects.listed().with_others()] == [0, 0]


def test_what_was_withdrawn_goes_and_the_rest_closes_up(officer: User, outsider: User, colleague: User) -> None:
    page = _page(officer)
    for number, reader in enumerate((outsider, colleague, None)):
        told(officer, str(number), page=page, actor=reader, group="g")

    assert take_back(kind=OUTDATED, key="2") == 1
    assert take_back(kind=OUTDATED, key="2") == 0

    (left,) = Notice.objects.listed().with_others()
    assert (left.actor, getattr(left, "others", None)) == (colleague, 1)


def test_what_was_read_is_not_withdrawn(officer: User) -> None:
    told(officer, "1")
    Notice.objects.update(read_at="2026-11-20T00:00:00Z")

    assert (take_back(kind=OUTDATED, key="1"), Notice.objects.count()) == (0, 1)


def test_settled_for_all(officer: User, outsider: User) -> None:
    page, other = _page(officer), _page(officer)
    tell(kind=OUTDATED, recipients=[officer, outsider], thing=page, key="1")
    told(officer, "2", page=other)

    settle(kind=OUTDATED, thing=page)

    assert list(Notice.objects.filter(read_at=None).values_list("thing_id", flat=True)) == [other.pk]


# --- Rights ----------------------------------------------------------------------------------------------------------------------
def test_what_was_narrowed_is_neither_listed_nor_counted_nor_mailed(
    as_: Any, officer: User, outsider: User, community_c: Any, django_capture_on_commit_callbacks: Any
) -> None:
    page = _page(officer, title="ความลับของวงใน")
    with django_capture_on_commit_callbacks() as later:
        notice = told(officer, page=page, quote="ตัวเลขลับ")
    KnowledgePage.objects.filter(pk=page.pk).update(visibility="community", community=community_c)
    for callback in later:
        callback()

    client = as_(officer)
    shown = client.get("/inbox/").text
    assert mail.outbox == []
    assert ("ความลับของวงใน" in shown, "ตัวเลขลับ" in shown, unread_count(officer)) == (False, False, 0)
    assert client.get(f"/inbox/{notice.pk}/").status_code == 404
    assert client.post(f"/inbox/{notice.pk}/read/").status_code == 404
    assert client.post(f"/inbox/{notice.pk}/unread/").status_code == 404
    notice.refresh_from_db()
    assert (notice.read_at, notice.mail) == (None, Notice.Mail.NONE)


def test_what_was_deleted_is_not_shown(officer: User) -> None:
    page = _page(officer)
    told(officer, page=page)

    page.delete()

    assert (unread_count(officer), Notice.objects.visible_to(officer).count()) == (0, 0)


def test_a_paused_mail_is_never_made_up_for(officer: User, django_capture_on_commit_callbacks: Any) -> None:
    page = _page(officer)
    with django_capture_on_commit_callbacks(execute=True), mails_paused():
        told(officer, "1", page=page)
    with django_capture_on_commit_callbacks(execute=True):
        tell(kind=REVIEW_DUE, recipients=[officer], thing=page, key="2", data={"due": "2027-01-02"})

    assert [message.subject for message in mail.outbox] == ["“ก่อนฝน” ครบกำหนดทบทวนวันที่ 2 มกราคม 2570"]
    assert NoticeSetting.objects.count() == 0
