"""The inbox, opening, marking, undoing, settings: for their owner alone, at the same cost for few and many."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kmportal.inbox import kinds
from kmportal.inbox.actions import clear_old
from kmportal.inbox.models import Notice, NoticeSetting
from kmportal.library.notices import IMPORT_READ, OUTDATED, REVIEW_DUE, REVIEW_WAITING
from kmportal.people.models import User
from tests.make.inbox import told, told_often

pytestmark = pytest.mark.django_db
AS = Callable[[Any], Client]


def _read(notice: Notice) -> bool:
    return Notice.objects.get(pk=notice.pk).read_at is not None


def test_the_list(as_: AS, officer: User, outsider: User) -> None:
    old = told(officer, "เก่า", actor=outsider)
    Notice.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=1), read_at=timezone.now())
    told(officer, "ใหม่", actor=outsider, quote="<b>ตัวเลข</b>เปลี่ยน")

    shown = as_(officer).get("/inbox/").text

    assert shown.index("วันนี้") < shown.index("บทเรียน ใหม่") < shown.index("เมื่อวาน") < shown.index("บทเรียน เก่า")
    assert "&lt;b&gt;ตัวเลข" in shown
    assert 'aria-label="การแจ้งเตือน ยังไม่ได้อ่าน 1 เรื่อง"' in shown
    assert "บทเรียน เก่า" not in as_(officer).get("/inbox/?unread=1").text
    assert "ยังไม่มีการแจ้งเตือน" in as_(outsider).get("/inbox/").text


def test_in_english_with_common_era(as_: AS, officer: User) -> None:
    notice = told(officer)
    Notice.objects.filter(pk=notice.pk).update(created_at="2026-01-02T03:04:00Z")

    shown = as_(officer).get("/en/inbox/").text

    assert "2 January 2026" in shown
    assert "Somebody says that “บทเรียน 1” is out of date" in shown


def test_the_filter_forgives(as_: AS, officer: User) -> None:
    told(officer)
    client = as_(officer)

    assert "บทเรียน 1" in client.get("/inbox/", {"kind": OUTDATED}).text
    assert "ไม่มีการแจ้งเตือนตามที่เลือกไว้" in client.get("/inbox/", {"kind": REVIEW_DUE}).text
    for wrong in (
        {"before": "x"},
        {"before": "-1"},
        {"before": "9" * 30},
        {"kind": "x\x00"},
        {"marked": "x"},
        {"marked": "2026-13-45T00:00"},
    ):
        answer = client.get("/inbox/", wrong)
        assert (answer.status_code, "บทเรียน 1" in answer.text) == (200, True), wrong


def test_pages_do_not_move_when_something_new_comes(as_: AS, officer: User) -> None:
    rows = told_often(officer, 25)
    client = as_(officer)
    first = client.get("/inbox/").context["stretch"]
    told(officer, "ระหว่างนั้น")

    second = client.get("/inbox/", {"before": first.older}).context["stretch"]

    shown = [entry.notice.pk for stretch in (first, second) for _day, entries in stretch.days for entry in entries]
    assert shown == [notice.pk for notice in reversed(rows)]
    assert second.older is None


def test_opening_marks_read_and_leads_there(as_: AS, officer: User) -> None:
    notice = told(officer)
    client = as_(officer)

    assert client.head(f"/inbox/{notice.pk}/").status_code == 302
    assert not _read(notice)
    assert client.get(f"/inbox/{notice.pk}/")["Location"] == notice.url
    assert client.get(f"/en/inbox/{notice.pk}/")["Location"] == f"/en{notice.url}"
    assert _read(notice)


def test_others_do_not_get_at_it(as_: AS, officer: User, outsider: User, coordinator: User, visitor: Any) -> None:
    notice = told(officer)

    for stranger in (outsider, coordinator):
        client = as_(stranger)
        assert client.get(f"/inbox/{notice.pk}/").status_code == 404
        assert client.post(f"/inbox/{notice.pk}/read/").status_code == 404
        assert client.post(f"/inbox/{notice.pk}/unread/").status_code == 404
        client.post("/inbox/read/", {"upto": notice.pk})
        client.post("/inbox/undo/", {"moment": "2026-11-20T00:00:00+00:00"})
    for path in ("/inbox/", f"/inbox/{notice.pk}/", "/me/notices/"):
        assert as_(visitor).get(path)["Location"].startswith("/accounts/login/")
    assert as_(officer).get("/inbox/read/").status_code == 405
    assert as_(officer).get("/inbox/999999999/").status_code == 404
    assert not _read(notice)


def test_one_read_and_kept_for_later(as_: AS, officer: User) -> None:
    older, notice = told(officer, "1"), told(officer, "2")
    client = as_(officer)

    answer = client.post(f"/inbox/{notice.pk}/read/", {"back": "unread=1&x=%0d%0aSet-Cookie: a"})
    assert answer["Location"].startswith("/inbox/?unread=1&x=%0D%0A")
    assert (_read(notice), _read(older)) == (True, False)
    client.post(f"/inbox/{notice.pk}/unread/")
    assert not _read(notice)


def test_all_read_but_what_came_since_and_taken_back(as_: AS, officer: User) -> None:
    page_rows = [told(officer, str(number), group="g") for number in range(3)]
    client = as_(officer)
    before = Notice.objects.create(recipient=officer, kind=OUTDATED, key="x", created_at=timezone.now(), read_at=timezone.now())
    upto = client.get("/inbox/").context["stretch"].newest
    since = told(officer, "ภายหลัง")

    done = client.post("/inbox/read/", {"upto": upto, "kind": "", "back": ""})
    assert [_read(notice) for notice in (*page_rows, since)] == [True, True, True, False]
    assert client.post("/inbox/read/", {"upto": "x"})["Location"] == "/inbox/"
    marked = client.get(done["Location"]).context["marked"]
    assert client.post("/inbox/undo/", {"moment": marked, "back": "unread=1"})["Location"] == "/inbox/?unread=1"
    client.post("/inbox/undo/", {"moment": "gestern"})

    assert [_read(notice) for notice in (*page_rows, since, before)] == [False, False, False, False, True]


def test_all_of_one_kind(as_: AS, officer: User) -> None:
    other, due = told(officer), told_often(officer, 1)[0]

    as_(officer).post("/inbox/read/", {"upto": due.pk, "kind": REVIEW_DUE})

    assert (_read(other), _read(due)) == (False, True)


# --- Settings --------------------------------------------------------------------------------------------------------------------
def test_choosing(as_: AS, officer: User, coordinator: User) -> None:
    client = as_(officer)
    shown = client.get("/me/notices/").text
    assert f'name="mail:{OUTDATED}" id="id_mail:{OUTDATED}" checked' in shown
    assert (REVIEW_WAITING in shown, IMPORT_READ in shown) == (False, False)
    assert IMPORT_READ in as_(coordinator).get("/me/notices/").text

    answer = client.post("/me/notices/", {f"inbox:{OUTDATED}": "on", f"mail:{IMPORT_READ}": "on", "mail:nothing": "on"})

    assert answer["Location"] == "/me/notices/"
    rows = {row.kind: (row.inbox, row.mail) for row in NoticeSetting.objects.filter(person=officer)}
    assert (rows[OUTDATED], rows[REVIEW_DUE], IMPORT_READ in rows) == ((True, False), (False, False), False)
    assert len(rows) == len(kinds.concerning(officer))
    assert NoticeSetting.objects.exclude(person=officer).count() == 0
    assert f'id="id_mail:{OUTDATED}" checked' not in client.get("/me/notices/").text


# --- Cost and age ----------------------------------------------------------------------------------------------------------------
def test_pages_cost_the_same_for_few_and_many(as_: AS, officer: User, coordinator: User, queries: Callable[..., int]) -> None:
    for person in (officer, coordinator):
        client = as_(person)
        paths = ("/inbox/", "/me/notices/", "/people/")
        none = queries(client, "/people/")
        told_often(person, 1)
        one = [queries(client, path) for path in paths]
        told_often(person, 20)
        told(person, f"g{person.pk}", group="g", actor=None)
        assert [queries(client, path) for path in paths] == one
        assert (max(one) <= 10, one[2] - none <= 2) == (True, True), (none, one)


def test_the_bell_costs_nothing_where_nothing_is_unread(
    as_: AS, officer: User, visitor: Any, queries: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def costs(person: Any) -> int:
        with monkeypatch.context() as without:
            without.setattr("kmportal.inbox.presenting.unread_count", lambda user: 0)
            plain = queries(as_(person), "/agencies/")
        return queries(as_(person), "/agencies/") - plain

    assert (costs(visitor), costs(officer)) == (0, 0)
    notice = told(officer)
    assert costs(officer) == 2  # the count, and the agencies its rule asks for; pages of knowledge have asked for those already
    as_(officer).post(f"/inbox/{notice.pk}/read/")
    assert costs(officer) == 0


def test_read_ones_go_after_half_a_year(officer: User) -> None:
    kept, old, unread = told(officer, "1"), told(officer, "2"), told(officer, "3")
    now = timezone.now()
    Notice.objects.filter(pk=kept.pk).update(read_at=now - timedelta(days=179))
    Notice.objects.filter(pk=old.pk).update(read_at=now - timedelta(days=181))
    Notice.objects.filter(pk=unread.pk).update(created_at=now - timedelta(days=400))

    clear_old()

    assert set(Notice.objects.values_list("pk", flat=True)) == {kept.pk, unread.pk}
