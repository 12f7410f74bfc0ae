"""The document cabinet: stored once, filed in many drawers, kept within its circle."""

import io
import zipfile
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from kmportal.library import cabinet
from kmportal.library.actions.documents import AlreadyStored, NoDrawer, WrongCircle, describe, file_document, refile, replace_file
from kmportal.library.files import RefusedFile, inspect, safe_name
from kmportal.library.models import Filing, LibraryDocument
from tests.make.documents import archive, drawer, pdf

pytestmark = pytest.mark.django_db
CANARY = "คานารี"


def _file(actor: Any, **fields: Any) -> Any:
    values = {"data": pdf(), "filename": "คู่มือ.pdf", "drawers": [drawer()]} | fields
    return file_document(actor=actor, **values)


# --- Filing ----------------------------------------------------------------------------------------------------------------------
def test_one_file_in_several_drawers(coordinator: Any) -> None:
    document = _file(coordinator, title="แผนสำรองข้อมูล", drawers=[drawer("4"), drawer("6"), drawer("6", year=2025), drawer("6")])

    assert (document.title, document.uploaded_by_user, document.visibility) == ("แผนสำรองข้อมูล", coordinator, "network")
    assert Filing.objects.filter(document=document).count() == 3
    assert LibraryDocument.objects.count() == 1
    assert document in cabinet.documents_in(coordinator, "4", code=None, year=2026, sort="new")
    assert document in cabinet.documents_in(coordinator, "6", code=None, year=2025, sort="new")
    assert document not in cabinet.documents_in(coordinator, "4", code=None, year=2025, sort="new")


@pytest.mark.parametrize("name", ["officer", "outsider", "admin", "cop_member", "visitor"])
def test_others_may_not_file(request: Any, name: Any) -> None:
    with pytest.raises(PermissionDenied):
        _file(request.getfixturevalue(name))

    assert LibraryDocument.objects.count() == 0


def test_the_same_file_is_offered_instead_of_stored_twice(coordinator: Any, agency_coordinator: Any) -> None:
    first = _file(coordinator, data=pdf("same"), title="แรก")

    with pytest.raises(AlreadyStored) as caught:
        _file(agency_coordinator, data=pdf("same"), title="สอง")

    assert caught.value.document == first
    assert LibraryDocument.objects.count() == 1


def test_a_copy_that_one_may_not_read_is_not_mentioned(coordinator: Any, agency_coordinator: Any, agency_b: Any) -> None:
    hidden = _file(coordinator, data=pdf("same"), visibility="agency", agency=agency_b)

    document = _file(agency_coordinator, data=pdf("same"))

    assert document.pk != hidden.pk


def test_a_drawer_is_needed(coordinator: Any) -> None:
    with pytest.raises(NoDrawer):
        _file(coordinator, drawers=[])
    with pytest.raises(NoDrawer):
        _file(coordinator, drawers=[drawer(year=90000)])

    assert LibraryDocument.objects.count() == 0


def test_only_circles_one_stands_in(agency_coordinator: Any, coordinator: Any, agency_b: Any, community_c: Any) -> None:
    with pytest.raises(WrongCircle):
        _file(agency_coordinator, visibility="agency", agency=agency_b)
    with pytest.raises(WrongCircle):
        _file(coordinator, visibility="community", community=community_c)
    with pytest.raises(WrongCircle):
        _file(coordinator, visibility="agency")

    assert LibraryDocument.objects.count() == 0


