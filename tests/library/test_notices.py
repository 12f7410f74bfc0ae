"""What the library tells besides reviews and reports, which stand beside their verbs' tests."""

from typing import Any

import pytest

from kmportal.inbox import letters
from kmportal.inbox.models import Notice
from kmportal.library.actions.imports import reading
from kmportal.library.models import ImportJob
from kmportal.people.models import User
from tests.make.imports import make_import, make_upload

pytestmark = pytest.mark.django_db


def _end(job: ImportJob, state: str) -> None:
    ImportJob.objects.filter(pk=job.pk).update(state=state)
    reading.read_import.call(job.pk)


@pytest.mark.parametrize(("state", "words"), [("review", "เสร็จแล้ว รอคุณตรวจทาน"), ("failed", "ไม่ได้ ดูสาเหตุและวิธีแก้")])
def test_who_uploaded_hears_how_the_reading_ended(coordinator: User, as_: Any, state: str, words: str) -> None:
    job = make_upload(coordinator, name="ประชุม.txt")

    _end(job, state)
    _end(job, state)

    notice = Notice.objects.get()
    assert (notice.recipient, notice.mail, letters.line(notice)) == (
        coordinator,
        Notice.Mail.NONE,
        f"ระบบอ่านไฟล์ “ประชุม.txt” {words}",
    )
    assert as_(coordinator).get(notice.get_absolute_url())["Location"] == f"/imports/{job.pk}/"


def test_a_command_reads_in_silence(coordinator: User) -> None:
    make_import(coordinator)

    assert Notice.objects.count() == 0


def test_the_cms_offers_no_switch_that_does_nothing(coordinator: User, as_: Any) -> None:
    shown = as_(coordinator).get("/cms/account/").text

    assert "updated_comments_notifications" in shown
    assert [name for name in ("submitted", "approved", "rejected") if f"{name}_notifications" in shown] == []
