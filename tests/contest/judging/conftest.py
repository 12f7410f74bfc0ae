"""A contest whose judging has begun: two criteria, four entries of two agencies, four judges of others."""

import io
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from PIL import Image

from kmportal.contest import clock
from kmportal.contest.actions import assigning
from kmportal.contest.models import Category, Contest, Criterion, Entry, EntryFile, EntryPicture, Level
from kmportal.people.models import User
from kmportal.people.roles import Role
from kmportal.pictures.actions import upload
from kmportal.pictures.models import Picture
from tests.make.people import make_agency, make_user

OWNER, UNIT = "สุรีย์พร อ่อนละมัย", "ฝ่ายทดสอบลับเฉพาะ"


def make_entry(contest: Contest, owner: User, code: str, by: User, **more: Any) -> Entry:
    now = clock.now()
    values: dict[str, Any] = {
        "title": "มุมความรู้ของเรา", "summary": "ย่อ", "what_happened": "<p>ทำแล้ว <a href='https://x.example'>ดีขึ้น</a></p>",
        "lesson": "เมื่อ ก ทำ ข เพราะ ค", "unit": UNIT, "place": "ชั้น 3 อาคารลับ", "contacts": "โทร 1234", "agency": owner.agency,
        "video_url": "https://video.example/channel",
    }  # fmt: skip
    return Entry.objects.create(
        contest=contest, category=contest.categories.get(), owner=owner, state="accepted", code=code, receipt=f"R{code}", version=1,
        submitted_at=now, screened_at=now, screened_by=by, created_at=now, changed_at=now, **(values | more),
    )  # fmt: skip


@pytest.fixture
def judged(db: None, outsider: User, officer: User) -> SimpleNamespace:
    """`day(n)` are moments: judging runs from day 2 to day 12; it is day 3 now for whoever enters `as_of(day(3))`."""
    organiser = make_user("organiser@agency-o.example", agency=make_agency("agency-o", "กรมผู้จัด"), given="ผู้จัด", family="งานประกวด", role=Role.ORGANISER)  # fmt: skip
    start = clock.now() - timedelta(days=3)
    contest = Contest.objects.create(
        year=2026, title_th="การประกวดมุมความรู้", created_by=organiser, created_at=start, changed_at=start, state="announced",
        announce_at=start, enter_from=start, enter_until=start + timedelta(days=1), screen_until=start + timedelta(days=2),
        judge_until=start + timedelta(days=12), results_at=start + timedelta(days=15), judges_per_entry=2,
    )  # fmt: skip
    contest.organisers.add(organiser)
    Category.objects.create(contest=contest, title_th="หมวดเดียว")
    for place, (title, weight) in enumerate((("ชัดเจน", 40), ("นำไปใช้ได้", 60)), 1):
        criterion = Criterion.objects.create(contest=contest, position=place, title_th=title, weight=weight)
        Level.objects.bulk_create(Level(criterion=criterion, points=n, words_th=f"ระดับ {n}") for n in range(6))
    entries = [make_entry(contest, owner, code, organiser) for owner, code in ((outsider, "1001"), (outsider, "1002"), (officer, "1003"), (officer, "1004"))]  # fmt: skip
    judges = [
        make_user(
            f"judge{n}@agency-{n}.example",
            agency=make_agency(f"agency-{n}", f"กรมกรรมการ {n}"),
            given=f"กรรมการ{n}",
            family="เที่ยงธรรม",
        )
        for n in range(1, 5)
    ]
    rows = [assigning.appoint(actor=organiser, contest=contest.pk, person=one.person) for one in judges]

    def day(number: int) -> datetime:
        return start + timedelta(days=number)

    return SimpleNamespace(organiser=organiser, contest=contest, entries=entries, judges=judges, rows=rows, day=day)


def add_file(entry: Entry, data: bytes, name: str) -> EntryFile:
    made = EntryFile(
        entry=entry, title="เอกสารประกอบ", name=name, extension=name.rsplit(".", 1)[-1], size=len(data), sha256=name, created_at=clock.now(),
        added_by=entry.owner,
    )  # fmt: skip
    made.file.save(name, ContentFile(data), save=False)
    made.save()
    return made


def add_picture(entry: Entry) -> Picture:
    """A photograph whose Exif names its photographer."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = "Secret Photographer"
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG", exif=exif)
    out.seek(0)
    picture = upload(actor=entry.owner, file=out, size=len(out.getvalue()))
    Picture.objects.filter(pk=picture.pk).update(thing_type=ContentType.objects.get_for_model(Entry), thing_id=entry.pk)
    EntryPicture.objects.create(entry=entry, picture=picture, alt="มุมหนึ่งของห้อง")
    return picture
