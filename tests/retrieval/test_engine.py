"""What is found for what people type."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kmportal.retrieval import engine
from kmportal.retrieval.engine import find, similar, suggest
from kmportal.retrieval.readers import Readers
from tests.retrieval.corpus import ANYBODY, day, empty, fill, text, titles

pytestmark = pytest.mark.django_db

FLOOD = text(
    "รับมือน้ำท่วมด้วยอาสาสมัคร", "ตั้งศูนย์ประสานงานและซ้อมแผนอพยพทุกปีก่อนฤดูฝน", dated=day(2010, 7), tags=frozenset({("category", "3")})
)
PLAN = text(
    "แผนที่ยุทธศาสตร์ของหน่วยงาน", "ถ่ายทอดตัวชี้วัดลงสู่ระดับบุคคล ผลสำรวจปี ๒๕๕๓ ดีขึ้น", dated=day(2010, 2), tags=frozenset({("category", "2")})
)
OPDC = text("สำนักงาน ก.พ.ร. ให้คำปรึกษา", "ทีมที่ปรึกษาเดินทางไปเยี่ยมกรมต่าง ๆ", dated=day(2009), names="OPDC")
SECURITY = text("Penetration tests for government websites", "Three systems were tested before launch.", dated=day(2024))
WATER = text("น้ำดื่มในสำนักงาน", "เปลี่ยนเป็นเครื่องกรองน้ำ ลดขวดพลาสติก", dated=day(2015))
PAPER = text("ยกเลิกสำเนาบัตรประชาชน", "ประชาชนไม่ต้องถ่ายเอกสารมาเอง เจ้าหน้าที่ทำให้", dated=day(2018))


@pytest.fixture(autouse=True)
def _corpus(db: None) -> None:
    empty()
    fill([FLOOD, PLAN, OPDC, SECURITY, WATER, PAPER])


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("น้ำท่วม", FLOOD),  # inside a sentence without blanks
        ("ยุทธศาสตร์", PLAN),
        ("ยุทธศาตร์", PLAN),  # a letter is missing
        ("ยุทธศาสต", PLAN),  # half typed
        ("อาสาสมัค", FLOOD),
        ("ก.พ.ร.", OPDC),
        ("กพร", OPDC),
        ("ก พ ร", OPDC),
        ("opdc", OPDC),
        ("ปี 2553", PLAN),  # the text has Thai digits
        ("๒๕๕๓", PLAN),
        ("ผลสำรวจปี 2010", PLAN),  # the other era
        ("website test", SECURITY),  # plurals
        ("websites", SECURITY),
        ("เเผนที่", PLAN),  # two เ for one แ
        ("นํ้าท่วม", FLOOD),  # am in two signs
        ("น\u200bน้ำ\u200bท่วม"[2:], FLOOD),  # zero-width blanks
        ("penetraton", SECURITY),
    ],
)
def test_the_first_hit(typed: str, first: Any) -> None:
    assert titles(typed)[0] == first.title


def test_words_of_the_title_weigh_more_than_words_of_the_body() -> None:
    fill([text("เรื่องอื่น", "น้ำท่วม"), text("น้ำท่วม", "เรื่องอื่น")], first=20)

    assert titles("น้ำท่วม")[0] == "น้ำท่วม"


def test_hits_are_marked_and_cut_from_the_text() -> None:
    found = find("ซ้อมแผน", ANYBODY)

    assert "<mark>ซ้อมแผน</mark>" in found.hits[0].snippet
    assert found.hits[0].url == "/there/"
    assert found.hits[0].dated == day(2010, 7)


def test_markup_in_texts_stays_text() -> None:
    fill([text("<b>พิเศษ</b>", "<script>alert(1)</script> พิเศษ")], first=30)

    hit = find("พิเศษ", ANYBODY).hits[0]

    assert "<b>" not in hit.marked_title
    assert "<script>" not in hit.snippet


def test_passages_of_one_thing_are_one_hit() -> None:
    fill([text("ระบบแจ้งเหตุ", "แจ้งเหตุทางโทรศัพท์")], first=40)
    from kmportal.retrieval.models import Passage

    first = Passage.objects.get(object_id=40)
    first.pk, first.chunk, first.url = None, 1, "/there/#second"
    first.save(force_insert=True)

    found = find("แจ้งเหตุ", ANYBODY)

    assert [(hit.title, hit.more) for hit in found.hits] == [("ระบบแจ้งเหตุ", 1)]
    assert found.total == 1


def test_facets_count_what_was_ranked() -> None:
    found = find("สำนักงาน น้ำท่วม ยุทธศาสตร์", ANYBODY)

    assert found.facets["kind"] == {"lesson": found.total}
    assert found.facets["category"] == {"2": 1, "3": 1}
    assert found.facets["year"]["2010"] == 2


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ({"kinds": ["lesson"]}, {FLOOD.title, PLAN.title}),
        ({"kinds": ["item"]}, set()),
        ({"tags": [("category", "3")]}, {FLOOD.title}),
        ({"tags": [("category", "3"), ("category", "2")]}, {FLOOD.title, PLAN.title}),
        ({"tags": [("category", "3"), ("agency", "1")]}, set()),
        ({"year": 2553}, {FLOOD.title, PLAN.title}),
        ({"year": 2010}, {FLOOD.title, PLAN.title}),
        ({"year": 2009}, set()),
        ({"year": 10**30}, set()),
        ({"year": -5}, set()),
    ],
)
def test_narrowing(narrowed: dict[str, Any], expected: set[str]) -> None:
    assert set(titles("น้ำท่วม ยุทธศาสตร์", **narrowed)) & {FLOOD.title, PLAN.title} == expected


def test_without_words_the_newest_come_first() -> None:
    assert titles("") == [SECURITY.title, PAPER.title, WATER.title, FLOOD.title, PLAN.title, OPDC.title]
    assert titles("", year=2553) == [FLOOD.title, PLAN.title]
    assert titles("   ", limit=2, offset=1) == [PAPER.title, WATER.title]


def test_sorted_by_day() -> None:
    fill([text(f"น้ำท่วม {year}", "น้ำท่วม", dated=day(year)) for year in (2012, 2020, 2016)], first=50)

    assert titles("น้ำท่วม", sort="newest")[:3] == ["น้ำท่วม 2020", "น้ำท่วม 2016", "น้ำท่วม 2012"]


def test_pages_follow_each_other() -> None:
    fill([text(f"รายงานเล่มที่ {number}", "รายงานการประชุม") for number in range(1, 31)], first=100)

    whole = titles("รายงานการประชุม", limit=30)
    parts = [title for offset in range(0, 30, 10) for title in titles("รายงานการประชุม", limit=10, offset=offset)]

    assert len(set(whole)) == 30
    assert parts == whole


def test_the_words_to_mark_are_those_of_the_better_spelling() -> None:
    hit = find("penetratoin", ANYBODY).hits[0]
    order = engine.matches("penetratoin", ANYBODY)

    assert "<mark>" in hit.marked_title + hit.snippet
    assert (order.marked, order.instead) == ("penetration", "penetration")
    assert [(match.kind, match.object_id) for match in order.found] == [
        (hit.kind, hit.object_id) for hit in find("penetratoin", ANYBODY).hits
    ]


def test_nothing_to_look_for() -> None:
    assert find("!!! ???", ANYBODY).hits == []
    assert find("!!! ???", ANYBODY).asked == "!!! ???"


def test_few_queries_however_many_hits() -> None:
    find("น้ำท่วม", ANYBODY)
    with CaptureQueriesContext(connection) as few:
        find("สำนักงาน", ANYBODY)
    fill([text(f"สำนักงานที่ {number}", "สำนักงานใหญ่") for number in range(40)], first=200)
    with CaptureQueriesContext(connection) as many:
        find("สำนักงาน", ANYBODY, limit=40)

    assert len(few) == len(many) <= 5


def test_a_doubtful_query_costs_a_few_more_queries() -> None:
    """Two for letters and a better spelling; four for what the better spelling finds."""
    with CaptureQueriesContext(connection) as unmended:
        assert find("ยุทธqqqq", ANYBODY).instead == ""
    with CaptureQueriesContext(connection) as mended:
        assert find("ยุทธศาตร์", ANYBODY).instead

    assert len(unmended) <= 7
    assert len(mended) <= 11


def test_what_is_misspelt_finds_what_was_meant() -> None:
    fill(
        [text("ความเป็นมา", "การจัดการความรู้ของหน่วยงาน"), text("การจัดการความรู้"), text("การจัดการเอกสาร", "การจัดการคลังเอกสาร")],
        first=70,
    )

    found = find("การจัดการความรุ้", ANYBODY)

    assert [hit.title for hit in found.hits][:2] == ["การจัดการความรู้", "ความเป็นมา"]
    assert found.instead == "การจัดการความรู้"
    assert found.asked == "การจัดการความรุ้"
    assert found.hits[0].marked_title == "<mark>การจัดการความรู้</mark>"


@pytest.mark.parametrize(
    ("typed", "meant", "first"), [("ohemj;,", "น้ำท่วม", FLOOD), ("ย้ันื", "", None), ("ะำหะห", "tests", SECURITY)]
)
def test_typed_in_the_other_layout(typed: str, meant: str, first: Any) -> None:
    found = find(typed, ANYBODY)

    assert found.asked == (meant or typed)
    assert [hit.title for hit in found.hits[:1]] == ([first.title] if first else [])


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("ยุทธศาตร์", "ยุทธศาสตร์"),
        ("penetratoin", "penetration"),
        ("น้ำท่วม", ""),  # known
        ("qqqqqq", ""),  # nothing near
    ],
)
def test_a_better_spelling(typed: str, better: str) -> None:
    fill([text("ยุทธศาสตร์ชาติ", "penetration"), text("แผนยุทธศาสตร์", "penetration")], first=300)

    assert find(typed, ANYBODY).instead == better


def test_what_hardly_fits_is_said_to_be_near() -> None:
    assert not find("น้ำท่วม", ANYBODY).near
    found = find("เครื่องบินขับไล่ล่องหนรุ่นใหม่กับน้ำ", ANYBODY)
    assert found.near or not found.hits


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ยุท", PLAN),
        ("แผนที่ยุ", PLAN),
        ("รับมือน้ำท่ม", FLOOD),  # a slip
        ("pen", SECURITY),
        ("opdc", OPDC),
        ("กพร", OPDC),
        ("น้", WATER),  # two letters: the beginning of a title
    ],
)
def test_suggestions_while_typing(typed: str, first: Any) -> None:
    assert suggest(typed, ANYBODY, kinds=["lesson"])[0].title == first.title


def test_suggestions_mix_kinds_and_keep_to_their_number() -> None:
    fill([text(f"ประชุมเครือข่าย {number}") for number in range(20)], kind="item", first=400)
    fill([text("ประชุมเครือข่ายจังหวัด")], kind="person", first=500)

    found = suggest("ประชุมเครือ", ANYBODY, kinds=["item", "person"])

    assert len(found) == 8
    assert [suggestion.kind for suggestion in found].count("person") == 1
    assert suggest("", ANYBODY) == suggest("   ", ANYBODY) == []


def test_similar_things() -> None:
    fill([text("จะรับมือน้ำท่วมได้อย่างไร"), text("รับมือน้ำท่วมอย่างไรดี"), text("ขอวันลาพักร้อนได้กี่วัน")], kind="question", first=1)

    found = similar("รับมือกับน้ำท่วมยังไง", ANYBODY, kinds=["question"], exclude=("question", 2))

    assert [hit.title for hit in found][:1] == ["จะรับมือน้ำท่วมได้อย่างไร"]
    assert similar("", ANYBODY) == []


def test_other_readers_see_only_theirs() -> None:
    fill([text("น้ำท่วมลับ", "น้ำท่วม", audience="agency:1")], first=60)

    assert "น้ำท่วมลับ" not in titles("น้ำท่วม")
    assert titles("น้ำท่วม", Readers(frozenset({"public", "agency:1"})))[0] == "น้ำท่วมลับ"
    assert titles("น้ำท่วม", Readers(frozenset({"public"}), ("agency:",)))[0] == "น้ำท่วมลับ"
    assert suggest("น้ำท่วมล", ANYBODY, kinds=["lesson"])[0].title == FLOOD.title
