"""The document cabinet: stored once, filed in many drawers, kept within its circle."""

import io
import zipfile
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kmportal.library import cabinet
from kmportal.library.actions.documents import AlreadyStored, NoDrawer, WrongCircle, describe, file_document, refile, replace_file
from kmportal.library.files import RefusedFile, inspect, safe_name
from kmportal.library.models import Filing, LibraryDocument
from tests.make import library as make
from tests.make.documents import archive, drawer, make_document, pdf

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


def test_the_words_inside_are_read(coordinator: Any) -> None:
    document = _file(coordinator, data="บรรทัดแรก\nระบบเตือนภัยล่วงหน้า".encode(), filename="บันทึก.txt")

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


# --- Who sees what ---------------------------------------------------------------------------------------------------------------
@pytest.fixture
def shelf(agency_a: Any, community_c: Any) -> Any:
    """One document of each circle, with its words where they could leak."""
    return {
        "public": make_document(f"{CANARY} public", visibility="public"),
        "network": make_document(f"{CANARY} network", visibility="network"),
        "agency": make_document(f"{CANARY} agency", visibility="agency", agency=agency_a),
        "community": make_document(f"{CANARY} community", visibility="community", community=community_c),
    }


READERS = {
    "visitor": {"public"},
    "officer": {"public", "network", "agency"},
    "colleague": {"public", "network", "agency"},
    "outsider": {"public", "network"},
    "coordinator": {"public", "network", "agency"},
    "agency_coordinator": {"public", "network", "agency"},
    "admin": {"public", "network"},
    "cop_member": {"public", "network", "community"},
}


@pytest.mark.parametrize("name", list(READERS))
def test_lists_counts_pages_and_files_by_circle(request: Any, as_: Any, shelf: Any, name: Any) -> None:
    client, allowed = as_(request.getfixturevalue(name)), READERS[name]

    front = client.get(reverse("library:cabinet"))
    listed = client.get(reverse("library:drawer", args=["4"]))

    row = next(row for row in front.context["rows"] if row.number == "4")
    assert (row.total, row.by_year) == (len(allowed), {2026: len(allowed)})
    for circle, document in shelf.items():
        status = 200 if circle in allowed else 404
        assert (document.title in listed.text) is (circle in allowed), circle
        assert client.get(reverse("library:document", args=[document.pk])).status_code == status, circle
        assert client.get(document.url).status_code == status, circle
        assert client.get(document.url, headers={"if-none-match": f'"{document.file_hash}"'}).status_code == status, circle
        assert client.get(f"/documents/{document.pk}/other.pdf").status_code == 404
        assert client.get(f"/media/{document.file.name}").status_code == 404


@pytest.mark.parametrize("name", ["coordinator", "agency_coordinator", "admin"])
def test_superusers_and_coordinators_do_not_see_into_a_community(request: Any, as_: Any, shelf: Any, name: Any) -> None:
    user = request.getfixturevalue(name)
    user.is_superuser = True
    user.save(update_fields=["is_superuser"])
    client, hidden = as_(user), shelf["community"]

    for url in (
        reverse("wagtaildocs:edit", args=[hidden.pk]),
        reverse("wagtaildocs:delete", args=[hidden.pk]),
        reverse("wagtaildocs_chooser:chosen", args=[hidden.pk]),
        reverse("wagtailadmin_api:documents:detail", args=[hidden.pk]),
        f"/cms/bulk/library/librarydocument/delete/?id={hidden.pk}",
        reverse("library:document", args=[hidden.pk]),
        reverse("library:refile_document", args=[hidden.pk]),
        hidden.url,
    ):
        assert client.get(url).status_code == 404, url
    for url in (
        reverse("wagtaildocs:index"),
        reverse("wagtaildocs_chooser:choose"),
        reverse("wagtaildocs_chooser:choose_results") + f"?q={CANARY}",
        reverse("wagtaildocs:index") + f"?q={CANARY}",
        reverse("wagtaildocs_chooser:chosen_multiple") + f"?id={shelf['public'].pk}",
        reverse("wagtailadmin_api:documents:listing"),
    ):
        response = client.get(url)
        assert response.status_code == 200, url
        assert hidden.title not in response.text, url


def test_pages_that_use_it_are_named_to_their_readers(as_: Any, visitor: Any, officer: Any, agency_a: Any) -> None:
    document = make_document("เอกสารแนบ")
    make.make_lesson("หน้าเปิด", documents=[document])
    make.make_lesson("หน้าปิด", documents=[document], visibility="agency", agency=agency_a)

    shown = as_(visitor).get(reverse("library:document", args=[document.pk])).text
    shown_inside = as_(officer).get(reverse("library:document", args=[document.pk])).text

    assert ("หน้าเปิด" in shown, "หน้าปิด" in shown) == (True, False)
    assert "หน้าปิด" in shown_inside


