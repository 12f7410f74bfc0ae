"""Reading in the background: what cannot be read is refused with its reason and leaves nothing behind."""

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from kmportal.library.actions.imports import reading, receive
from kmportal.library.importer.model import UnreadableFile
from kmportal.library.importing import review, sandbox
from kmportal.library.models import ImportJob, LibraryDocument, SeminarPage
from kmportal.people.models import User
from tests.library.imports.test_upload import kept_files
from tests.make.imports import SUMMARY, archive, docx, make_import, make_upload

ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">'.encode() for n in range(12)
) + b']><x>&m;</x>'  # fmt: skip
NESTED = b'<w:document xmlns:w="urn:w">' + b"<w:sdt>" * 10_000 + b"</w:sdt>" * 10_000 + b"</w:document>"
HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "zip bomb": ("a.docx", docx(["ก"], **{"word/media/x.bin": b"\0" * (60 << 20)}), "hostile"),
    "entity bomb": ("a.docx", archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": ENTITIES}), "hostile"),
    "10k nested": ("a.docx", archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": NESTED}), "hostile"),
    "leaves the archive": ("a.docx", docx(["ก"], **{"../../evil": b"x"}), "hostile"),
    "encrypted": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "old Word": ("a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not_supported"),
    "picture": ("a.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 600, "not_supported"),
    "spreadsheet": ("a.docx", archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}), "not_supported"),
    "cut off": ("a.docx", docx(["ก" * 500])[:300], "damaged"),
    "empty": ("a.txt", b"", "empty"),
    "blank": ("a.txt", b" \r\n\t\r\n", "empty"),
    "NUL": ("a.txt", b"\0" * 4000, "empty"),
    "binary": ("a.txt", bytes(range(256)) * 20, "not_supported"),
    "long": ("a.txt", b"x\n" * 200_000, "too_long"),
    "one line": ("a.txt", b"x" * 2_000_000, "too_long"),
    "broken PDF": ("a.pdf", b"%PDF-1.7\nnothing here", "damaged"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_cannot_be_read_leaves_nothing_behind(
    case: str, coordinator: User, as_: Callable[..., Client], django_capture_on_commit_callbacks: Any
) -> None:
    name, data, problem = HOSTILE[case]
    for path in kept_files():
        path.unlink()
    with django_capture_on_commit_callbacks(execute=True):
        job = make_import(coordinator, data, name)
    assert (job.state, job.problem) == ("failed", problem)
    assert (job.source, job.draft, job.file.name, kept_files()) == (None, None, "", [])
    assert (SeminarPage.objects.count(), LibraryDocument.objects.count()) == (0, 0)
    page = as_(coordinator).get(f"/imports/{job.pk}/")
    assert page.status_code == 200
    assert str(review.PROBLEMS[problem]) in page.text.replace("&quot;", '"')


def test_every_problem_has_words() -> None:
    assert set(review.PROBLEMS) == {*UnreadableFile.CODES, "too_heavy", "lost", "broken"}


def test_a_reading_that_takes_too_long_is_stopped(coordinator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.01)
    began = time.monotonic()
    job = make_import(coordinator)
    assert (job.state, job.problem, job.file.name) == ("failed", "too_heavy", "")
    assert time.monotonic() - began < 5


def test_the_child_has_its_limits() -> None:
    program = "from kmportal.library.importer import child; child.confine(); bytearray(2 << 30)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, cwd=settings.BASE_DIR, env={}, check=False)
    assert (done.returncode, b"MemoryError" in done.stderr) == (1, True)


def test_a_crash_of_the_child_is_ours() -> None:
    with pytest.raises(sandbox.ReadingFailed) as refused:
        sandbox._ask("no such step", {}, b"")
    assert refused.value.code == "broken"


def test_a_fault_in_our_own_code_ends_the_reading(coordinator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise ZeroDivisionError

    job = make_upload(coordinator)
    monkeypatch.setattr(reading, "vocabulary", fail)
    with pytest.raises(ZeroDivisionError):
        reading.read(job_id=job.pk, now=timezone.now())
    job.refresh_from_db()
    assert (job.state, job.problem, bool(job.file)) == ("failed", "broken", True)


def test_our_own_fault_keeps_the_file_for_another_try(
    coordinator: User, as_: Callable[..., Client], monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def crash(*_args: object) -> None:
        raise sandbox.ReadingFailed("broken")

    with monkeypatch.context() as patched:
        patched.setattr(sandbox, "understand", crash)
        job = make_import(coordinator)
    assert (job.state, job.problem, bool(job.file)) == ("failed", "broken", True)
    with django_capture_on_commit_callbacks(execute=True):
        as_(coordinator).post(f"/imports/{job.pk}/retry/")
    job.refresh_from_db()
    assert (job.state, job.problem) == ("review", "")


def test_what_was_refused_cannot_be_tried_again(coordinator: User, as_: Callable[..., Client]) -> None:
    job = make_import(coordinator, b"", "a.txt")
    with pytest.raises(receive.CannotRetry):
        receive.retry(actor=coordinator, job=job)
    assert as_(coordinator).post(f"/imports/{job.pk}/retry/").status_code == 302
    job.refresh_from_db()
    assert job.state == "failed"


def test_a_job_left_lying_is_picked_up_again(coordinator: User, django_capture_on_commit_callbacks: Any) -> None:
    job = make_upload(coordinator)
    now = timezone.now()
    ImportJob.objects.update(state="reading", step=2, attempts=1, updated_at=now)
    reading.read(job_id=job.pk, now=now)
    job.refresh_from_db()
    assert job.state == "reading", "another reader has it"
    ImportJob.objects.update(updated_at=now - timedelta(minutes=10))
    assert receive.resume(now=now) == 1
    job.refresh_from_db()
    assert (job.state, job.step, job.attempts) == ("review", 4, 2)
    assert receive.resume(now=now) == 0


def test_a_file_that_kills_its_readers_is_given_up(coordinator: User, django_capture_on_commit_callbacks: Any) -> None:
    job = make_upload(coordinator)
    ImportJob.objects.update(attempts=reading.ATTEMPTS)
    with django_capture_on_commit_callbacks(execute=True):
        reading.read(job_id=job.pk, now=timezone.now())
    job.refresh_from_db()
    assert (job.state, job.problem, job.file.name) == ("failed", "too_heavy", "")


def test_a_file_that_was_lost_is_said_to_be(coordinator: User) -> None:
    job = make_upload(coordinator)
    job.file.storage.delete(str(job.file.name))
    reading.read(job_id=job.pk, now=timezone.now())
    job.refresh_from_db()
    assert (job.state, job.problem) == ("failed", "lost")


def test_a_job_that_was_thrown_away_meanwhile_is_no_error(coordinator: User) -> None:
    job = make_upload(coordinator)
    ImportJob.objects.all().delete()
    reading.read(job_id=job.pk, now=timezone.now())


def test_progress_is_told_step_by_step(coordinator: User, as_: Callable[..., Client]) -> None:
    job = make_upload(coordinator)
    client = as_(coordinator)
    page = client.get(f"/imports/{job.pk}/")
    assert 'role="progressbar"' in page.text
    assert '<noscript><meta http-equiv="refresh"' in page.text
    told = client.get(f"/imports/{job.pk}/progress/")
    assert (told.json()["step"], told.json()["over"], told.headers["Cache-Control"]) == (0, False, "private, no-store")
    reading.read(job_id=job.pk, now=timezone.now())
    assert client.get(f"/imports/{job.pk}/progress/").json()["over"] is True


def test_two_uploads_of_the_same_file_are_two_imports(coordinator: User) -> None:
    one, other = make_upload(coordinator), make_upload(coordinator)
    assert one.file.name != other.file.name
    for job in (one, other):
        reading.read(job_id=job.pk, now=timezone.now())
    assert list(ImportJob.objects.values_list("state", flat=True)) == ["review", "review"]
    assert one.sha256 == other.sha256


def test_the_reading_is_quick(coordinator: User) -> None:
    began = time.monotonic()
    make_import(coordinator, SUMMARY * 20)
    assert time.monotonic() - began < 10
