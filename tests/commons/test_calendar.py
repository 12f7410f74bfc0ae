"""Calendar files: the form of RFC 5545, and a feed that shows what its owner may read now."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from communities.commons import ics
from communities.commons.actions import calendars, events
from communities.commons.models import CalendarKey, Event, Rsvp
from tests.make import commons as make

pytestmark = pytest.mark.django_db
HOSTILE = "วงคุย; ห้อง 1, ชั้น 2\\ชั้น 3\r\nBEGIN:VEVENT\x07" + "ก" * 60


def unfolded(data: bytes) -> list[str]:
    return data.replace(b"\r\n ", b"").decode().split("\r\n")


def feed(token: str) -> Any:
    return Client().get(f"/calendar/{token}.ics")


def test_lines_are_folded_at_75_octets_and_texts_escaped(officer: Any) -> None:
    event = make.event(officer, make.community(officer), place=HOSTILE[:120])
    Event.objects.filter(pk=event.pk).update(title=HOSTILE)
    data = ics.calendar([(make.fresh(event), True)])

    physical = data.split(b"\r\n")
    assert max(map(len, physical)) <= 75
    assert all(line.decode() for line in physical if line)  # no letter is cut in two
    lines = unfolded(data)
    assert f"SUMMARY:วงคุย\\; ห้อง 1\\, ชั้น 2\\\\ชั้น 3\\nBEGIN:VEVENT{'ก' * 60}" in lines
    assert (lines.count("BEGIN:VEVENT"), lines[0], lines[-2:]) == (1, "BEGIN:VCALENDAR", ["END:VCALENDAR", ""])


def test_what_a_calendar_program_needs(officer: Any, settings: Any) -> None:
    circle = make.community(officer)
    event = make.event(officer, circle)
    Event.objects.update(starts_at=datetime(2026, 12, 1, 6, 30, tzinfo=UTC), ends_at=datetime(2026, 12, 1, 8, tzinfo=UTC))
    events.cancel_event(actor=officer, event=event, reason="ฝนตก")
    lines = unfolded(ics.calendar([(make.fresh(event), True)]))
    wanted = {
        f"UID:{event.uid}@kmportal", "SEQUENCE:1", "DTSTART:20261201T063000Z", "DTEND:20261201T080000Z", "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT", f"URL:{settings.BASE_URL.rstrip('/')}{event.get_absolute_url()}", "METHOD:PUBLISH",
    }  # fmt: skip
    assert wanted <= set(lines)
    assert any(line.startswith("DESCRIPTION:ฝนตก\\n") for line in lines)


def test_the_feed_is_its_owners_now(officer: Any, colleague: Any) -> None:
    circle, hidden = make.community(officer, colleague), make.community(officer, colleague, hidden=True)
    shown, declined, secret = (
        make.event(officer, where, name) for where, name in ((circle, "เปิด"), (circle, "ไม่ไป"), (hidden, "ลับ"))
    )
    make.event(officer, make.community(officer), "ของคนอื่น")
    events.answer_event(actor=colleague, event=declined, answer=Rsvp.Answer.NO)
    events.answer_event(actor=colleague, event=shown, answer=Rsvp.Answer.YES)
    token = calendars.make_key(actor=colleague)

    answer = feed(token)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, ics.TYPE, "private, no-store")
    names = [line for line in unfolded(answer.content) if line.startswith("SUMMARY:")]
    assert sorted(names) == ["SUMMARY:ลับ", "SUMMARY:เปิด"]
    assert {line for line in unfolded(answer.content) if line.startswith("TRANSP:")} == {"TRANSP:OPAQUE", "TRANSP:TRANSPARENT"}

    make.leave(colleague, hidden)
    assert str(secret.uid) not in feed(token).content.decode()
    Event.objects.filter(pk=shown.pk).update(starts_at=make.moment(-200), ends_at=make.moment(-199) - timedelta(hours=1))
    assert "SUMMARY" not in feed(token).content.decode()


def test_a_revoked_address_is_dead(officer: Any, as_: Any) -> None:
    make.event(officer, make.community(officer))
    first = calendars.make_key(actor=officer)
    second = calendars.make_key(actor=officer)
    assert [feed(token).status_code for token in (first, second, "x" * 43)] == [404, 200, 404]
    assert not CalendarKey.objects.filter(digest__contains=second).exists()
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    assert feed(second).status_code == 404
    officer.is_active = True
    officer.save(update_fields=["is_active"])
    assert as_(officer).post("/me/calendar/address/revoke/").status_code == 302
    assert (feed(second).status_code, CalendarKey.objects.count()) == (404, 0)


def test_the_address_is_shown_once(officer: Any, as_: Any, queries: Any) -> None:
    made = as_(officer).post("/me/calendar/address/").content.decode()
    token = made.split(".ics")[0].split("/calendar/")[-1]
    assert feed(token).status_code == 200
    assert token not in as_(officer).get("/me/calendar/").content.decode()


def test_one_event_as_a_file(officer: Any, outsider: Any, as_: Any) -> None:
    event = make.event(officer, make.community(officer))
    answer = as_(officer).get(f"{event.get_absolute_url()}ics/")
    assert (answer["Content-Type"], f"event-{event.pk}.ics" in answer["Content-Disposition"]) == (ics.TYPE, True)
    assert as_(outsider).get(f"{event.get_absolute_url()}ics/").status_code == 404