def test_the_file_is_saved_and_never_shown_in_place(as_: Any, visitor: Any) -> None:
    document = make_document("รายงาน")

    response = as_(visitor).get(document.url)

    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Type"] == "application/pdf"
    assert "ETag" not in response
    assert b"".join(response.streaming_content).startswith(b"%PDF-")


# --- Screens ---------------------------------------------------------------------------------------------------------------------
def _form(**fields: Any) -> Any:
    return {"year": "2569", "category": ["4"], "visibility": "network", "title": "", "summary": ""} | fields


def test_filing_by_the_form(as_: Any, coordinator: Any) -> None:
    upload = SimpleUploadedFile("คู่มือการซ้อมแผน.pdf", pdf(), "text/html")

    response = as_(coordinator).post(reverse("library:file_document"), _form(file=upload, category=["4", "6"], year="๒๕๖๙"))

    document = LibraryDocument.objects.get()
    assert response.status_code == 302
    assert document.title == "คู่มือการซ้อมแผน"
    assert {(f.category.number, f.year) for f in document.filings.all()} == {("4", 2026), ("6", 2026)}


def test_the_form_offers_the_document_that_is_there(as_: Any, coordinator: Any) -> None:
    first = _file(coordinator, data=pdf("same"))

    response = as_(coordinator).post(reverse("library:file_document"), _form(file=SimpleUploadedFile("b.pdf", pdf("same"))))

    assert response.status_code == 422
    assert reverse("library:refile_document", args=[first.pk]) in response.text
    assert LibraryDocument.objects.count() == 1


def test_the_form_says_what_is_wrong(as_: Any, coordinator: Any, officer: Any, visitor: Any) -> None:
    url = reverse("library:file_document")

    assert as_(visitor).get(url).status_code == 302
    assert as_(officer).get(url).status_code == 403
    assert as_(officer).post(url, _form(file=SimpleUploadedFile("b.pdf", pdf()))).status_code == 403
    assert as_(coordinator).get(url).status_code == 200
    assert as_(coordinator).post(url, _form(file=SimpleUploadedFile("b.svg", b"<svg/>"))).status_code == 422
    assert as_(coordinator).post(url, _form(file=SimpleUploadedFile("b.pdf", pdf()), category=[])).status_code == 422
    assert as_(coordinator).post(url, _form(file=SimpleUploadedFile("b.pdf", pdf()), year="สองพัน")).status_code == 422
    assert LibraryDocument.objects.count() == 0


def test_names_of_hidden_communities_are_not_offered(as_: Any, coordinator: Any, community_c: Any) -> None:
    response = as_(coordinator).get(reverse("library:file_document"))

    assert community_c.name not in response.text


def test_refile_by_the_form_and_undo(as_: Any, coordinator: Any) -> None:
    document = _file(coordinator, drawers=[drawer("4"), drawer("6")])
    kept = document.filings.get(category__number="4").pk
    client = as_(coordinator)

    client.post(reverse("library:refile_document", args=[document.pk]), {"keep": [kept], "year": "2569", "category": ["1"]})
    assert sorted(filing.category.number for filing in document.filings.all()) == ["1", "4"]
    assert reverse("library:undo_refile", args=[document.pk]) in client.get(document.get_absolute_url()).text
    client.post(reverse("library:undo_refile", args=[document.pk]))

    assert sorted(filing.category.number for filing in document.filings.all()) == ["4", "6"]


@pytest.mark.parametrize("query", ["?page=1e9", "?page=-1", "?year=x", "?year=9999999999999", "?sort=password", "?page=%00"])
def test_odd_values_are_passed_over(as_: Any, visitor: Any, query: Any) -> None:
    make_document()

    assert as_(visitor).get(reverse("library:drawer", args=["4"]) + query).status_code == 200


def test_drawers_that_are_not_there(as_: Any, visitor: Any) -> None:
    for url in ("/cabinet/9/", "/cabinet/44/", "/cabinet/4/XX9/", "/documents/99999/x.pdf", "/cabinet/documents/99999/"):
        assert as_(visitor).get(url).status_code == 404, url


def test_the_cost_of_a_drawer_does_not_grow(as_: Any, visitor: Any, queries: Any) -> None:
    make_document(drawers=[drawer("4"), drawer("6")])
    client, url = as_(visitor), reverse("library:drawer", args=["4"])
    one = queries(client, url)
    for number in range(19):
        make_document(f"เอกสาร {number}", drawers=[drawer("4"), drawer("6"), drawer("5", year=2020 + number % 4)])

    assert queries(client, url) == one
    assert queries(client, reverse("library:cabinet")) <= 8
