"""Documents: shared, renewed, fetched by members alone, taken away and brought back."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile

from communities.commons.actions import documents as verbs
from communities.commons.models import DocumentVersion, SpaceDocument
from tests.make import commons as make
from tests.make.documents import pdf

pytestmark = pytest.mark.django_db


def test_shared_and_told(officer: Any, colleague: Any, outsider: Any) -> None:
    circle = make.community(officer, colleague)
    document = make.document(colleague, circle)
    version = document.versions.get()
    assert (document.title, version.number, version.name, version.extension) == ("แบบฟอร์ม", 1, "form.pdf", "pdf")
    assert version.file.name
    assert "form" not in version.file.name
    assert storages["private"].exists(version.file.name)
    assert [make.told(person, "commons.document_new") for person in (officer, colleague, outsider)] == [1, 0, 0]
    with pytest.raises(PermissionDenied):
        make.document(outsider, circle)


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.html", b"<html>"), ("a.exe", b"MZ"), ("a.pdf", b"<script>"), ("a.txt", b"<svg onload=x>"), ("a.pdf", b"")],
)
def test_what_is_not_kept(officer: Any, name: str, data: bytes) -> None:
    with pytest.raises(verbs.RefusedFile):
        verbs.share_document(actor=officer, community=make.community(officer), data=data, filename=name)
    assert not SpaceDocument.objects.exists()


def test_the_same_file_once_in_a_space(officer: Any) -> None:
    circle, data = make.community(officer), pdf("same")
    document = make.document(officer, circle, data=data)
    for again in (
        lambda: make.document(officer, circle, data=data),
        lambda: verbs.add_version(actor=officer, document=document, data=data, filename="b.pdf"),
    ):
        with pytest.raises(verbs.SameFile):
            again()
    make.document(officer, make.community(officer), data=data)
    assert (SpaceDocument.objects.count(), DocumentVersion.objects.count()) == (2, 2)


def test_versions_by_who_shared_it_and_who_manages(officer: Any, colleague: Any, agency_coordinator: Any, as_: Any) -> None:
    document = make.document(colleague, make.community(officer, colleague, agency_coordinator))
    here = document.get_absolute_url()
    new = SimpleUploadedFile("form2.pdf", pdf("two"))
    assert as_(agency_coordinator).post(f"{here}version/", {"file": new}).status_code == 403
    assert (
        as_(officer).post(f"{here}version/", {"file": SimpleUploadedFile("x.pdf", pdf("two")), "note": "แก้หน้า 2"}).status_code
        == 302
    )
    assert as_(officer).post(f"{here}version/", {"file": SimpleUploadedFile("x.html", b"<html>")}).status_code == 422
    assert as_(colleague).post(f"{here}edit/", {"title": "แบบฟอร์มใหม่"}).status_code == 302
    assert list(document.versions.values_list("number", "note")) == [(2, "แก้หน้า 2"), (1, "")]
    assert "แบบฟอร์มใหม่" in as_(agency_coordinator).get(here).content.decode()


def test_fetched_by_members_and_counted(officer: Any, colleague: Any, outsider: Any, admin: Any, as_: Any) -> None:
    document = make.document(officer, make.community(officer, colleague), data=pdf("body"))
    here = f"{document.get_absolute_url()}1/file/"
    for stranger in (outsider, admin):
        assert as_(stranger).get(here).status_code == 404
    answer = as_(colleague).get(here)
    as_(colleague).head(here)
    assert (b"".join(answer.streaming_content), answer["Content-Type"]) == (pdf("body"), "application/pdf")
    assert (answer["Content-Disposition"], answer["X-Content-Type-Options"]) == ('attachment; filename="form.pdf"', "nosniff")
    assert ("sandbox" in answer["Content-Security-Policy"], answer["Cache-Control"]) == (True, "private, no-store")
    assert make.fresh(document).downloads == 1
    assert as_(colleague).get(here.replace("/1/", "/2/")).status_code == 404


def test_taken_away_and_brought_back(officer: Any, colleague: Any, agency_coordinator: Any, as_: Any) -> None:
    document = make.document(colleague, make.community(officer, colleague, agency_coordinator))
    here = document.get_absolute_url()
    assert as_(agency_coordinator).post(f"{here}delete/").status_code == 403
    assert as_(colleague).post(f"{here}delete/").status_code == 302
    for address in (here, f"{here}1/file/", f"{here}edit/"):
        assert as_(officer).get(address).status_code == 404
    assert as_(agency_coordinator).post(f"{here}restore/").status_code == 403
    assert as_(colleague).post(f"{here}restore/").status_code == 302
    assert as_(officer).get(here).status_code == 200
    make.leave(colleague, document.community)
    with pytest.raises(SpaceDocument.DoesNotExist):
        verbs.delete_document(actor=colleague, document=document)


def test_shared_by_form(officer: Any, as_: Any) -> None:
    address = f"/communities/{make.community(officer).slug}/documents/"
    assert as_(officer).post(f"{address}new/", {}).status_code == 422
    assert as_(officer).post(f"{address}new/", {"file": SimpleUploadedFile("คู่มือ ก.pdf", pdf())}).status_code == 302
    assert SpaceDocument.objects.get().title == "คู่มือ ก"
