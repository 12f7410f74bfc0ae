"""The cabinet on the screen: who sees which drawers, documents and files; filing by the form."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kmportal.library.actions.documents import file_document
from kmportal.library.models import LibraryDocument
from tests.make import library as make
from tests.make.documents import drawer, make_document, pdf

pytestmark = pytest.mark.django_db
CANARY = "คานารี"


def _file(actor: Any, **fields: Any) -> Any:
    values = {"data": pdf(), "filename": "คู่มือ.pdf", "drawers": [drawer()]} | fields
    return file_document(actor=actor, **values)


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
