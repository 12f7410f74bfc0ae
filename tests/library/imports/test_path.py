"""The whole way: upload, review, draft page, published page."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kmportal.library.models import ImportJob, LibraryDocument, SeminarPage
from kmportal.people.models import User
from tests.library.importer.pdf_builder import pdf
from tests.make.imports import SUMMARY, docx

Capture = Callable[..., AbstractContextManager[list[Callable[[], object]]]]


PAGE = [(72.0, 800.0 - 22 * number, line) for number, line in enumerate(SUMMARY.splitlines()) if line]
FILES = {
    "a.txt": SUMMARY.encode(),
    "old.txt": SUMMARY.replace("\n", "\r\n").encode("cp874"),
    "wide.txt": SUMMARY.encode("utf-16"),
    "a.docx": docx(SUMMARY.splitlines()),
    "a.pdf": pdf([PAGE]),
}


@pytest.mark.parametrize(("name", "data"), FILES.items(), ids=FILES)
def test_a_summary_becomes_a_published_page(
    name: str, data: bytes, coordinator: User, as_: Callable[..., Client], django_capture_on_commit_callbacks: Capture
) -> None:
    client = as_(coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("imports:upload"), {"summaries": SimpleUploadedFile(name, data)})
    job = ImportJob.objects.get()
    assert answer.headers["Location"] == reverse("imports:review", args=[job.pk])
    assert (job.state, job.problem) == ("review", "")
    page = client.get(answer.headers["Location"])
    assert page.status_code == 200
    assert "ผู้บริหารติดตามทุกสัปดาห์" in page.text

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("imports:create", args=[job.pk]))
    job.refresh_from_db()
    assert (job.state, job.file.name) == ("done", "")
    assert job.page is not None
    assert not job.page.live
    assert str(job.page.start_date) == "2022-03-03"
    assert LibraryDocument.objects.get().visibility == "network"
    done = client.get(reverse("imports:review", args=[job.pk]))
    assert done.status_code == 200

    published = client.post(reverse("imports:publish", args=[job.pk]))
    assert published.headers["Location"] == SeminarPage.objects.get().url
    assert SeminarPage.objects.get().live
