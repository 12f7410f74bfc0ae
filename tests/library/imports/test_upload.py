"""Uploading: who may, what is taken, what is kept."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kmportal.library.actions.imports import receive
from kmportal.library.models import ImportJob
from kmportal.people.models import User
from tests.make.imports import SUMMARY, make_upload

ADDRESS = "/imports/new/"


def kept_files() -> list[Path]:
    """Files that wait for a review."""
    return [path for path in Path(storages["private"].location).rglob("*") if path.is_file()]  # type: ignore[attr-defined]  # a FileSystemStorage


@pytest.fixture(autouse=True)
def _clean_storage() -> None:
    for path in kept_files():
        path.unlink()


def posted(client: Client, name: str = "a.txt", data: bytes = SUMMARY.encode()) -> Any:
    """The answer to an upload of one file."""
    return client.post(ADDRESS, {"summaries": SimpleUploadedFile(name, data)})


def test_an_upload_waits_for_its_reader(coordinator: User, as_: Callable[..., Client]) -> None:
    answer = posted(as_(coordinator))
    job = ImportJob.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/imports/{job.pk}/")
    assert (job.owner, job.filename, job.state, job.step) == (coordinator, "a.txt", "waiting", 0)
    assert [path.read_bytes() for path in kept_files()] == [SUMMARY.encode()]
    assert "media" not in str(kept_files()[0])


def test_several_files_lead_to_the_list(coordinator: User, as_: Callable[..., Client]) -> None:
    files = [SimpleUploadedFile(f"{n}.txt", f"{SUMMARY}{n}".encode()) for n in range(3)]
    answer = as_(coordinator).post(ADDRESS, {"summaries": files})
    assert answer.headers["Location"] == "/imports/"
    assert sorted(ImportJob.objects.values_list("filename", flat=True)) == ["0.txt", "1.txt", "2.txt"]


def test_more_than_five_files_are_refused(coordinator: User, as_: Callable[..., Client]) -> None:
    files = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(6)]
    assert as_(coordinator).post(ADDRESS, {"summaries": files}).status_code == 422
    assert not ImportJob.objects.exists()


@pytest.mark.parametrize("name", ["a.doc", "a.xlsx", "a.exe", "a", "a.docx.zip"])
def test_other_kinds_of_files_are_refused_at_once(name: str, coordinator: User, as_: Callable[..., Client]) -> None:
    answer = posted(as_(coordinator), name)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert (ImportJob.objects.count(), kept_files()) == (0, [])


def test_a_file_that_is_too_large_is_refused(
    coordinator: User, as_: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kmportal.library.forms.imports.LARGEST", 10)
    assert posted(as_(coordinator)).status_code == 422
    monkeypatch.setattr(receive, "LARGEST", 10)
    with pytest.raises(receive.TooLarge):
        make_upload(coordinator)
    assert (ImportJob.objects.count(), kept_files()) == (0, [])


def test_no_file_is_an_error_that_says_so(coordinator: User, as_: Callable[..., Client]) -> None:
    assert as_(coordinator).post(ADDRESS, {}).status_code == 422


@pytest.mark.parametrize("persona", ["officer", "outsider", "cop_member", "admin"])
def test_others_are_told_that_they_may_not(persona: str, as_: Callable[..., Client], request: pytest.FixtureRequest) -> None:
    user = request.getfixturevalue(persona)
    client = as_(user)
    assert client.get("/imports/").status_code == 403
    assert client.get(ADDRESS).status_code == 403
    assert posted(client).status_code == 403
    with pytest.raises(PermissionDenied):
        make_upload(user)
    assert (ImportJob.objects.count(), kept_files()) == (0, [])


def test_visitors_are_asked_to_sign_in(as_: Callable[..., Client]) -> None:
    for address in ("/imports/", ADDRESS, "/imports/1/"):
        assert as_(None).get(address).headers["Location"].startswith(reverse("account_login"))
    assert posted(as_(None)).status_code == 302
    assert not ImportJob.objects.exists()


def test_one_day_has_its_measure(coordinator: User, as_: Callable[..., Client], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receive, "UPLOADS_A_DAY", 1)
    assert posted(as_(coordinator)).status_code == 302
    assert posted(as_(coordinator)).status_code == 422
    assert (ImportJob.objects.count(), len(kept_files())) == (1, 1)
    ImportJob.objects.update(created_at=timezone.now() - timedelta(days=2))
    assert posted(as_(coordinator)).status_code == 302


def test_a_row_that_cannot_be_written_leaves_no_file(coordinator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(ImportJob, "save", fail)
    with pytest.raises(RuntimeError):
        make_upload(coordinator)
    assert kept_files() == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\x\\ก.docx", "ก.docx"),
        ("a\u202etxt.exe.txt", "atxt.exe.txt"),
        ("ก" * 400, "ก" * 255),
    ],
)
def test_names_are_harmless(name: str, shown: str, coordinator: User) -> None:
    content = ContentFile(b"x")
    job = receive.upload(actor=coordinator, file=content, name=name, now=timezone.now())
    assert job.filename == shown
    assert str(job.file.name).startswith("imports/")
    assert len(Path(str(job.file.name)).name) == 32


def test_discarding_takes_the_file_too(
    coordinator: User, as_: Callable[..., Client], django_capture_on_commit_callbacks: Any
) -> None:
    job = make_upload(coordinator)
    assert as_(coordinator).get(f"/imports/{job.pk}/discard/").status_code == 405
    with django_capture_on_commit_callbacks(execute=True):
        assert as_(coordinator).post(f"/imports/{job.pk}/discard/").status_code == 302
    assert (ImportJob.objects.count(), kept_files()) == (0, [])
