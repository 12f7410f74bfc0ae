"""Contests for tests, set up and entered through the verbs. Their clock is set with `at(...)`: nothing sleeps."""

import io
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from kmportal.contest import clock
from kmportal.contest.actions import announcing, entering, parts, screening, setting_up
from kmportal.contest.models import Contest, Entry
from kmportal.people.models import User
from kmportal.people.roles import Role

START = datetime.fromisoformat("2026-09-01T08:30:00+07:00")
DEADLINE = START + timedelta(days=30)
DATES: dict[str, datetime] = {
    "announce_at": START, "enter_from": START + timedelta(days=1), "enter_until": DEADLINE,
    "screen_until": DEADLINE + timedelta(days=5), "judge_until": DEADLINE + timedelta(days=20),
    "vote_from": DEADLINE + timedelta(days=6), "vote_until": DEADLINE + timedelta(days=20),
    "results_at": DEADLINE + timedelta(days=25),
}  # fmt: skip
LEVELS = ((1, "ยังไม่เห็น", "Not seen"), (3, "เห็นบ้าง", "Seen in part"), (5, "เห็นชัด", "Seen clearly"))
SECOND = timedelta(seconds=1)


def at(moment: datetime) -> AbstractContextManager[None]:
    return clock.as_of(moment)


def make_organiser(user: User) -> User:
    """The same account with the role; a fresh object, since roles are remembered."""
    user.groups.add(Group.objects.get(name=Role.ORGANISER.value))
    return User.objects.get(pk=user.pk)


def make_contest(organiser: User, *, announced: bool = True, **values: Any) -> Contest:
    """With one category, two criteria of three levels, one prize, and a vote that counts 20 percent."""
    with at(START):
        made = setting_up.make_contest(actor=organiser, year=2026, title_th="มุมความรู้ 2569", title_en="Knowledge corner 2026")
        fixed = {"story_th": "<p>เล่ามุมของเรา</p>", "rules_th": "<p>กติกา</p>", "popular_share": 20, **DATES, **values}
        setting_up.change_contest(actor=organiser, contest=made.pk, values=fixed)
        parts.save_category(actor=organiser, contest=made.pk, values={"title_th": "มุมจริง", "title_en": "Real corners"})
        for title, weight in (("ใช้ต่อได้", 60), ("เล่าชัด", 40)):
            parts.save_criterion(
                actor=organiser, contest=made.pk, values={"title_th": title, "weight": weight}, levels=list(LEVELS)
            )
        prize = {
            "title_th": "ชนะเลิศ",
            "title_en": "First",
            "kind": "place",
            "place": 1,
            "points": 100,
            "vesting": 40,
            "category": None,
        }
        parts.save_prize(actor=organiser, contest=made.pk, values=prize)
        if announced:
            announcing.announce(actor=organiser, contest=made.pk)
    return Contest.objects.get(pk=made.pk)


def photo(name: str = "corner.jpg", exif: bytes = b"") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "#336699").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def make_entry(owner: User, contest: Contest, *, handed_in: bool = True, when: datetime | None = None, **values: Any) -> Entry:
    """A whole entry with one photograph, of a unit unless `kind` says otherwise."""
    with at(when or DEADLINE - timedelta(days=1)):
        made = entering.begin(actor=owner, contest=contest, kind=values.pop("kind", "unit"))
        words = {
            "title": "มุมถาม-ตอบหน้าห้อง", "summary": "ป้ายรวมคำถามที่พบบ่อย", "unit": "กลุ่มงานบริการ", "what_happened": "เริ่มจากสมุดหนึ่งเล่ม",
            "lesson": "เมื่อคนถามซ้ำ ให้เขียนไว้ที่เดียว", "place": "ชั้น 2", **values,
        }  # fmt: skip
        entering.change(actor=owner, entry=made.pk, values=words)
        file = photo()
        entering.add_picture(actor=owner, entry=made.pk, file=file, size=file.size or 0, alt="ป้ายหน้าห้อง")
        if handed_in:
            entering.hand_in(actor=owner, entry=made.pk)
    return Entry.objects.select_related("contest").get(pk=made.pk)


def admitted(organiser: User, entry: Entry) -> Entry:
    with at(DEADLINE + timedelta(days=1)):
        screening.admit(actor=organiser, entry=entry.pk)
    return Entry.objects.select_related("contest").get(pk=entry.pk)
