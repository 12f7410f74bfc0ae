"""Announcements: sent, read, reminded of, changed with a trace, taken away and brought back."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from communities.commons.actions import announcements as verbs
from communities.commons.actions.ground import ChangedMeanwhile, NoTitle
from communities.commons.models import Announcement, Reading
from tests.make import commons as make

pytestmark = pytest.mark.django_db
Words = verbs.AnnouncementWords


def test_all_members_hear_of_it_at_once(officer: Any, colleague: Any, outsider: Any) -> None:
    circle = make.community(officer, colleague)
    said = make.announcement(officer, circle, title=" นัด \n หน้า ", body="<p>ห้อง 1<script>x</script></p>")
    assert (said.title, "script" in said.body) == ("นัด หน้า", False)
    assert [make.told(person, "commons.announced") for person in (officer, colleague, outsider)] == [0, 1, 0]
    make.leave(colleague, circle)
    assert make.told(colleague, "commons.announced") == 0


def test_note_takers_announce_and_others_do_not(officer: Any, colleague: Any, outsider: Any, admin: Any) -> None:
    circle = make.community(officer, outsider, note_taker=colleague)
    make.announcement(colleague, circle)
    for other in (outsider, admin):
        with pytest.raises(PermissionDenied):
            make.announcement(other, circle)
    for words, error in (({"title": " "}, NoTitle), ({"body": "<p> </p>"}, verbs.NothingSaid)):
        with pytest.raises(error):
            make.announcement(officer, circle, **words)
    assert Announcement.objects.count() == 1


def test_opening_is_reading_unless_it_must_be_read(officer: Any, colleague: Any, as_: Any) -> None:
    circle = make.community(officer, colleague)
    plain, strict = make.announcement(officer, circle), make.announcement(officer, circle, must_read=True)
    for said in (plain, strict):
        for _again in range(2):
            assert as_(colleague).get(said.get_absolute_url()).status_code == 200
    assert set(Reading.objects.filter(user=colleague).values_list("announcement", flat=True)) == {plain.pk}
    for _again in range(2):
        as_(colleague).post(f"{strict.get_absolute_url()}read/")
    assert Reading.objects.filter(user=colleague).count() == 2


def test_names_only_where_it_must_be_read_and_only_for_who_manages(officer: Any, colleague: Any, outsider: Any, as_: Any) -> None:
    circle = make.community(officer, colleague, outsider)
    for strict in (False, True):
        said = make.announcement(officer, circle, must_read=strict)
        seen = as_(officer).get(said.get_absolute_url()).content.decode()
        assert "1 จาก 3" in seen or "1 of 3" in seen
        assert (str(outsider) in seen) is strict
        assert str(outsider) not in as_(colleague).get(said.get_absolute_url()).content.decode()


def test_reminders_go_to_who_has_not_read_once_a_day(officer: Any, colleague: Any, outsider: Any) -> None:
    circle = make.community(officer, colleague, outsider)
    said = make.announcement(officer, circle, must_read=True)
    verbs.mark_read(actor=colleague, announcement=said, said=True)

    assert verbs.remind(actor=officer, announcement=said) == 1
    assert [make.told(person, "commons.reminded") for person in (colleague, outsider)] == [0, 1]
    with pytest.raises(verbs.RemindedToday):
        verbs.remind(actor=officer, announcement=said)
    with pytest.raises(PermissionDenied):
        verbs.remind(actor=colleague, announcement=said)
    verbs.mark_read(actor=outsider, announcement=said, said=True)
    with pytest.raises(verbs.NobodyToRemind):
        verbs.remind(actor=officer, announcement=said)


def test_changes_leave_a_trace(officer: Any, colleague: Any, as_: Any) -> None:
    said = make.announcement(officer, make.community(officer, colleague))
    words = Words(title="เลื่อนนัด", body="<p>เป็นวันศุกร์</p>", pinned_until=make.day())

    verbs.change_announcement(actor=officer, announcement=said, words=words, seen=1)
    with pytest.raises(ChangedMeanwhile):
        verbs.change_announcement(actor=officer, announcement=said, words=words, seen=1)
    with pytest.raises(PermissionDenied):
        verbs.change_announcement(actor=colleague, announcement=said, words=words)

    now = make.fresh(said)
    assert (now.title, now.pinned_until, list(now.versions.values_list("number", flat=True))) == ("เลื่อนนัด", make.day(), [2, 1])
    assert "นัดคุยครั้งหน้า" in as_(colleague).get(said.get_absolute_url()).content.decode()
    assert make.told(colleague, "commons.announced") == 1


def test_taken_away_and_brought_back(officer: Any, colleague: Any, outsider: Any, as_: Any) -> None:
    said = make.announcement(officer, make.community(officer, colleague))
    assert as_(colleague).post(f"{said.get_absolute_url()}delete/").status_code == 403
    with pytest.raises(Announcement.DoesNotExist):
        verbs.delete_announcement(actor=outsider, announcement=said)

    away = as_(officer).post(f"{said.get_absolute_url()}delete/")
    assert (as_(colleague).get(said.get_absolute_url()).status_code, make.told(colleague, "commons.announced")) == (404, 0)
    assert f"{said.pk}/restore/" in as_(officer).get(away.url).content.decode()
    assert as_(colleague).post(f"{said.get_absolute_url()}restore/").status_code == 403
    assert as_(officer).post(f"{said.get_absolute_url()}restore/").status_code == 302
    assert as_(colleague).get(said.get_absolute_url()).status_code == 200


def test_written_by_form_and_pinned_on_top(officer: Any, as_: Any) -> None:
    circle = make.community(officer)
    address, day = f"/communities/{circle.slug}/announcements/", make.day(2)
    data = {"title": "ปักไว้", "body": "เชิญครับ", "pinned_until": f"{day.day}/{day.month}/{day.year + 543}", "must_read": "on"}
    assert as_(officer).post(f"{address}new/", {**data, "pinned_until": "พรุ่งนี้"}).status_code == 422
    assert as_(officer).post(f"{address}new/", data).status_code == 302
    make.announcement(officer, circle, title="มาทีหลัง")
    seen = as_(officer).get(address).content.decode()
    assert seen.index("ปักไว้") < seen.index("มาทีหลัง")
    pinned = Announcement.objects.get(title="ปักไว้")
    form = as_(officer).get(f"{pinned.get_absolute_url()}edit/").content.decode()
    assert "เชิญครับ" in form
