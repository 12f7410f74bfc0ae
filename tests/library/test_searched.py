"""What of the library stands in the index, for whom, and where it opens."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kmportal.library.actions import texts
from kmportal.library.actions.documents import describe, file_document, refile, replace_file
from kmportal.library.importing import sandbox
from kmportal.library.models import LibraryDocument
from kmportal.people.models import Person
from kmportal.people.names import person_key
from kmportal.retrieval import actions, readers, sources
from kmportal.retrieval.models import Passage
from tests.library import circles
from tests.library.importer.pdf_builder import pdf as typeset
from tests.make.documents import drawer, make_document
from tests.make.imports import docx
from tests.make.library import item, make_lesson, make_practice, make_seminar, paragraph, section, session, talk

pytestmark = pytest.mark.django_db


def pdf(*pages: str, **how: bool) -> bytes:
    """A file with one line on each page."""
    return typeset([[(72.0, 700.0, words)] for words in pages], **how)


def passages(kind: str, pk: int) -> list[Passage]:
    return list(Passage.objects.filter(kind=kind, object_id=pk).order_by("chunk"))


# --- Who may find it -------------------------------------------------------------------------------------------------------------
def test_circles_are_those_of_visible_to(request: Any, agency_a: Any, community_c: Any) -> None:
    """For every persona and everything in the index: found exactly by those who may see it."""
    circles.fill()
    for name in circles.CIRCLES:
        kept = {"agency": agency_a if name == "agency" else None, "community": community_c if name == "community" else None}
        make_document(f"เอกสาร {name}", visibility=name, **kept)
    Person.objects.create(given_name="วิทยากร", key="x")
    Person.objects.filter(given_name="มานี").update(is_public=True)
    Person.objects.filter(given_name="สมใจ").update(is_listed=False)
    actions.index(Person.objects.all())
    seen = 0
    for persona in circles.READERS:
        user = request.getfixturevalue(persona)
        held = readers.of(user)
        for source in sources.every():
            manager: Any = source.model._default_manager
            visible = manager.visible_to(user) if hasattr(manager.all(), "visible_to") else manager.all()
            shown = set(visible.values_list("pk", flat=True))
            for passage in Passage.objects.filter(kind=source.kind):
                assert held.holds(passage.audience) == (passage.object_id in shown), (persona, passage, passage.audience)
                seen += 1
    assert seen > 500
    assert set(Passage.objects.values_list("kind", flat=True)) >= {
        "seminar",
        "item",
        "lesson",
        "practice",
        "document",
        "person",
    }
    assert not Passage.objects.filter(kind="person", title__startswith="สมใจ").exists()
    assert not Passage.objects.filter(title__contains="draft").exists()


def test_somebody_switched_off_is_a_visitor(officer: Any) -> None:
    officer.is_active = False

    assert readers.of(officer) == readers.Readers()


def test_all_agencies_are_open_to_network_coordinators(coordinator: Any, agency_coordinator: Any, agency_a: Any) -> None:
    assert readers.of(coordinator).prefixes == ("agency:",)
    assert readers.of(agency_coordinator).prefixes == ()
    assert readers.of(agency_coordinator).keys == {"public", "network", *(f"agency:{one.pk}" for one in agency_a.lineage())}


# --- What it says, and where it opens --------------------------------------------------------------------------------------------
def test_a_seminar_opens_at_its_sessions_talks_and_paragraphs(agency_a: Any) -> None:
    speaker = Person.objects.create(given_name="ปราณี", family_name="เล่าดี", key=person_key("ปราณี", "เล่าดี"))
    said = talk(
        "น้ำในเขื่อน", agency=agency_a, speakers=[speaker], items=[section("สรุป"), paragraph("คำปิดท้าย"), item("obstacle", "ข้อเดียว")]
    )
    page = make_seminar("สัมมนาน้ำ", talks=[[session("ช่วงเช้า"), *said]], summary="ว่าด้วยน้ำ", title_en="Water", summary_en="On water",
                        venue="หอประชุม", organiser=agency_a)  # fmt: skip
    row = page.talks.get()

    found = passages("seminar", page.pk)

    assert [passage.body for passage in found] == [
        "ว่าด้วยน้ำ\n1 กรกฎาคม 2553\nหอประชุม\nกรมตัวอย่างแรก", "On water", "ช่วงเช้า", "น้ำในเขื่อน", "สรุป\nคำปิดท้าย",
    ]  # fmt: skip
    assert found[3].url == f"{page.url}#{row.anchor}"
    assert found[3].place == "ช่วงเช้า"
    assert "ปราณี เล่าดี" in found[3].names
    assert "กตร." in found[3].names
    assert "Water" in found[0].names
    assert found[4].place == "น้ำในเขื่อน · ช่วงเช้า"
    assert "#p" in found[4].url


def test_anchors_are_on_the_pages(visitor: Any, as_: Callable[..., Any]) -> None:
    said = talk("หัวข้อ", items=[item("obstacle", "ข้อหนึ่ง"), paragraph("ย่อหน้า")])
    seminar = make_seminar("สัมมนา", talks=[[session("ช่วง"), *said]])
    lesson = make_lesson("บทเรียน", items=list(seminar.items.all()), context="<p>ที่ไหน</p>", pitfalls="<ul><li>ระวัง</li></ul>")
    practice = make_practice("แนวปฏิบัติ", approach="<p>ทำ</p>")

    urls = set(
        Passage.objects.filter(object_id__in=[seminar.pk, lesson.pk, practice.pk], url__contains="#").values_list(
            "url", flat=True
        )
    )
    urls |= set(Passage.objects.filter(kind="item").values_list("url", flat=True))

    assert len(urls) >= 6
    for url in urls:
        path, _, anchor = url.partition("#")
        assert f'id="{anchor}"' in as_(visitor).get(path).text, url


def test_a_statement_carries_what_it_is_found_by(agency_a: Any) -> None:
    speaker = Person.objects.create(given_name="ปราณี", family_name="เล่าดี", key="x")
    said = talk("น้ำในเขื่อน", agency=agency_a, speakers=[speaker], categories=["4"], items=[item("obstacle", "ไม่มีงบ")])
    page = make_seminar("สัมมนาน้ำ", talks=[said])
    row = page.items.get()

    (found,) = passages("item", row.pk)

    assert (found.title, found.body, found.place) == ("ไม่มีงบ", "ไม่มีงบ", "น้ำในเขื่อน · สัมมนาน้ำ")
    assert found.url == f"{page.url}#{row.anchor}"
    for name in ("ปราณี", "กรมตัวอย่างแรก", "First Department", "กตร.", "หมวด 4"):
        assert name in found.names, name
    assert set(found.tags.values_list("name", "value")) >= {("category", "4"), ("type", "obstacle"), ("agency", str(agency_a.pk))}


def test_a_lesson_opens_at_the_part_that_was_filled() -> None:
    lesson = make_lesson(
        "ถามก่อน", lesson="ถามก่อนทำ", context="<p>ที่ <b>กรม</b></p><ul><li>ก</li><li>ข</li></ul>", fails_when="เร่งด่วน"
    )

    found = {passage.place: passage for passage in passages("lesson", lesson.pk)}

    assert found["บริบท"].body == "ที่ กรม\nก\nข"
    assert found["บริบท"].url == f"{lesson.url}#context"
    assert "เร่งด่วน" in {passage.body for passage in found.values()}
    assert all(passage.body for place, passage in found.items() if place)


# --- Documents -------------------------------------------------------------------------------------------------------------------
def read(document: LibraryDocument) -> LibraryDocument:
    texts.read(document_id=document.pk)
    document.refresh_from_db()
    return document


def test_a_pdf_is_read_page_by_page() -> None:
    document = read(make_document("คู่มือ", data=pdf("About rivers", "The second page speaks of bridges")))

    found = passages("document", document.pk)

    assert document.text_state == "read"
    assert [(passage.place, passage.body) for passage in found[1:]] == [
        ("หน้า 1", "About rivers"), ("หน้า 2", "The second page speaks of bridges"),
    ]  # fmt: skip
    assert {passage.url for passage in found} == {document.get_absolute_url()}


def test_word_and_text_files_are_read(coordinator: Any) -> None:
    long = "น้ำท่วมต้องเตรียมการ " * 100
    word = read(file_document(actor=coordinator, data=docx(["ย่อหน้าแรก", long]), filename="ก.docx", drawers=[drawer()]))
    text = read(file_document(actor=coordinator, data="บันทึกประชุม".encode(), filename="ข.txt", drawers=[drawer()]))

    assert "ย่อหน้าแรก" in word.text
    assert len(passages("document", word.pk)) > 3
    assert all(len(passage.body) <= 800 for passage in passages("document", word.pk))
    assert passages("document", text.pk)[1].body == "บันทึกประชุม"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (pdf("hidden", text_layer=False), "no_text_layer"),
        (b"%PDF-1.4\nbroken", "damaged"),
    ],
)
def test_what_cannot_be_read_is_still_found_by_its_title(
    as_: Callable[..., Any], coordinator: Any, visitor: Any, data: bytes, problem: str
) -> None:
    document = read(make_document("แผนผัง", data=data))

    assert (document.text_state, document.text_problem, document.text) == ("failed", problem, "")
    assert [passage.title for passage in passages("document", document.pk)] == ["แผนผัง"]
    assert "อ่านข้อความในไฟล์นี้ไม่ได้" in as_(coordinator).get(document.get_absolute_url()).text
    assert "อ่านข้อความในไฟล์นี้ไม่ได้" not in as_(visitor).get(document.get_absolute_url()).text


def test_a_file_that_takes_too_much_harms_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    document = make_document("ระเบิด")

    def heavy(*args: Any) -> None:
        raise sandbox.ReadingFailed("too_heavy")

    monkeypatch.setattr(sandbox, "read_file", heavy)

    assert read(document).text_problem == "too_heavy"


def test_another_file_is_read_anew(coordinator: Any) -> None:
    document = read(make_document("คู่มือ", data=pdf("about rivers")))

    replace_file(actor=coordinator, document=document, data=pdf("about bridges"), filename="x.pdf")
    assert [passage.body for passage in passages("document", document.pk)] == [""]
    read(document)

    assert [passage.body for passage in passages("document", document.pk)] == ["", "about bridges"]


def test_a_file_replaced_while_it_was_read_is_not_given_the_old_words(coordinator: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    document = make_document("คู่มือ", data=pdf("about rivers"))
    real = sandbox.read_file

    def replaced_meanwhile(data: bytes, name: str) -> Any:
        found = real(data, name)
        replace_file(actor=coordinator, document=LibraryDocument.objects.get(), data=pdf("about bridges"), filename="x.pdf")
        return found

    monkeypatch.setattr(sandbox, "read_file", replaced_meanwhile)
    read(document)

    assert (document.text, document.text_state) == ("", "waiting")


def test_what_was_left_lying_is_picked_up() -> None:
    document = make_document("คู่มือ", data=pdf("about rivers"))
    texts.pick_up()
    document.refresh_from_db()
    assert document.text_state == "waiting", "asked for a moment ago"
    LibraryDocument.objects.update(text_asked=None)

    texts.pick_up()

    document.refresh_from_db()
    assert document.text_state == "read"


def test_drawers_and_words_follow_their_verbs(coordinator: Any, agency_a: Any) -> None:
    document = make_document("คู่มือ", drawers=[drawer("4")])

    refile(actor=coordinator, document=document, drawers=[drawer("6", year=2024)])
    describe(
        actor=coordinator, document=document, title="ชื่อใหม่", summary="สรุป", visibility="agency", agency=agency_a, community=None
    )

    (found,) = passages("document", document.pk)
    assert (found.title, found.body, found.audience) == ("ชื่อใหม่", "สรุป", f"agency:{agency_a.pk}")
    assert "หมวด 6" in found.names
    assert "2567 2024" in found.names
    assert ("category", "6") in set(found.tags.values_list("name", "value"))


def test_an_upload_in_the_cms_is_read_too(
    as_: Callable[..., Any], coordinator: Any, django_capture_on_commit_callbacks: Any
) -> None:
    upload = SimpleUploadedFile("บันทึก.txt", "คำในไฟล์".encode())
    with django_capture_on_commit_callbacks(execute=True):
        as_(coordinator).post(
            "/cms/documents/add/", {"title": "จากระบบ", "file": upload, "visibility": "network", "collection": "1"}
        )

    document = LibraryDocument.objects.get()
    assert (document.text.strip(), document.text_state) == ("คำในไฟล์", "read")
    assert passages("document", document.pk) == [], "it lies in no drawer yet"