def test_the_words_inside_are_read_after_the_upload(coordinator: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        document = _file(coordinator, data="บรรทัดแรก\nระบบเตือนภัยล่วงหน้า".encode(), filename="บันทึก.txt")
        assert (document.text, document.text_state) == ("", "waiting")

    document.refresh_from_db()
    assert document.text_state == "read"
    assert "ระบบเตือนภัยล่วงหน้า" in document.text
    assert len(document.sha256) == 64


# --- What is refused -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("filename", "data"),
    [
        ("x.svg", b"<svg onload=alert(1)>"),
        ("x.html", b"<html>"),
        ("x.exe", b"MZ"),
        ("x.pdf.html", pdf()),
        ("x", pdf()),
        ("x.pdf", b"<html><script>alert(1)</script>"),
        ("x.txt", b"<svg onload=alert(1)>"),
        ("x.csv", b"\xef\xbb\xbf<!DOCTYPE html>"),
        ("x.txt", b"GIF89a\x00\x01"),
        ("x.docx", b"not a zip"),
        ("x.pdf", b""),
        ("x.txt", b"\x00\x00"),
        ("x.docx", archive(word__vbaProject_bin=b"1").replace(b"vbaProject_bin", b"vbaProject.bin")),
        ("x.zip", archive(**{"..__..__etc__passwd": b"1"})),
        ("x.zip", archive(a=b"0" * 300_000_000)),
    ],
)  # fmt: skip
def test_harmful_files_are_refused_and_leave_nothing(coordinator: Any, filename: Any, data: Any) -> None:
    with pytest.raises(RefusedFile):
        _file(coordinator, data=data, filename=filename)

    assert LibraryDocument.objects.count() == 0


def test_too_large(coordinator: Any, settings: Any) -> None:
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 100

    with pytest.raises(RefusedFile):
        _file(coordinator, data=pdf("x" * 200))


def test_an_archive_with_a_thousand_entries_too_many() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for number in range(1_001):
            made.writestr(f"{number}", b"")

    with pytest.raises(RefusedFile):
        inspect(target.getvalue(), "x.zip")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("คู่มือ การใช้.PDF", "คู่มือ_การใช้.pdf"),
        ('"><img src=x onerror=alert(1)>.pdf', "img_src=x_onerror=alert(1).pdf"),
        ("..\\..\\etc\\passwd.txt", "passwd.txt"),
        ("..%2f..%2fx.pdf", "2f___2fx.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_x.pdf"),
        ("invoice\u202efdp.exe.pdf", "invoicefdp_exe.pdf"),
        ("nul\x00.pdf", "_nul.pdf"),
        ("CON.txt", "_CON.txt"),
        ("ก" * 255 + ".pdf", "ก" * 80 + ".pdf"),
        (".pdf", "pdf"),
    ],
)
def test_names_harm_nobody(given: Any, kept: Any) -> None:
    assert safe_name(given) == kept


# --- Later -----------------------------------------------------------------------------------------------------------------------
def test_refile_and_back(coordinator: Any) -> None:
    document = _file(coordinator, drawers=[drawer("4"), drawer("6")])

    before = refile(actor=coordinator, document=document, drawers=[drawer("5")])
    assert [filing.category.number for filing in document.filings.all()] == ["5"]
    refile(actor=coordinator, document=document, drawers=before)

    assert sorted(filing.category.number for filing in document.filings.all()) == ["4", "6"]


def test_only_its_keepers_change_a_document(coordinator: Any, agency_coordinator: Any, officer: Any, agency_a: Any) -> None:
    others = _file(coordinator)
    own = _file(agency_coordinator)
    of_agency = _file(coordinator, agency=agency_a)

    for actor, document in ((officer, others), (agency_coordinator, others), (officer, own)):
        with pytest.raises(PermissionDenied):
            refile(actor=actor, document=document, drawers=[drawer("1")])
        with pytest.raises(PermissionDenied):
            replace_file(actor=actor, document=document, data=pdf(), filename="x.pdf")
        with pytest.raises(PermissionDenied):
            describe(actor=actor, document=document, title="x", summary="", visibility="public", agency=None, community=None)
    refile(actor=agency_coordinator, document=own, drawers=[drawer("1")])
    refile(actor=agency_coordinator, document=of_agency, drawers=[drawer("1")])

    assert others.filings.get().category.number == "4"
    assert LibraryDocument.objects.get(pk=others.pk).visibility == "network"


def test_a_newer_file_takes_the_place(coordinator: Any, django_capture_on_commit_callbacks: Any) -> None:
    document = _file(coordinator, data=pdf("old"))
    old = document.file.path

    with django_capture_on_commit_callbacks(execute=True):
        replace_file(actor=coordinator, document=document, data=pdf("new"), filename="ใหม่.pdf")

    document.refresh_from_db()
    assert document.file.read() == pdf("new")
    assert document.filings.count() == 1
    from pathlib import Path

    assert not Path(old).exists()
