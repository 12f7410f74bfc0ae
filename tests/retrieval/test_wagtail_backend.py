"""The CMS finds Thai by its words and while they are typed, and nothing of other circles."""

from functools import partial
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import And, Not, Or, Phrase, PlainText

from kmportal.library.models import LibraryDocument
from kmportal.people.actions import AgencyDetails, save_agency
from kmportal.retrieval import wagtail_backend
from kmportal.retrieval.analysis import words
from kmportal.retrieval.segment import PLAIN
from tests.make import library as make
from tests.make.documents import make_document

EXECUTIVES = "ผู้บริหารกับการจัดการความรู้"
OFFICE = "ตัวชี้วัดของ ก.พ.ร. ๒๕๕๓"
# Words, parts of words, abbreviations without dots, Arabic digits, marks in another order, two words apart.
FINDS_EXECUTIVES = ["ความรู้", "ผู้บริหาร", "จัดการความ", "ความร", "บริห", "ผู้บริหาร ความรู้", "กับการ", "ผู\u0e49\u200bบริหาร"]
FINDS_OFFICE = ["กพร", "ก.พ.ร.", "ก. พ. ร.", "2553", "ชี้วัด กพ", "ตัวชี"]
MISSES = ["ความรัก", "รู้สึก", "ผู้บริโภค", "กพว", "2554"]


@pytest.fixture
def titles(coordinator: Any) -> list[str]:
    make.make_lesson(EXECUTIVES)
    make.make_lesson(OFFICE)
    return [EXECUTIVES, OFFICE]


def found_in(client: Client, path: str, typed: str) -> list[str]:
    """Of both titles those that the answer shows."""
    shown = client.get(path, {"q": typed}).text
    return [title for title in (EXECUTIVES, OFFICE) if title in shown]


PLACES = [
    "wagtailadmin_pages:search",
    "wagtailadmin_choose_page_search",
    "wagtaildocs_chooser:choose_results",
    "wagtaildocs:index",
]


@pytest.mark.parametrize("place", PLACES)
def test_found_by_words_and_while_typing(as_: Any, coordinator: Any, titles: list[str], place: str) -> None:
    for title in titles:
        make_document(title)
    client, path = as_(coordinator), reverse(place)

    assert {typed: found_in(client, path, typed) for typed in FINDS_EXECUTIVES} == {
        typed: [EXECUTIVES] for typed in FINDS_EXECUTIVES
    }
    assert {typed: found_in(client, path, typed) for typed in FINDS_OFFICE} == {typed: [OFFICE] for typed in FINDS_OFFICE}
    assert {typed: found_in(client, path, typed) for typed in MISSES} == {typed: [] for typed in MISSES}


def test_pages_of_other_circles_stay_hidden(as_: Any, cop_member: Any, coordinator: Any, community_c: Any) -> None:
    make.make_lesson(EXECUTIVES, visibility="community", community=community_c)
    make_document(EXECUTIVES, visibility="community", community=community_c)
    client = as_(coordinator)

    for place in PLACES:
        for typed in ("ความรู้", "ผู้บริห"):
            shown = client.get(reverse(place), {"q": typed})
            assert shown.status_code == 200
            assert EXECUTIVES not in shown.text, (place, typed)


@pytest.mark.parametrize(
    "typed", ["", " ", ".", "่", "ฯ", "\x00", "'\"*()", "a:b", "%s", "ก" * 300, "การ " * 200, "ที่", "AND OR NOT"]
)
def test_nothing_that_is_typed_breaks_it(as_: Any, coordinator: Any, titles: list[str], typed: str) -> None:
    for place in PLACES:
        assert as_(coordinator).get(reverse(place), {"q": typed}).status_code == 200


def test_whole_words_in_the_text(titles: list[str]) -> None:
    backend = get_search_backend()

    def found(query: Any) -> list[str]:
        return [page.title for page in backend.search(query, Page.objects.all())]

    assert found("การจัดการความรู้ของผู้บริหารคือ") == [EXECUTIVES]
    assert found("จัดการความรู้ของประชาชน") == []
    assert found(PlainText("*")) == []
    assert found("จัดการความรู้") == [EXECUTIVES]
    assert found(PlainText("วัด จัดการ", operator="or")) in ([EXECUTIVES, OFFICE], [OFFICE, EXECUTIVES])
    assert found(PlainText("กพร") & PlainText("ชี้")) == [OFFICE]
    assert found(Phrase("จัดการความรู้")) == [EXECUTIVES]
    assert found(And([PlainText("*"), PlainText("ชี้วัด")])) == [OFFICE]
    assert [found(Not(PlainText("*"))), found(Or([PlainText("*"), Phrase(".")]))] == [[], []]
    assert EXECUTIVES not in found(Not(PlainText("ความรู้")))


def test_a_changed_title_is_found_by_its_new_words_only(titles: list[str]) -> None:
    page = Page.objects.get(title=EXECUTIVES).specific
    make.republish(page, title="เครือข่ายนักปฏิบัติ")

    assert [found.title for found in Page.objects.autocomplete("นักปฏิ")] == ["เครือข่ายนักปฏิบัติ"]
    assert list(Page.objects.autocomplete("ผู้บริหาร")) == []


def test_without_a_dictionary(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr(wagtail_backend, "SEGMENTER", PLAIN)
    monkeypatch.setattr(wagtail_backend, "words", partial(words, segmenter=PLAIN))
    make.make_lesson(EXECUTIVES)

    for typed in ("ความรู้", "ผู้บริ", "ผู้บริหาร ความร"):
        assert EXECUTIVES in [page.title for page in Page.objects.autocomplete(typed)], typed
    assert [page.title for page in Page.objects.search("จัดการความรู้")] == [EXECUTIVES]
    assert list(Page.objects.autocomplete("ความรัก")) == []


def test_the_whole_index_can_be_made_again(titles: list[str]) -> None:
    make_document(OFFICE)

    call_command("update_index", verbosity=0)

    assert [page.title for page in Page.objects.autocomplete("กพร")] == [OFFICE]
    assert [document.title for document in LibraryDocument.objects.search("ชี้วัด")] == [OFFICE]


@pytest.mark.parametrize("typed", ["กทค", "ก.ท.ค.", "ทดลองค้น", "ลองค้นหา"])
def test_agencies_are_found_by_parts_of_any_name(as_: Any, coordinator: Any, agency_a: Any, typed: str) -> None:
    details = AgencyDetails(
        name="กองทดลองค้นหา", abbreviation="ก.ท.ค.", kind="bureau", parent=agency_a, aliases=["กองทดลองค้น", "สำนักทดลองค้น"]
    )
    save_agency(actor=coordinator, details=details)

    shown = as_(coordinator).get(reverse("wagtailsnippets_people_agency:list"), {"q": typed})

    assert [agency.name for agency in shown.context["object_list"]] == ["กองทดลองค้นหา"]
